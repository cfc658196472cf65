#include <atomic>
#include <thread>
#include <vector>

#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::store {
namespace {

const ManualClock kClock(instant_from_unix(1'790'000'000));
constexpr EmbeddedFile kFirst{"0001_shelf.sql", R"sql(
-- A comment; with a semicolon, and what isn't a :name.
CREATE TABLE shelf (
    territory_id BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    label        TEXT   NOT NULL CHECK (label <> ''),
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX shelf_by_label ON shelf (territory_id, label);
)sql"};
constexpr EmbeddedFile kSecond{"0002_more.sql",
                               "INSERT INTO shelf (territory_id, id, label) VALUES (1, 1, 'a');"};
constexpr EmbeddedFile kBroken{"0003_broken.sql",
                               "INSERT INTO shelf (territory_id, id, label) VALUES (1, 2, 'b');"
                               "INSERT INTO nowhere (id) VALUES (1);"};

// Only adds: whoever knows the first goes on.
constexpr EmbeddedFile kExpanding{"0003_wider.sql",
                                  "-- serves from 0001\n"
                                  "ALTER TABLE shelf ADD COLUMN width BIGINT NOT NULL DEFAULT 0;"};
constexpr EmbeddedFile kExpandingForSecond{"0003_wider.sql",
                                           "-- serves from 0002\n"
                                           "CREATE TABLE drawer (territory_id BIGINT NOT NULL);"};

// Of the same shelf, for PostgreSQL only.
constexpr EmbeddedFile kTuning{"0003_tuning.sql",
                               "-- only on postgresql\n"
                               "INSERT INTO shelf (territory_id, id, label) VALUES (1, 3, 'c');"};

class MigrationsContract : public Contract {
  protected:
    int run(std::vector<EmbeddedFile> files) { return migrate(*db_, files, kClock); }
};

TEST_P(MigrationsContract, EachRunsOnceInOrder) {
    EXPECT_EQ(run({kFirst}), 1);
    EXPECT_EQ(run({kSecond, kFirst}), 1);
    EXPECT_EQ(run({kFirst, kSecond}), 0);
    EXPECT_EQ(count_rows(*db_, "shelf"), 1);
    EXPECT_EQ(db_->read([](Tx& tx) {
        return tx.all<int, std::string, Instant>(
            "SELECT number, name, applied_at FROM migration ORDER BY number");
    }),
              (std::vector<std::tuple<int, std::string, Instant>>{
                  {1, "0001_shelf.sql", kClock.now()}, {2, "0002_more.sql", kClock.now()}}));
}

TEST_P(MigrationsContract, AFailureLeavesWhatWasBefore) {
    EXPECT_THROW(run({kFirst, kSecond, kBroken}), SqlError);
    EXPECT_EQ(count_rows(*db_, "shelf"), 1);
    EXPECT_EQ(count_rows(*db_, "migration"), 2);
}

TEST_P(MigrationsContract, AChangedPastIsRefused) {
    run({kFirst});
    EmbeddedFile changed = kFirst;
    changed.bytes = kSecond.bytes;
    EXPECT_THROW(run({changed, kSecond}), MigrationError);
    EmbeddedFile renamed = kFirst;
    renamed.path = "0001_rack.sql";
    EXPECT_THROW(run({renamed, kSecond}), MigrationError);
    EXPECT_EQ(count_rows(*db_, "shelf"), 0);
}

TEST_P(MigrationsContract, WhatIsOnlyForPostgresqlRunsThereAndCountsEverywhere) {
    EXPECT_EQ(run({kFirst, kSecond, kTuning}), 3);
    const bool is_postgresql =
        db_->read([](Tx& tx) { return tx.dialect() == Dialect::postgresql; });
    EXPECT_EQ(count_rows(*db_, "shelf"), is_postgresql ? 2 : 1);
    EXPECT_EQ(run({kFirst, kSecond, kTuning}), 0);
}

TEST_P(MigrationsContract, ANewerDatabaseIsRefused) {
    run({kFirst, kSecond});
    try {
        run({kFirst});
        FAIL();
    } catch (const MigrationError& error) {
        EXPECT_NE(std::string_view(error.what()).find("newer version"), std::string_view::npos)
            << error.what();
    }
}

TEST_P(MigrationsContract, WhatOnlyAddsServesOlderPrograms) {
    run({kFirst, kSecond});
    const auto newer = place_.open();
    EXPECT_EQ(migrate(*newer, std::vector{kFirst, kSecond, kExpanding}, kClock), 1);
    EXPECT_EQ(run({kFirst, kSecond}), 0);  // starts once more, and writes as ever
    db_->write(
        [](Tx& tx) { tx.run("INSERT INTO shelf (territory_id, id, label) VALUES (1, 7, 'old')"); });
    EXPECT_EQ(count_rows(*newer, "shelf"), 2);
    // The second of them said nothing of programs that do not know it.
    EXPECT_THROW(run({kFirst}), MigrationError);
    EXPECT_EQ(migrate(*newer, std::vector{kFirst, kSecond, kExpanding}, kClock), 0);
}

TEST_P(MigrationsContract, NotEveryOlderProgramIsServed) {
    run({kFirst, kSecond, kExpandingForSecond});
    EXPECT_EQ(run({kFirst, kSecond}), 0);
    EXPECT_THROW(run({kFirst}), MigrationError);
}

TEST_P(MigrationsContract, ATableOfBeforeThereWerePromisesPromisesNothing) {
    db_->write([](Tx& tx) {
        run_script(tx.sql(), tx.dialect(),
                   "CREATE TABLE migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
                   " sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    });
    EXPECT_EQ(run({kFirst, kSecond}), 2);
    db_->write([](Tx& tx) { tx.run("UPDATE migration SET serves_from = 0"); });
    EXPECT_EQ(run({kFirst, kSecond}), 0);
    EXPECT_THROW(run({kFirst}), MigrationError);
}

TEST_P(MigrationsContract, TwoAtOnceDoItOnce) {
    const auto other = place_.open();
    std::atomic<int> ran{0};
    {
        std::vector<std::jthread> programs;
        for (Database* db : {db_.get(), other.get(), db_.get(), other.get()}) {
            programs.emplace_back([&ran, db] {
                ran += migrate(*db, std::vector{kFirst, kSecond}, kClock);
            });
        }
    }
    EXPECT_EQ(ran, 2);
    EXPECT_EQ(count_rows(*db_, "shelf"), 1);
}

TEST_P(MigrationsContract, TheProgramsOwnAllRun) {
    const auto files = embedded_migrations();
    EXPECT_EQ(migrate(*db_, files, kClock), static_cast<int>(files.size()));
    EXPECT_GE(files.size(), 1U);
    EXPECT_EQ(count_rows(*db_, "idempotency"), 0);
}

INSTANTIATE_TEST_SUITE_P(, MigrationsContract, both_databases(), name_of_dialect);

}  // namespace
}  // namespace emplettes::store
