#include <atomic>
#include <future>
#include <limits>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "store/contract.h"
#include "store/part.h"

namespace emplettes::store {
namespace {

using std::chrono::milliseconds;

enum class TakeError { sold_out };

constexpr const char* kTake = R"sql(
UPDATE shelf SET stock = stock - 1 WHERE id = :id AND stock >= 1 RETURNING stock
)sql";
constexpr const char* kSell = "INSERT INTO sale (id) VALUES (:id)";
constexpr const char* kEndless = R"sql(
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n
)sql";

class DatabaseContract : public Contract {
  protected:
    DatabaseContract() {
        db_->write([](Tx& tx) {
            tx.run("CREATE TABLE sale (id BIGINT NOT NULL PRIMARY KEY)");
            tx.run(
                "CREATE TABLE shelf (id BIGINT NOT NULL PRIMARY KEY, stock BIGINT NOT NULL "
                "CHECK (stock >= 0))");
        });
    }

    void sell(std::int64_t id) {
        db_->write([&](Tx& tx) { tx.run(kSell, {{"id", id}}); });
    }
    std::int64_t sales() { return count_rows(*db_, "sale"); }
};

// Runs f(0) … f(count - 1), each on a thread of its own.
template <typename F>
void at_once(int count, F f) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([=] { f(i); });
    }
}

TEST_P(DatabaseContract, WhatIsWrittenCanBeReadAtOnce) {
    const std::int64_t written = db_->write([](Tx& tx) {
        tx.run(kSell, {{"id", 7}});
        return std::int64_t{42};
    });
    EXPECT_EQ(written, 42);
    const auto ids = db_->read([](Tx& tx) { return tx.all<std::int64_t>("SELECT id FROM sale"); });
    EXPECT_EQ(ids, std::vector<std::int64_t>{7});
}

TEST_P(DatabaseContract, AnExceptionUndoesTheWriteAndReachesTheCaller) {
    EXPECT_THROW(db_->write([](Tx& tx) {
        tx.run(kSell, {{"id", 1}});
        throw std::out_of_range("ours");
    }),
                 std::out_of_range);
    EXPECT_EQ(sales(), 0);
}

TEST_P(DatabaseContract, EachNameOfAStatementIsGivenAndNoOther) {
    constexpr const char* kBoth = "SELECT COUNT(*) FROM sale WHERE id = :id OR id = :other";
    const auto count = [&](const char* sql, Params params) {
        return db_->read([&](Tx& tx) { return *tx.one<std::int64_t>(sql, params); });
    };
    EXPECT_THROW(count(kBoth, {{"id", 7}}), Bug);
    EXPECT_THROW(count(kBoth, {{"id", 7}, {"other", 8}, {"more", 9}}), Bug);
    EXPECT_THROW(count(kBoth, {{"id", 7}, {"id", 8}, {"other", 9}}), Bug);
    EXPECT_EQ(count(kBoth, {{"other", 8}, {"id", 7}}), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM sale WHERE id = :id AND ':no' <> '\":' OR id = :id",
                    {{"id", 7}}),
              0);
}

