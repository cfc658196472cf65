#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "catalogue/soundness.h"
#include "emplettes/backup_file.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_shop.h"
#include "emplettes/test_typed.h"
#include "store/outbox.h"
#include "store/table_text.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kTarChecksumAt = 148;  // of a header (POSIX ustar)

using Tables = std::map<std::string, std::string>;
using Files = std::map<std::string, std::string>;

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

void flip(const fs::path& file, std::size_t at) {
    std::string bytes = bytes_of(file);
    bytes.at(at) = static_cast<char>(bytes[at] ^ 0x10);
    write(file, bytes);
}

Tables tables_of(const fs::path& data) {
    const auto database = store::Database::open({.location = DataFolder(data).database()});
    return database->read([](store::Tx& tx) {
        Tables tables;
        for (const auto& table : store::list_tables(tx)) {
            std::string& text = tables[table.name];
            store::write_table(tx, table, [&](std::string_view lines) { text += lines; });
        }
        return tables;
    });
}

Files files_of(const fs::path& data, const std::string& below) {
    Files files;
    for (const auto& entry : fs::recursive_directory_iterator(data / below))
        if (entry.is_regular_file())
            files[fs::relative(entry.path(), data).string()] = bytes_of(entry.path());
    return files;
}

class BackupVerbTest : public testing::Test {
  protected:
    BackupVerbTest() {
        here_.add_territory("ville");
        App& app = here_.start();
        fill_test_shop(app, here_.territory("ville"), here_.path());
        for (const char* name : {"Ada", "Zoé", "a \\ and \\n"}) here_.reserve("ville", name);
        here_.stop();
    }

    Typed back_up() { return type_in({"backup", backup_, "--data", here_.path().string()}); }
    Typed restore() { return type_in({"restore", backup_, "--data", there_.string()}); }
    Typed verify(const fs::path& data) { return type_in({"verify", "--data", data.string()}); }
    fs::path a_picture() {
        for (const auto& entry : fs::directory_iterator(here_.path() / "pictures" / "ville"))
            if (entry.path().extension() == ".webp") return entry.path();
        return {};
    }
    void change(const std::string& sql) {
        const auto database =
            store::Database::open({.location = DataFolder(here_.path()).database()});
        database->write([&](store::Tx& tx) { EXPECT_GE(tx.run(sql), 1) << sql; });
    }

    TestInstallation here_;
    const std::string backup_ = here_.file("kept.tar");
    const fs::path there_ = here_.path() / "there";
};

TEST_F(BackupVerbTest, WhatIsRestoredIsTheSame) {
    const Typed backed_up = back_up();
    EXPECT_EQ(backed_up.status, 0) << backed_up.err;
    EXPECT_THAT(type_in({"verify", backup_}).out, HasSubstr("sound, as of "));
    const Typed restored = restore();
    EXPECT_EQ(restored.status, 0) << restored.err;
    const Tables before = tables_of(here_.path());
    EXPECT_THAT(before.at("reservation"), HasSubstr("a \\\\ and \\\\n"));
    EXPECT_EQ(tables_of(there_), before);
    EXPECT_EQ(files_of(there_, "pictures"), files_of(here_.path(), "pictures"));
    EXPECT_EQ(bytes_of(there_ / "secret.key"), bytes_of(here_.path() / "secret.key"));
    EXPECT_EQ(fs::status(there_ / "secret.key").permissions(), fs::perms{0600});
    const Typed verified = verify(there_);
    EXPECT_EQ(verified.status, 0) << verified.out;
    EXPECT_THAT(verified.out, HasSubstr("\n0 problems\n"));
}

