#include "notices/notice.h"

#include <gtest/gtest.h>

#include "notices/contract.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::notices {
namespace {

using namespace std::chrono_literals;

Notice notice(std::int64_t id, Instant created_at = kNow) {
    return {.id = NoticeId{id},
            .territory = kTerritory,
            .kind = "reservation_held",
            .audience = Audience::neighbour,
            .recipient = "zoe@example.org",
            .language = "fr",
            .facts = {{"shop", "L'Écume \"des\" pages"}, {"quantity", 2}},
            .created_at = created_at};
}

class NoticeContract : public store::Contract {
  protected:
    NoticeContract() { store::migrate(*db_, embedded_migrations(), SystemClock()); }

    void write(const Notice& notice) {
        db_->write([&](store::Tx& tx) { enqueue(tx, notice); });
    }
    std::vector<Notice> waiting(Instant now = kNow, std::int64_t limit = 100,
                                TerritoryId territory = kTerritory) {
        return db_->read([&](store::Tx& tx) { return load_waiting(tx, territory, now, limit); });
    }
    void fail(const Notice& notice, Instant now) {
        db_->write([&](store::Tx& tx) { mark_attempt_failed(tx, notice, now, "451 later"); });
    }
    NoticeCounts counts() {
        return db_->read([&](store::Tx& tx) { return count_notices(tx, kTerritory); });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, NoticeContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(NoticeContract, WaitsAsItWasWritten) {
    Notice for_shop = notice(2);
    for_shop.audience = Audience::shop;
    for_shop.recipient = kPrintedSlip;
    for_shop.language = "";
    write(notice(1));
    write(for_shop);
    EXPECT_EQ(waiting(), (std::vector<Notice>{notice(1), for_shop}));
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 1, .to_print = 1, .oldest_waiting = kNow}));
}

TEST_P(NoticeContract, AWriteThatIsUndoneTellsNothing) {
    struct Failure {};
    EXPECT_THROW(db_->write([&](store::Tx& tx) {
        enqueue(tx, notice(1));
        throw Failure();
    }),
                 Failure);
    EXPECT_TRUE(waiting().empty());
}

TEST_P(NoticeContract, OldestFirstInBatches) {
    write(notice(3, kNow - 1s));
    write(notice(2, kNow));
    write(notice(1, kNow - 5s));
    const auto batch = waiting(kNow, 2);
    ASSERT_EQ(batch.size(), 2u);
    EXPECT_EQ(batch[0].id, NoticeId{1});
    EXPECT_EQ(batch[1].id, NoticeId{3});
}

TEST_P(NoticeContract, TerritoriesDoNotMix) {
    Notice elsewhere = notice(1);
    elsewhere.territory = TerritoryId{8};
    write(notice(1));
    write(elsewhere);
    EXPECT_EQ(waiting(), std::vector{notice(1)});
    db_->write([&](store::Tx& tx) { mark_sent(tx, notice(1), kNow); });
    EXPECT_EQ(waiting(kNow, 100, TerritoryId{8}), std::vector{elsewhere});
}

TEST_P(NoticeContract, IsSentOnce) {
    write(notice(1));
    db_->write([&](store::Tx& tx) { mark_sent(tx, notice(1), kNow); });
    EXPECT_TRUE(waiting().empty());
    fail(notice(1), kNow);  // a second sender that comes too late
    EXPECT_EQ(counts(), (NoticeCounts{.sent = 1}));
}

TEST_P(NoticeContract, IsTriedAgainLaterAndLater) {
    write(notice(1));
    Instant now = kNow;
    for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
        const auto due = waiting(now);
        ASSERT_EQ(due.size(), 1u) << attempt;
        EXPECT_EQ(due[0].attempts, attempt - 1);
        fail(due[0], now);
        const auto pause = pause_after_attempt(attempt);
        EXPECT_TRUE(waiting(now + pause - 1s).empty()) << attempt;
        now += pause;
    }
    EXPECT_TRUE(waiting(now + 8760h).empty());
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 1}));
}

TEST_P(NoticeContract, IsForgottenWhenItIsOldAndNoLongerWaits) {
    write(notice(1, kNow - 10s));
    write(notice(2, kNow - 10s));
    write(notice(3, kNow));
    db_->write([&](store::Tx& tx) {
        mark_sent(tx, notice(1), kNow);
        mark_sent(tx, notice(3), kNow);
    });
    const auto purged =
        db_->write([&](store::Tx& tx) { return purge_notices(tx, kTerritory, kNow - 5s); });
    EXPECT_EQ(purged, 1);
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 1, .sent = 1, .oldest_waiting = kNow - 10s}));
}

TEST(PauseAfterAttempt, GrowsFromAMinuteToHours) {
    EXPECT_EQ(pause_after_attempt(1), 1min);
    EXPECT_EQ(pause_after_attempt(2), 3min);
    EXPECT_EQ(pause_after_attempt(7), 729min);
}

}  // namespace
}  // namespace emplettes::notices
