#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "store/contract.h"
#include "store/migrations.h"
#include "store/outbox.h"

namespace emplettes::store {
namespace {

class OutboxContract : public Contract {
  protected:
    OutboxContract() { migrate(*db_, embedded_migrations(), ManualClock(kNow)); }

    void tell(std::int64_t subject, TerritoryId territory = kHere) {
        db_->write([&](Tx& tx) { append_news(tx, news(subject, territory), kNow); });
    }
    static OutboxNews news(std::int64_t subject, TerritoryId territory = kHere) {
        return {territory, "offer.stock", subject, R"({"stock":3})"};
    }
    static std::vector<std::int64_t> subjects_of(const std::vector<OutboxEntry>& entries) {
        std::vector<std::int64_t> subjects;
        for (const OutboxEntry& entry : entries) subjects.push_back(entry.news.subject_id);
        return subjects;
    }
    std::vector<OutboxEntry> read_after(OutboxPlace place, int limit = 1000) {
        return db_->read([&](Tx& tx) { return read_news_after(tx, kHere, place, limit); });
    }
    // Waits for as many (other transactions of the same server may hold news back for a moment).
    std::vector<std::int64_t> follow(std::size_t count) {
        std::vector<std::int64_t> subjects;
        OutboxPlace place;
        while (subjects.size() < count) {
            for (const OutboxEntry& entry : read_after(place, 7)) {
                EXPECT_GT(entry.place, place);
                place = entry.place;
                subjects.push_back(entry.news.subject_id);
            }
        }
        EXPECT_TRUE(read_after(place).empty());
        return subjects;
    }
};

TEST_P(OutboxContract, NewsAreReadInTheOrderOfCommits) {
    tell(3);
    tell(1, kElsewhere);
    db_->write([](Tx& tx) {
        append_news(tx, news(1), kNow);
        append_news(tx, news(2), kNow);
    });
    EXPECT_EQ(follow(3), (std::vector<std::int64_t>{3, 1, 2}));
    EXPECT_EQ(read_after({}).front().news, news(3));
    EXPECT_EQ(db_->read([](Tx& tx) { return newest_place(tx, kHere); }),
              read_after({}).back().place);
}

TEST_P(OutboxContract, UndoneNewsAreNoNews) {
    EXPECT_THROW(db_->write([](Tx& tx) {
        append_news(tx, news(1), kNow);
        throw std::out_of_range("ours");
    }),
                 std::out_of_range);
    EXPECT_EQ(db_->wait_for_news(0, std::chrono::milliseconds{0}), 0U);
    tell(2);
    EXPECT_EQ(follow(1), std::vector<std::int64_t>{2});
}

TEST_P(OutboxContract, TheBellRingsAfterTheCommit) {
    auto heard = std::async(std::launch::async, [&] {
        std::uint64_t rings = 0;
        while (rings == 0) {
            rings = db_->wait_for_news(0, std::chrono::seconds{10});
        }
        return rings;
    });
    tell(1);
    EXPECT_EQ(heard.get(), 1U);
    db_->write([](Tx&) {});
    EXPECT_EQ(db_->wait_for_news(0, std::chrono::milliseconds{0}), 1U);
}

// While many write, a reader that follows finds everything once, each writer's news in its order.
TEST_P(OutboxContract, NothingIsSkippedWhileManyWrite) {
    constexpr int kWriters = 8;
    constexpr int kEach = 25;
    std::vector<std::jthread> writers;
    for (int w = 0; w < kWriters; ++w) {
        writers.emplace_back([this, w] {
            for (int i = 0; i < kEach; ++i) {
                tell(w * kEach + i);
            }
        });
    }
    std::vector<int> next(kWriters, 0);
    for (const std::int64_t subject : follow(std::size_t{kWriters} * kEach)) {
        const auto writer = static_cast<std::size_t>(subject / kEach);
        EXPECT_EQ(subject % kEach, next[writer]++);
    }
    EXPECT_EQ(next, std::vector<int>(kWriters, kEach));
}

// As after a fail-over to a standby that lacked the last commits: their places are given anew, and
// a reader that only looked behind its own would never hear what stands there now.
TEST_P(OutboxContract, AReaderNoticesThatTheNewsItReadAreNotThereAnyMore) {
    const auto following = [&](const OutboxEntry& last) {
        return db_->read([&](Tx& tx) { return read_news_following(tx, last, 10); });
    };
    tell(1);
    tell(2);
    follow(2);
    const std::vector<OutboxEntry> all = read_after({});
    EXPECT_THAT(subjects_of(following(all[0]).value()), testing::ElementsAre(2));
    EXPECT_TRUE(following(all[1]).value().empty());

    constexpr const char* kOther = R"sql(
UPDATE outbox SET subject_id = 3 WHERE territory_id = :territory AND subject_id = 2
)sql";
    db_->write([&](Tx& tx) { tx.run(kOther, {{"territory", kHere}}); });
    EXPECT_TRUE(read_after(all[1].place).empty());
    EXPECT_EQ(following(all[1]), std::nullopt);
    EXPECT_THAT(subjects_of(following(all[0]).value()), testing::ElementsAre(3));