// Else a server whose clock is late would give ids that are taken.
TEST_F(BackupVerbTest, NoIdOfBeforeTheBackupIsGivenAgain) {
    ASSERT_EQ(back_up().status, 0);
    ASSERT_EQ(restore().status, 0);
    const auto told_at = [](const fs::path& data) {
        const auto database = store::Database::open({.location = DataFolder(data).database()});
        return database->read([](store::Tx& tx) {
            return store::last_told_at(tx, catalogue::load_territories(tx).at("ville"));
        });
    };
    EXPECT_GT(told_at(here_.path()), Instant());
    EXPECT_EQ(told_at(there_), told_at(here_.path()));
}

// What is no file cannot be left out unnoticed.
TEST_F(BackupVerbTest, WhatCannotBeReadIsAnError) {
    fs::create_symlink("round", here_.path() / "round");
    BackupWriter writer(backup_);
    EXPECT_FALSE(writer.add_file("files/gone", here_.path() / "gone"));
    EXPECT_THROW(writer.add_file("files/round", here_.path() / "round"), std::runtime_error);
}

TEST_F(BackupVerbTest, OnlyAnEmptyFolderIsFilled) {
    ASSERT_EQ(back_up().status, 0);
    fs::create_directories(there_);
    write(there_ / "letter.txt", "mine");
    const Typed refused = restore();
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("is not empty"));
    EXPECT_EQ(bytes_of(there_ / "letter.txt"), "mine");
    EXPECT_FALSE(fs::exists(there_ / "emplettes.db"));
}

TEST_F(BackupVerbTest, WhatDidNotEndIsNoInstallation) {
    ASSERT_EQ(back_up().status, 0);
    ASSERT_EQ(restore().status, 0);
    write(there_ / kRestoreMark, "");
    for (const char* verb : {"verify", "check-config", "migrate"})
        EXPECT_THAT(type_in({verb, "--data", there_.string()}).err, HasSubstr("did not end"));
    EXPECT_EQ(restore().status, 0);  // anew
    EXPECT_EQ(verify(there_).status, 0);
}

// Every byte of the file that says something is looked at; so are some in each of its blocks.
TEST_F(BackupVerbTest, AFlippedBitIsNoticedAndNothingIsRestored) {
    ASSERT_EQ(back_up().status, 0);
    const std::string whole = bytes_of(backup_);
    int noticed = 0;
    for (std::size_t at = 100; at < whole.size(); at += whole.size() / 40) {
        flip(backup_, at);
        const Typed restored = restore();
        if (restored.status == 0) {
            // Between the parts nothing stands; and the first digit of a header's own checksum is a
            // zero that reads the same as a space.
            EXPECT_TRUE(whole[at] == '\0' || at % kTarBlock == kTarChecksumAt) << at;
            EXPECT_EQ(tables_of(there_), tables_of(here_.path()));
            fs::remove_all(there_);
        } else {
            ++noticed;
            EXPECT_EQ(type_in({"verify", backup_}).status, 1);
            EXPECT_FALSE(fs::exists(there_));
        }
        write(backup_, whole);
    }
    EXPECT_GT(noticed, 25);
    EXPECT_EQ(type_in({"verify", backup_}).status, 0);
}

