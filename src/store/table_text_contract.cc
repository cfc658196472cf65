#include <gmock/gmock.h>

#include <map>

#include "store/contract.h"
#include "store/migrations.h"
#include "store/soundness.h"
#include "store/table_text.h"

namespace emplettes::store {
namespace {

const ManualClock kTableClock(instant_from_unix(1'790'000'000));
constexpr EmbeddedFile kShelves{"0001_shelf.sql", R"sql(
CREATE TABLE zone (
    territory_id BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    PRIMARY KEY (territory_id, id)
);
CREATE TABLE article (
    territory_id BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    zone_id      BIGINT NOT NULL,
    label        TEXT,
    weight       DOUBLE PRECISION,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, zone_id) REFERENCES zone (territory_id, id)
);
CREATE TABLE outbox (
    territory_id BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    PRIMARY KEY (territory_id, id)
);
)sql"};
constexpr const char* kInsertZone = "INSERT INTO zone (territory_id, id) VALUES (:territory, :id)";
constexpr const char* kInsertArticle = R"sql(
INSERT INTO article (territory_id, id, zone_id, label, weight)
VALUES (:territory, :id, :zone, :label, :weight)
)sql";

using Texts = std::map<std::string, std::string>;

class TableTextContract : public Contract {
  protected:
    void SetUp() override { migrate(*db_, std::vector{kShelves}, kTableClock); }

    void add(std::int64_t id, std::optional<std::string> label, std::optional<double> weight) {
        db_->write([&](Tx& tx) {
            tx.run(kInsertArticle, {{"territory", kHere},
                                    {"id", id},
                                    {"zone", 1},
                                    {"label", label},
                                    {"weight", weight}});
        });
    }
    static Texts texts_of(Database& db) {
        return db.read([](Tx& tx) {
            Texts texts;
            for (const TextTable& table : list_tables(tx))
                write_table(tx, table, [&](std::string_view lines) { texts[table.name] += lines; });
            return texts;
        });
    }
    static void fill(Database& db, const Texts& texts) {
        db.write([&](Tx& tx) {
            tx.allow(std::chrono::seconds{60});  // much at once, watched step by step
            for (const TextTable& table : list_tables(tx))
                if (texts.contains(table.name)) read_table(tx, table, texts.at(table.name));
        });
    }
    static std::vector<std::string> names(Database& db) {
        return db.read([](Tx& tx) {
            std::vector<std::string> list;
            for (const TextTable& table : list_tables(tx)) list.push_back(table.name);
            return list;
        });
    }
};

TEST_P(TableTextContract, ParentsComeFirstAndTheOutboxStays) {
    EXPECT_EQ(names(*db_), (std::vector<std::string>{"zone", "article"}));
    const auto tables = db_->read([](Tx& tx) { return list_tables(tx); });
    EXPECT_EQ(tables[1].columns, (std::vector<TextColumn>{{"territory_id", Kind::integer},
                                                          {"id", Kind::integer},
                                                          {"zone_id", Kind::integer},
                                                          {"label", Kind::text},
                                                          {"weight", Kind::real}}));
}

// Whatever this one writes, both databases take in and write again letter for letter.
TEST_P(TableTextContract, WhatOneWritesTheOtherTakes) {
    db_->write([](Tx& tx) { tx.run(kInsertZone, {{"territory", kHere}, {"id", 1}}); });
    add(1, "plain", 0.1);
    add(2, "tab\tline\nreturn\rback\\slash \\N \b\f\v", -1e300);
    add(3, std::nullopt, std::nullopt);
    add(4, "", 1.0 / 3);
    add(5, "\\N", 1234567.0);
    add(std::numeric_limits<std::int64_t>::max(), "œuvre d’été, 日本語 🐦", 5e-324);
    const Texts before = texts_of(*db_);
    EXPECT_THAT(before.at("article"), testing::HasSubstr("\t1\t\\\\N\t1"));
    for (const Dialect other : {Dialect::sqlite, Dialect::postgresql}) {
        const TestPlace place(other);
        const auto db = place.open();
        migrate(*db, std::vector{kShelves}, kTableClock);
        fill(*db, before);
        EXPECT_EQ(count_rows(*db, "article"), 6);
        const TestPlace back(GetParam());
        const auto again = back.open();
        migrate(*again, std::vector{kShelves}, kTableClock);
        fill(*again, texts_of(*db));
        EXPECT_EQ(texts_of(*again), before);
    }
}

TEST_P(TableTextContract, LargeTablesComeInPieces) {
    std::string lines;
    for (int i = 1; i <= 200'000; ++i) lines += "1\t" + std::to_string(i) + "\n";
    fill(*db_, {{"zone", lines}});
    int pieces = 0;
    std::int64_t rows = 0;
    db_->read([&](Tx& tx) {
        tx.allow(std::chrono::seconds{60});
        rows = write_table(tx, list_tables(tx).front(), [&](std::string_view piece) {
            ++pieces;
            EXPECT_TRUE(piece.ends_with('\n'));
        });
    });
    EXPECT_EQ(rows, 200'000);
    EXPECT_GT(pieces, 1);
}

TEST_P(TableTextContract, WhatIsNoLineIsRefusedAndLeavesNothing) {
    for (const char* lines : {"1\tone\n", "1\n", "1\t2\t3\n", "1\t2", "1\t\n", "1\t2x\n"}) {
        EXPECT_THROW(fill(*db_, {{"zone", lines}}), SqlError) << lines;
        EXPECT_EQ(count_rows(*db_, "zone"), 0);
    }
    fill(*db_, {{"zone", "1\t2\n"}});  // the connection is as good as before
    EXPECT_EQ(count_rows(*db_, "zone"), 1);
    EXPECT_THROW(fill(*db_, {{"article", "1\t1\t77\tx\t\\N\n"}}), SqlError);  // no such zone
}

TEST_P(TableTextContract, AMarkOfEachMigrationTellsWhereItWas) {
    const auto marks = db_->read([](Tx& tx) { return applied_migrations(tx); });
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(files_up_to(marks, std::vector{kShelves}).size(), 1U);
    auto changed = marks;
    changed[0].sha256 = "0";
    EXPECT_THROW(files_up_to(changed, std::vector{kShelves}), MigrationError);
    changed = {marks[0], marks[0]};
    EXPECT_THROW(files_up_to(changed, std::vector{kShelves}), MigrationError);
    const TestPlace empty(GetParam());
    EXPECT_TRUE(empty.open()->read([](Tx& tx) { return applied_migrations(tx); }).empty());
}

TEST_P(TableTextContract, ASoundDatabaseHasNoDamage) {
    EXPECT_THAT(db_->read([](Tx& tx) { return find_damage(tx); }), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(, TableTextContract, both_databases(), name_of_dialect);

}  // namespace
}  // namespace emplettes::store