TEST_P(DatabaseContract, ManyRowsOfValuesAreOneCall) {
    constexpr const char* kPut =
        "INSERT INTO word (id, said, owner) {values} :id, :said, :owner {end}"
        " ON CONFLICT (id) DO NOTHING RETURNING id";
    constexpr const char* kRename =
        "UPDATE word SET said = :said {from rows} WHERE id = :id AND owner = :owner AND said <> "
        ":said";
    constexpr const char* kFind =
        "SELECT :place, said, owner FROM {rows and} word WHERE id = :id AND owner = :owner";
    const std::string odd = "{a,\"b\\c\" NULL}\n:d '";
    std::set<std::int64_t> put;
    db_->write([&](Tx& tx) {
        tx.run(
            "CREATE TABLE word (id BIGINT NOT NULL PRIMARY KEY, said TEXT,"
            " owner BIGINT NOT NULL)");
        Rows rows({{"owner", 5}});
        EXPECT_EQ(tx.run_rows(kPut, rows), 0);
        rows.add({{"id", 1}, {"said", odd}});
        rows.add({{"id", 2}, {"said", std::optional<std::string>()}});
        rows.add({{"id", 3}, {"said", ""}});
        tx.each_of_rows<std::int64_t>(kPut, rows, [&](std::int64_t id) { put.insert(id); });
        rows.add({{"id", 4}, {"said", "four"}});
        tx.each_of_rows<std::int64_t>(kPut, rows, [&](std::int64_t id) { put.insert(10 * id); });
        Rows renamed({{"owner", 5}});
        renamed.add({{"id", 3}, {"said", "three"}});
        renamed.add({{"id", 4}, {"said", "four"}});
        renamed.add({{"id", 9}, {"said", "nine"}});
        EXPECT_EQ(tx.run_rows(kRename, renamed), 1);
    });
    EXPECT_EQ(put, (std::set<std::int64_t>{1, 2, 3, 40}));
    std::map<int, std::optional<std::string>> found;
    db_->read([&](Tx& tx) {
        Rows places({{"owner", 5}});
        for (int id = 0; id < 5; ++id) places.add({{"place", 10 * id}, {"id", id}});
        tx.each_of_rows<int, std::optional<std::string>, std::int64_t>(
            kFind, places, [&](int place, std::optional<std::string> said, std::int64_t owner) {
                EXPECT_EQ(owner, 5);
                found.emplace(place, std::move(said));
            });
    });
    EXPECT_EQ(found, (std::map<int, std::optional<std::string>>{
                         {10, odd}, {20, std::nullopt}, {30, "three"}, {40, "four"}}));
}

TEST_P(DatabaseContract, RowsOfValuesHaveTheSameNamesAndKinds) {
    Rows rows;
    rows.add({{"id", 1}, {"said", "one"}});
    EXPECT_THROW(rows.add({{"id", 1}}), Bug);
    EXPECT_THROW(rows.add({{"said", "one"}, {"id", 1}}), Bug);
    EXPECT_THROW(rows.add({{"id", 1}, {"said", 2}}), Bug);
    EXPECT_EQ(rows.size(), 1U);
    constexpr const char* kMissing =
        "SELECT id FROM {rows and} sale WHERE id = :id AND '' <> :said AND id <> :other";
    const auto count = [&](Tx& tx) {
        tx.each_of_rows<std::int64_t>(kMissing, rows, [](std::int64_t) {});
    };
    EXPECT_ANY_THROW(db_->read(count));
}

TEST_P(DatabaseContract, AnErrorResultUndoesTheWrite) {
    const auto result = db_->write([](Tx& tx) -> Result<Done, TakeError> {
        tx.run(kSell, {{"id", 1}});
        return TakeError::sold_out;
    });
    EXPECT_EQ(result.error(), TakeError::sold_out);
    EXPECT_EQ(sales(), 0);
}

TEST_P(DatabaseContract, APartIsTakenBackAlone) {
    const auto sold = db_->write([](Tx& tx) {
        const auto sell_if = [&](std::int64_t id, bool holds) {
            return all_or_nothing(tx, [&]() -> Result<Done, TakeError> {
                tx.run(kSell, {{"id", id}});
                if (!holds) return TakeError::sold_out;
                return Done{};
            });
        };
        EXPECT_TRUE(sell_if(1, true));
        EXPECT_FALSE(sell_if(2, false));
        EXPECT_TRUE(sell_if(3, true));
        EXPECT_FALSE(all_or_nothing(tx, [&]() -> Result<Done, TakeError> {
            EXPECT_TRUE(sell_if(4, true));  // a part of a part
            return TakeError::sold_out;
        }));
        return tx.all<std::int64_t>("SELECT id FROM sale ORDER BY id");
    });
    EXPECT_EQ(sold, (std::vector<std::int64_t>{1, 3}));
    EXPECT_EQ(sales(), 2);
}

TEST_P(DatabaseContract, OneFailureLeavesTheOthersAlone) {
    std::atomic<int> failed{0};
    at_once(64, [&](int i) {
        try {
            db_->write([&](Tx& tx) {
                tx.run(kSell, {{"id", i}});
                if (i % 2 == 1) {
                    throw std::out_of_range("ours");
                }
            });
        } catch (const std::out_of_range&) {
            ++failed;
        }
    });
    EXPECT_EQ(failed, 32);
    const auto odd = db_->read(
        [](Tx& tx) { return tx.one<std::int64_t>("SELECT COUNT(*) FROM sale WHERE id % 2 = 1"); });
    EXPECT_EQ(odd, 0);
    EXPECT_EQ(sales(), 32);
}

