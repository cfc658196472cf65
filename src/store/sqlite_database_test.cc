#include "store/sqlite_database.h"

#include <sys/mount.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "store/test_place.h"

namespace emplettes::store {
namespace {

using std::chrono::milliseconds;

constexpr const char* kSell = "INSERT INTO sale (id, words) VALUES (:id, :words)";
constexpr const char* kEndlessInsert = R"sql(
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
INSERT INTO sale (id, words) SELECT 1000000 + i % 1, '' FROM n WHERE i > 0 AND i < 0
)sql";

void make_table(Database& db) {
    db.write([](Tx& tx) {
        tx.run("CREATE TABLE IF NOT EXISTS sale (id BIGINT NOT NULL PRIMARY KEY, words TEXT)");
    });
}

void sell(Database& db, std::int64_t id, const std::string& words = "x") {
    db.write([&](Tx& tx) { tx.run(kSell, {{"id", id}, {"words", words}}); });
}

// A door that a thread waits at until another opens it.
class Door {
  public:
    void open() {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }
    // Whether it was open in time.
    bool wait(milliseconds at_most = std::chrono::minutes{1}) {
        std::unique_lock lock(mutex_);
        return opened_.wait_for(lock, at_most, [this] { return is_open_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

// Runs `writes` so that they are one group: while the writer is busy with another write.
template <typename Write>
void write_as_one_group(SqliteDatabase& db, std::vector<Write> writes) {
    Door writer_is_busy;
    Door all_wait;
    std::jthread first([&] {
        db.write([&](Tx&) {
            writer_is_busy.open();
            all_wait.wait();
        });
    });
    writer_is_busy.wait();
    std::vector<std::jthread> threads;
    for (Write& write : writes) {
        threads.emplace_back(write);
    }
    while (db.waiting_writes() < writes.size()) {
        std::this_thread::yield();
    }
    all_wait.open();
}

TEST(SqliteDatabase, IsAsDurableAsItSays) {
    const TestPlace place(Dialect::sqlite);
    const auto db = place.open();
    const auto ask = [](const char* pragma) {
        return [pragma](Tx& tx) { return tx.one<std::string>(pragma); };
    };
    EXPECT_EQ(db->write(ask("PRAGMA journal_mode")), "wal");
    EXPECT_EQ(db->write(ask("PRAGMA synchronous")), "2");
    EXPECT_EQ(db->write(ask("PRAGMA foreign_keys")), "1");
    EXPECT_EQ(db->read(ask("PRAGMA query_only")), "1");
    EXPECT_THROW(SqliteDatabase({.location = ":memory:"}), Unavailable);
    EXPECT_THROW(SqliteDatabase({.location = place.folder() + "/no/such/folder.db"}), Unavailable);
    EXPECT_NO_THROW(SqliteDatabase({.location = place.folder() + "/two  words = 'é'.db"}));
    EXPECT_TRUE(std::filesystem::exists(place.folder() + "/two  words = 'é'.db"));
}

TEST(GroupCommit, AWriteThatGoesOnWithoutItsTransactionHasFailed) {
    const TestPlace place(Dialect::sqlite);
    const auto db = place.open();
    make_table(*db);
    sell(*db, 1);
    EXPECT_THROW(db->write([](Tx& tx) {
        tx.run(kSell, {{"id", 2}, {"words", ""}});
        try {
            tx.run("INSERT OR ROLLBACK INTO sale (id, words) VALUES (1, '')");
        } catch (const std::exception&) {  // as a write that tries something else instead
        }
    }),
                 SqlError);
    sell(*db, 3);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.one<std::int64_t>("SELECT SUM(id) FROM sale"); }), 4);
}

// The promise itself: nobody hears "written" before COMMIT. Before COMMIT we give the callers time
// to come back too early; after it the same look finds them all.
TEST(GroupCommit, NobodyIsAnsweredBeforeTheCommit) {
    const TestPlace place(Dialect::sqlite);
    constexpr int kCallers = 16;
    std::atomic<int> answered{0};
    std::atomic<bool> is_watching{false};
    std::atomic<int> answered_before_commit{0};
    Door everybody;
    Door somebody;
    SqliteDatabase db(place.options(), [&] {
        if (is_watching) {
            somebody.wait(milliseconds{200});
            answered_before_commit = answered.load();
        }
    });
    make_table(db);
    std::vector<std::function<void()>> writes;
    for (int i = 0; i < kCallers; ++i) {
        writes.emplace_back([&, i] {
            db.write([&](Tx& tx) {
                is_watching = true;
                tx.run(kSell, {{"id", i}, {"words", ""}});
            });
            somebody.open();
            if (++answered == kCallers) {
                everybody.open();
            }
        });
    }
    write_as_one_group(db, writes);
    EXPECT_TRUE(everybody.wait());
    EXPECT_EQ(answered_before_commit, 0);
    EXPECT_EQ(answered, kCallers);
    EXPECT_EQ(db.counters().writes, kCallers + 2);
    EXPECT_EQ(db.counters().commits, 3);
}

TEST(GroupCommit, ACommitThatFailsFailsEverybodyInIt) {
    const TestPlace place(Dialect::sqlite);
    std::atomic<bool> is_failing{false};
    SqliteDatabase db(place.options(), [&] {
        if (is_failing.exchange(false)) {
            throw Unavailable("no");
        }
    });
    make_table(db);
    std::atomic<int> unavailable{0};
    const auto write = [&](int id, bool is_refused) {
        try {
            (void)db.write([&](Tx& tx) -> Result<Done, int> {
                is_failing = true;
                tx.run(kSell, {{"id", id}, {"words", ""}});
                return is_refused ? Result<Done, int>(1) : Result<Done, int>(Done{});
            });
        } catch (const Unavailable&) {
            ++unavailable;
        }
    };
    write_as_one_group<std::function<void()>>(
        db, {[&] { write(1, false); }, [&] { write(2, true); }, [&] { write(3, false); }});
    EXPECT_EQ(unavailable, 3);
    EXPECT_EQ(count_rows(db, "sale"), 0);
    sell(db, 4);
    EXPECT_EQ(count_rows(db, "sale"), 1);
}

// SQLite drops the whole transaction when it interrupts a statement that writes.
TEST(GroupCommit, OneThatLosesTheTransactionDoesNotLoseTheOthers) {
    const TestPlace place(Dialect::sqlite);
    auto options = place.options();
    options.query_timeout_max = milliseconds{30};
    SqliteDatabase db(options);
    make_table(db);
    std::atomic<int> late{0};
    const auto write_late = [&] {
        try {
            db.write([](Tx& tx) { tx.run(kEndlessInsert); });
        } catch (const Unavailable&) {
            ++late;
        }
    };
    write_as_one_group<std::function<void()>>(
        db,
        {[&] { sell(db, 1); }, write_late, [&] { sell(db, 2); }, write_late, [&] { sell(db, 3); }});
    EXPECT_EQ(late, 2);
    EXPECT_EQ(count_rows(db, "sale"), 3);
    EXPECT_GT(db.counters().retries, 0);
}

TEST(GroupCommit, AFullQueueRefuses) {
    const TestPlace place(Dialect::sqlite);
    auto options = place.options();
    options.writes_waiting_max = 1;
    SqliteDatabase db(options);
    make_table(db);
    Door writer_is_busy;
    Door may_go_on;
    std::jthread first([&] {
        db.write([&](Tx&) {
            writer_is_busy.open();
            may_go_on.wait();
        });
    });
    writer_is_busy.wait();
    std::jthread second([&] { sell(db, 1); });
    while (db.waiting_writes() < 1) {
        std::this_thread::yield();
    }
    EXPECT_THROW(sell(db, 2), Unavailable);
    may_go_on.open();
    second.join();
    EXPECT_EQ(count_rows(db, "sale"), 1);
}

TEST(GroupCommit, AWriteInsideAWriteIsABug) {
    const TestPlace place(Dialect::sqlite);
    const auto db = place.open();
    EXPECT_THROW(db->write([&](Tx&) { db->write([](Tx&) {}); }), Bug);
}

TEST(SqliteDatabase, AnotherProcessIsWaitedForButNotForever) {
    const TestPlace place(Dialect::sqlite);
    auto options = place.options();
    options.wait_max = milliseconds{30};
    SqliteDatabase impatient(options);
    SqliteDatabase patient(place.options());
    make_table(patient);
    SqliteConnection other({.path = options.location, .use = SqliteConnection::Use::write});
    other.execute("BEGIN IMMEDIATE");
    try {
        sell(impatient, 1);
        FAIL() << "the other holds the lock";
    } catch (const Unavailable& failure) {
        EXPECT_NE(std::string_view(failure.what()).find("another program"), std::string_view::npos);
    }
    auto waits = std::async(std::launch::async, [&] { sell(patient, 2); });
    EXPECT_EQ(waits.wait_for(milliseconds{20}), std::future_status::timeout);
    EXPECT_EQ(count_rows(patient, "sale"), 0);  // readers do not wait
    other.execute("COMMIT");
    waits.get();
    EXPECT_EQ(count_rows(impatient, "sale"), 1);
}

TEST(SqliteDatabase, TwoProgramsWriteAtOnce) {
    const TestPlace place(Dialect::sqlite);
    SqliteDatabase one(place.options());
    SqliteDatabase two(place.options());
    make_table(one);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) {
                    sell(t % 2 == 0 ? one : two, t * 50 + i);
                }
            });
        }
    }
    EXPECT_EQ(count_rows(one, "sale"), 400);
}

