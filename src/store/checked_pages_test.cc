#include "store/checked_pages.h"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include <soci/sqlite3/soci-sqlite3.h>

#include "store/soundness.h"
#include "store/test_place.h"

namespace emplettes::store {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr int kRows = 2'000;

std::string bytes_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::string& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string label(int row) { return "thing " + std::to_string(row) + " of the shelf"; }

class CheckedPagesTest : public testing::Test {
  protected:
    CheckedPagesTest() {
        fill(*place_.open());
        seal_database(file_);
    }

    static void fill(Database& db) {
        db.write([](Tx& tx) {
            run_script(tx.sql(), tx.dialect(),
                       "CREATE TABLE shelf (territory_id BIGINT, id BIGINT, label TEXT)");
            for (int i = 0; i < kRows; ++i)
                tx.run("INSERT INTO shelf (territory_id, id, label) VALUES (1, :id, :label)",
                       {{"id", i}, {"label", label(i)}});
        });
    }
    // Labels that are not what was written, as a reader gets them.
    static int wrong_labels(Database& db) {
        int wrong = 0;
        db.read([&](Tx& tx) {
            tx.each<int, std::string>(
                "SELECT id, label FROM shelf", {},
                [&](int id, const std::string& text) { wrong += text == label(id) ? 0 : 1; });
        });
        return wrong;
    }
    // What a program does that knows nothing of us.
    void change_from_outside(const std::string& sql) const {
        sqlite_api::sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite_api::sqlite3_open_v2(file_.c_str(), &raw, SQLITE_OPEN_READWRITE, "unix"),
                  SQLITE_OK);
        EXPECT_EQ(sqlite_api::sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite_api::sqlite3_close(raw);
    }

    const TestPlace place_{Dialect::sqlite};
    const std::string file_ = place_.options().location;
};

TEST_F(CheckedPagesTest, WhatIsWrittenIsSound) {
    EXPECT_TRUE(is_sealed(file_));
    const auto db = place_.open();
    EXPECT_EQ(wrong_labels(*db), 0);
    EXPECT_THAT(db->read(find_damage), IsEmpty());
}

// Wherever it flips, nobody reads it: a statement that would, fails.
TEST_F(CheckedPagesTest, AFlippedBitIsNeverRead) {
    const std::string whole = bytes_of(file_);
    std::mt19937_64 random(7);
    for (int flip = 0; flip < 60; ++flip) {
        std::string damaged = whole;
        const std::size_t at = random() % whole.size();
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
        write(file_, damaged);
        try {
            const auto db = place_.open();
            EXPECT_EQ(wrong_labels(*db), 0) << at;
            EXPECT_THAT(db->read(find_damage), Not(IsEmpty())) << at;
        } catch (const Unavailable&) {
        } catch (const SqlError&) {
        }
    }
    write(file_, whole);
    EXPECT_EQ(wrong_labels(*place_.open()), 0);
}

// Without a seal the same is served, so the case above tests what it should; sealed, it is not.
TEST_F(CheckedPagesTest, ControlWithoutASealAFlippedLetterIsServed) {
    const TestPlace other(Dialect::sqlite);
    const std::string file = other.options().location;
    fill(*other.open());
    EXPECT_FALSE(is_sealed(file));
    const auto spoil = [&] {
        std::string bytes = bytes_of(file);
        bytes.replace(bytes.find(label(77)), 5, "think");
        write(file, bytes);
    };
    const std::string whole = bytes_of(file);
    spoil();
    EXPECT_EQ(wrong_labels(*other.open()), 1);
    write(file, whole);
    EXPECT_GE(seal_database(file), 10);
    EXPECT_TRUE(is_sealed(file));
    EXPECT_EQ(wrong_labels(*other.open()), 0);
    spoil();
    EXPECT_THROW(wrong_labels(*other.open()), Unavailable);
}

TEST_F(CheckedPagesTest, WhatIsInUseIsNotSealed) {
    const auto db = place_.open();
    EXPECT_THROW(seal_database(file_), Unavailable);
    EXPECT_EQ(wrong_labels(*db), 0);
}

TEST_F(CheckedPagesTest, APageInAnothersPlaceIsNoticed) {
    std::string bytes = bytes_of(file_);
    const std::string third = bytes.substr(2 * 4096, 4096);
    bytes.replace(3 * 4096, 4096, third);
    write(file_, bytes);
    EXPECT_THROW(wrong_labels(*place_.open()), Unavailable);
}

TEST_F(CheckedPagesTest, WhatAnotherProgramWroteIsRefusedUntilItIsSealed) {
    change_from_outside("UPDATE shelf SET label = 'another' WHERE id = 77");
    EXPECT_THROW(wrong_labels(*place_.open()), Unavailable);
    EXPECT_GE(seal_database(file_), 1);
    EXPECT_EQ(wrong_labels(*place_.open()), 1);
    EXPECT_LE(seal_database(file_), 1);  // the first page, which says how the log is kept
}

}  // namespace
}  // namespace emplettes::store