    constexpr const char* kLose = R"sql(
DELETE FROM outbox WHERE territory_id = :territory AND subject_id = 3
)sql";
    db_->write([&](Tx& tx) { tx.run(kLose, {{"territory", kHere}}); });
    EXPECT_EQ(following(all[1]), std::nullopt);
    EXPECT_TRUE(following(all[0]).value().empty());
}

TEST_P(OutboxContract, AReaderKeepsItsPlace) {
    const auto place = [&] {
        return db_->read([](Tx& tx) { return find_place(tx, kHere, "search"); });
    };
    EXPECT_EQ(place(), OutboxPlace{});
    for (const std::int64_t step : {4, 5}) {
        db_->write([&](Tx& tx) { save_place(tx, kHere, "search", {17, step}); });
    }
    EXPECT_EQ(place(), (OutboxPlace{17, 5}));
}

TEST_P(OutboxContract, PurgedIsWhatIsOldAndReadButNeverTheNewest) {
    const auto purge = [&](Instant before) {
        return db_->write([&](Tx& tx) { return purge_news(tx, kHere, before); });
    };
    for (const int subject : {1, 2, 3, 4}) {
        tell(subject);
    }
    follow(4);
    const std::vector<OutboxEntry> all = read_after({});
    const Instant later = kNow + std::chrono::seconds{1};
    EXPECT_EQ(purge(kNow), 0);
    db_->write([&](Tx& tx) { save_place(tx, kHere, "search", all[1].place); });
    EXPECT_EQ(purge(later), 2);
    db_->write([&](Tx& tx) { save_place(tx, kHere, "search", all[3].place); });
    EXPECT_EQ(purge(later), 1);
    tell(5);
    EXPECT_EQ(follow(2), (std::vector<std::int64_t>{4, 5}));
    EXPECT_GT(read_after(all[3].place).front().place, all[3].place);
}

// The trap of numbers given before the commit: who began first commits last. (SQLite has one writer
// at a time, so there it cannot happen.)
TEST(PostgresOutbox, ALateCommitIsNotSkipped) {
    const TestPlace place(Dialect::postgresql);
    const auto db = place.open();
    migrate(*db, embedded_migrations(), ManualClock(kNow));
    const auto tell = [](Tx& tx, std::int64_t subject) {
        append_news(tx, {kHere, "offer.stock", subject, "{}"}, kNow);
    };
    const auto read = [&] {
        std::vector<std::int64_t> subjects;
        for (const OutboxEntry& entry :
             db->read([](Tx& tx) { return read_news_after(tx, kHere, OutboxPlace{}, 10); })) {
            subjects.push_back(entry.news.subject_id);
        }
        return subjects;
    };
    std::promise<void> may_end;
    std::promise<void> has_begun;
    std::jthread late([&] {
        db->write([&](Tx& tx) {
            tell(tx, 1);
            has_begun.set_value();
            may_end.get_future().get();
        });
    });
    has_begun.get_future().get();
    db->write([&](Tx& tx) { tell(tx, 2); });
    const std::vector<std::int64_t> meanwhile = read();
    may_end.set_value();
    late.join();
    EXPECT_TRUE(meanwhile.empty());
    std::vector<std::int64_t> in_the_end = read();
    while (in_the_end.size() <
           2) {  // another program's transaction on this server may hold it back
        in_the_end = read();
    }
    EXPECT_EQ(in_the_end, (std::vector<std::int64_t>{1, 2}));
}

INSTANTIATE_TEST_SUITE_P(, OutboxContract, both_databases(), name_of_dialect);

}  // namespace
}  // namespace emplettes::store