TEST_F(BackupVerbTest, WhatEndsEarlyOrIsAnotherFileIsRefused) {
    ASSERT_EQ(back_up().status, 0);
    const std::string whole = bytes_of(backup_);
    for (const std::size_t size : {whole.size() / 2, whole.size() - 2'000, std::size_t{512}}) {
        write(backup_, whole.substr(0, size));
        EXPECT_EQ(restore().status, 1) << size;
    }
    write(backup_, "not a tar");
    EXPECT_THAT(restore().err, HasSubstr("is no backup"));
    write(backup_, "");
    EXPECT_THAT(restore().err, HasSubstr("is no backup"));
    EXPECT_THAT(type_in({"restore", here_.file("no.tar"), "--data", there_.string()}).err,
                HasSubstr("there is no file"));
    EXPECT_FALSE(fs::exists(there_));
}

TEST_F(BackupVerbTest, ABackupIntoAFolderIsNamedByItsMoment) {
    fs::create_directories(there_);
    const Typed kept = type_in({"backup", there_.string(), "--data", here_.path().string()});
    EXPECT_EQ(kept.status, 0) << kept.err;
    EXPECT_THAT(kept.out, testing::ContainsRegex("emplettes-2[0-9]+T[0-9]+Z.tar: "));
    EXPECT_THAT(type_in({"backup", "/nowhere/at/all.tar", "--data", here_.path().string()}).err,
                HasSubstr("cannot write /nowhere/at/all.tar.partial"));
}

TEST_F(BackupVerbTest, VerifySeesEveryContradiction) {
    EXPECT_THAT(verify(here_.path()).out, Not(HasSubstr("NOT SOUND")));
    const std::string database = bytes_of(here_.path() / "emplettes.db");
    const std::map<std::string, std::string> changes = {
        {"UPDATE offer SET kept = kept + 1 WHERE offer_id = 1", "4 are kept, its open"},
        {"UPDATE reservation SET status = 'collected', collected = 7 WHERE person_name = 'Ada'",
         "was collected, but not as much as can be"},
        {"UPDATE reservation SET passed_to = 'NOWHERE' WHERE person_name = 'Ada'",
         "went on to a request that does not know of it"},
        {"UPDATE reservation SET code = 'OTHER' WHERE person_name = 'Ada'",
         "answered with a reservation that is not there"},
        {"UPDATE idempotency SET request_sha256 = 'x' WHERE request_key = '1'", "is none"},
        {"UPDATE picture SET product_id = 4711 WHERE product_id <> 0",
         "2 pictures of a product that is not there"},
        {"UPDATE migration SET sha256 = 'x' WHERE number = 3", "must never be changed"},
    };
    for (const auto& [sql, sentence] : changes) {
        change(sql);
        const Typed verified = verify(here_.path());
        EXPECT_EQ(verified.status, 1) << sql;
        EXPECT_THAT(verified.out, HasSubstr(sentence));
        write(here_.path() / "emplettes.db", database);
    }
    const std::string picture = bytes_of(a_picture());
    const fs::path file = a_picture();
    fs::remove(file);
    EXPECT_THAT(verify(here_.path()).out, HasSubstr(" is missing"));
    write(file, picture);
    EXPECT_EQ(verify(here_.path()).status, 0);
}

TEST_F(BackupVerbTest, VerifySeesDamagedFiles) {
    const Files all = files_of(here_.path(), "pictures/ville");
    std::set<std::string> kinds;
    for (const auto& [name, whole] : all) {
        const fs::path file = here_.path() / name;
        kinds.insert(file.extension());
        flip(file, whole.size() / 2);
        const Typed verified = verify(here_.path());
        EXPECT_EQ(verified.status, 1) << name;
        EXPECT_THAT(verified.out, HasSubstr(" is damaged"));
        write(file, whole);
    }
    EXPECT_THAT(kinds, ElementsAre(".avif", ".sha256", ".webp"));
    EXPECT_EQ(verify(here_.path()).status, 0);
}

// As earlier versions kept them.
TEST_F(BackupVerbTest, OfPicturesWithoutSumsTheLargestIsVerified) {
    std::set<std::string> noticed;
    std::set<std::string> contents;
    for (const auto& [name, whole] : files_of(here_.path(), "pictures/ville"))
        if (name.ends_with(".sha256")) fs::remove(here_.path() / name);
    EXPECT_EQ(verify(here_.path()).status, 0);
    for (const auto& [name, whole] : files_of(here_.path(), "pictures/ville")) {
        const std::string content = fs::path(name).filename().string().substr(0, 64);
        contents.insert(content);
        flip(here_.path() / name, whole.size() / 2);
        if (verify(here_.path()).status == 1) noticed.insert(content);
        write(here_.path() / name, whole);
    }
    EXPECT_THAT(contents, Not(IsEmpty()));
    EXPECT_EQ(noticed, contents);
}

}  // namespace
}  // namespace emplettes