TEST_P(DatabaseContract, ABrokenConstraintIsAnErrorWithoutTheValues) {
    sell(4711);
    try {
        sell(4711);
        FAIL() << "the same id twice";
    } catch (const SqlError& error) {
        EXPECT_EQ(std::string_view(error.what()).find("4711"), std::string_view::npos)
            << error.what();
    }
    sell(4712);
    EXPECT_EQ(sales(), 2);
}

TEST_P(DatabaseContract, ReadersNeverSeeWhatIsNotCommitted) {
    std::int64_t seen_meanwhile = -1;
    db_->write([&](Tx& tx) {
        tx.run(kSell, {{"id", 1}});
        seen_meanwhile = std::async(std::launch::async, [&] { return sales(); }).get();
    });
    EXPECT_EQ(seen_meanwhile, 0);
    EXPECT_EQ(sales(), 1);
}

TEST_P(DatabaseContract, AReadSeesOneMoment) {
    sell(1);
    const auto [before, after] = db_->read([&](Tx& tx) {
        const auto count = [&] { return tx.one<std::int64_t>("SELECT COUNT(*) FROM sale"); };
        const auto first = count();
        std::async(std::launch::async, [&] { sell(2); }).get();
        return std::pair(first, count());
    });
    EXPECT_EQ(before, 1);
    EXPECT_EQ(after, 1);
    EXPECT_EQ(sales(), 2);
}

TEST_P(DatabaseContract, AReadCannotWrite) {
    EXPECT_ANY_THROW(db_->read([](Tx& tx) { tx.run(kSell, {{"id", 1}}); }));
    EXPECT_EQ(sales(), 0);
}

// Hundreds want the last units: never one more than there are, and everybody hears the truth.
TEST_P(DatabaseContract, TheLastUnitsAreSoldOnce) {
    constexpr int kStock = 37;
    constexpr int kBuyers = 300;
    db_->write([](Tx& tx) {
        tx.run("INSERT INTO shelf (id, stock) VALUES (1, :stock)", {{"stock", kStock}});
    });
    std::atomic<int> sold{0};
    std::atomic<int> refused{0};
    std::atomic<int> asked_to_retry{0};
    at_once(kBuyers, [&](int buyer) {
        try {
            const auto result = db_->write([&](Tx& tx) -> Result<Done, TakeError> {
                if (!tx.one<std::int64_t>(kTake, {{"id", 1}})) {
                    return TakeError::sold_out;
                }
                tx.run(kSell, {{"id", buyer}});
                return Done{};
            });
            ++(result.ok() ? sold : refused);
        } catch (const Unavailable&) {
            ++asked_to_retry;
        }
    });
    EXPECT_EQ(sold + refused + asked_to_retry, kBuyers);
    EXPECT_EQ(asked_to_retry, 0);
    EXPECT_EQ(sold, kStock);
    EXPECT_EQ(sales(), kStock);
    EXPECT_EQ(db_->read([](Tx& tx) { return tx.one<std::int64_t>("SELECT stock FROM shelf"); }), 0);
}

// Reading first and deciding in C++ is as safe as deciding in the statement.
TEST_P(DatabaseContract, WritesAreSerialisable) {
    constexpr std::int64_t kMost = 3;
    at_once(24, [&](int i) {
        db_->write([&](Tx& tx) {
            if (tx.one<std::int64_t>("SELECT COUNT(*) FROM sale") < kMost) {
                tx.run(kSell, {{"id", i}});
            }
        });
    });
    EXPECT_EQ(sales(), kMost);
}