TEST(SqliteDatabase, TheLogStaysShort) {
    const TestPlace place(Dialect::sqlite);
    SqliteDatabase db(place.options());
    make_table(db);
    const std::string words(300'000, 'x');
    std::uintmax_t longest = 0;
    constexpr int kWrites = 200;  // 60 MB in all
    for (int i = 0; i < kWrites; ++i) {
        sell(db, i, words);
        longest = std::max(longest, std::filesystem::file_size(place.options().location + "-wal"));
    }
    EXPECT_LT(longest, std::uintmax_t{24} << 20);
    EXPECT_EQ(count_rows(db, "sale"), kWrites);
}

// A file system of 3 MiB of its own; only root may make one.
class SmallDisk {
  public:
    explicit SmallDisk(const std::string& folder)
        : folder_(folder),
          is_mounted_(mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=3m") == 0) {}
    ~SmallDisk() {
        if (is_mounted_) {
            umount2(folder_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool is_mounted() const { return is_mounted_; }

  private:
    const std::string folder_;
    const bool is_mounted_;
};

// Without root SQLite is told that the disk has so many pages: the same error, another cause.
void limit_pages(Database& db, int pages) {
    db.write(
        [&](Tx& tx) { tx.one<std::int64_t>("PRAGMA max_page_count = " + std::to_string(pages)); });
}

TEST(SqliteDatabase, AFullDiskLosesNothingAndRecoversAlone) {
    const TestPlace place(Dialect::sqlite);
    const SmallDisk disk(place.folder());
    const std::string ballast = place.folder() + "/ballast";
    SqliteDatabase db(place.options());
    make_table(db);
    std::ofstream(ballast) << std::string(1'500'000, 'x');
    if (!disk.is_mounted()) {
        limit_pages(db, 300);
    }
    std::atomic<int> acknowledged{0};
    const auto fill = [&](int thread) {
        for (int i = 0;; ++i) {
            sell(db, thread * 100'000 + i, std::string(1000, 'x'));
            ++acknowledged;
        }
    };
    const auto fill_until_full = [&](int thread) {
        try {
            fill(thread);
        } catch (const Unavailable& failure) {
            EXPECT_NE(std::string_view(failure.what()).find("disk is full"), std::string_view::npos)
                << failure.what();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back(fill_until_full, thread);
        }
    }
    EXPECT_GT(acknowledged, 20);
    EXPECT_EQ(count_rows(db, "sale"), acknowledged);
    EXPECT_THROW(sell(db, 900'000, std::string(2'000'000, 'x')), Unavailable);

    if (disk.is_mounted()) {
        std::filesystem::remove(ballast);
    } else {
        limit_pages(db, 3000);
    }
    for (int i = 0; i < 50; ++i) {
        sell(db, 1'000'000 + i, std::string(1000, 'x'));
    }
    EXPECT_EQ(count_rows(db, "sale"), acknowledged + 50);
    EXPECT_EQ(db.read([](Tx& tx) { return tx.one<std::string>("PRAGMA integrity_check"); }), "ok");
    RecordProperty("real_disk", disk.is_mounted() ? 1 : 0);
}

}  // namespace
}  // namespace emplettes::store