TEST_P(DatabaseContract, ValuesComeBackAsTheyWent) {
    using Wide = std::optional<std::int64_t>;
    using Text = std::optional<std::string>;
    using Row = std::tuple<std::int64_t, Wide, std::optional<double>, Text>;
    const std::vector<Row> rows = {
        {1, std::numeric_limits<std::int64_t>::max(), 0.1, "L'Écume des pages : 8,50 € \"neuf\""},
        {2, std::numeric_limits<std::int64_t>::min(), -1e300, ""},
        {3, std::nullopt, std::nullopt, std::nullopt},
        {4, 0, 0.0, "a\nb\tc\\:x ☕ 日本"}};
    db_->write([&](Tx& tx) {
        tx.run(
            "CREATE TABLE kept (id BIGINT NOT NULL PRIMARY KEY, wide BIGINT, real_one DOUBLE "
            "PRECISION, words TEXT)");
        for (const auto& [id, wide, real, words] : rows) {
            tx.run(
                "INSERT INTO kept (id, wide, real_one, words) VALUES (:id, :wide, :real, :words)",
                {{"id", id}, {"wide", wide}, {"real", real}, {"words", words}});
        }
    });
    EXPECT_EQ(db_->read([](Tx& tx) {
        return tx.all<std::int64_t, Wide, std::optional<double>, Text>(
            "SELECT id, wide, real_one, words FROM kept ORDER BY id");
    }),
              rows);
    EXPECT_THROW(db_->read([](Tx& tx) {
        return tx.all<std::string>("SELECT words FROM kept WHERE id = :id", {{"id", 3}});
    }),
                 SqlError);
}

TEST_P(DatabaseContract, OneStatementMayRunInsideItself) {
    for (const int id : {1, 2, 3}) {
        sell(id);
    }
    std::int64_t pairs = 0;
    db_->read([&](Tx& tx) {
        constexpr const char* kAll = "SELECT id FROM sale";
        tx.each<std::int64_t>(kAll, {}, [&](std::int64_t) {
            tx.each<std::int64_t>(kAll, {}, [&](std::int64_t) { ++pairs; });
        });
    });
    EXPECT_EQ(pairs, 9);
}

TEST_P(DatabaseContract, MoreRowsThanOneIsABug) {
    sell(1);
    sell(2);
    EXPECT_THROW(db_->read([](Tx& tx) { return tx.one<std::int64_t>("SELECT id FROM sale"); }),
                 Bug);
    EXPECT_EQ(sales(), 2);
}

TEST_P(DatabaseContract, ALateStatementIsStoppedAndTheNextOneRuns) {
    auto options = place_.options();
    options.query_timeout_max = milliseconds{50};
    options.readers = 1;
    const auto impatient = Database::open(options);
    EXPECT_THROW(impatient->read([](Tx& tx) { return tx.one<std::int64_t>(kEndless); }),
                 Unavailable);
    EXPECT_THROW(impatient->write([](Tx& tx) {
        tx.run(kSell, {{"id", 1}});
        return tx.one<std::int64_t>(kEndless);
    }),
                 Unavailable);
    EXPECT_EQ(count_rows(*impatient, "sale"), 0);
    impatient->write([](Tx& tx) { tx.run(kSell, {{"id", 2}}); });
    EXPECT_EQ(count_rows(*impatient, "sale"), 1);
}

TEST_P(DatabaseContract, BusyConnectionsAreWaitedForButNotForever) {
    auto options = place_.options();
    options.readers = 1;
    options.wait_max = milliseconds{20};
    const auto narrow = Database::open(options);
    narrow->read([&](Tx&) { EXPECT_THROW(narrow->read([](Tx&) {}), Unavailable); });
    narrow->read([](Tx&) {});
    EXPECT_EQ(narrow->counters().unavailable, 1);
}

// Whoever was told "written" is there, whoever was not is not.
TEST_P(DatabaseContract, ClosingFinishesWhatWaits) {
    std::atomic<int> written{0};
    std::promise<void> under_way;
    std::jthread closer([&] {
        under_way.get_future().get();
        db_->close();
    });
    at_once(16, [&](int i) {
        try {
            for (int n = 0; n < 1000; ++n) {
                sell(i * 1000 + n);
                if (++written == 100) {
                    under_way.set_value();
                }
            }
        } catch (const Unavailable&) {
        }
    });
    closer.join();
    EXPECT_THROW(sell(-1), Unavailable);
    EXPECT_THROW(sales(), Unavailable);
    EXPECT_LT(written, 16000);
    EXPECT_EQ(count_rows(*place_.open(), "sale"), written);
}

INSTANTIATE_TEST_SUITE_P(, DatabaseContract, both_databases(), name_of_dialect);

}  // namespace
}  // namespace emplettes::store
