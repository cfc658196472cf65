#include <gtest/gtest.h>

#include "notices/bundle.h"
#include "notices/contract.h"
#include "notices/notice_queue.h"
#include "notices/unreachable.h"
#include "notices/unsubscription.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::notices {
namespace {

using namespace std::chrono_literals;

const SecretKey kKey{7};

Bounce bounce(const std::string& action, const std::string& status) {
    return {.addressed_to = {},
            .recipients = {{.address = "z@example.net",
                            .action = action,
                            .status = status,
                            .diagnostic = "550 " + status + " no such user"}}};
}

class QueueContract : public store::Contract {
  protected:
    QueueContract() { store::migrate(*db_, embedded_migrations(), SystemClock()); }

    Notice write(std::int64_t id, const std::string& recipient = "zoe@example.org") {
        const Notice notice{.id = NoticeId{id},
                            .territory = kTerritory,
                            .kind = "reservation_held",
                            .audience = Audience::neighbour,
                            .recipient = recipient,
                            .language = "fr",
                            .facts = {{"id", id}},
                            .created_at = kNow + std::chrono::seconds{id}};
        db_->write([&](store::Tx& tx) { enqueue(tx, notice); });
        return notice;
    }
    void sent(const Notice& notice) {
        db_->write([&](store::Tx& tx) { mark_sent(tx, notice, kNow); });
    }
    void refused(const Notice& notice) {
        db_->write([&](store::Tx& tx) { mark_refused(tx, notice, "550 no\r\nevil: header"); });
    }
    BounceTaken came_back(std::int64_t mail, const Bounce& report, Instant at = kNow) {
        return db_->write(
            [&](store::Tx& tx) { return take_bounce(tx, kTerritory, NoticeId{mail}, report, at); });
    }
    std::optional<Unreachable> unreachable(const std::string& address, Instant at = kNow) {
        return db_->read(
            [&](store::Tx& tx) { return find_unreachable(tx, kTerritory, address, at); });
    }
    std::vector<Troubled> troubled() {
        return db_->read([&](store::Tx& tx) { return load_troubled(tx, kTerritory); });
    }
    NoticeCounts counts() {
        return db_->read([&](store::Tx& tx) { return count_notices(tx, kTerritory); });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, QueueContract, store::both_databases(), store::name_of_dialect);

TEST_P(QueueContract, TellsWhatWaitsAndWhatFailedByKind) {
    sent(write(1));
    refused(write(2));
    write(3);
    write(4, std::string(kPrintedSlip));
    const auto by_kind = db_->read([&](store::Tx& tx) { return count_by_kind(tx, kTerritory); });
    EXPECT_EQ(by_kind, (std::vector<KindCounts>{{.kind = "reservation_held",
                                                 .audience = Audience::neighbour,
                                                 .waiting = 1,
                                                 .sent = 1,
                                                 .failed = 1,
                                                 .to_print = 1}}));
    ASSERT_EQ(troubled().size(), 1u);
    EXPECT_EQ(troubled()[0].id, NoticeId{2});
    EXPECT_EQ(troubled()[0].words, "550 no  evil: header");
    EXPECT_TRUE(troubled()[0].has_failed);
    EXPECT_EQ(counts().oldest_waiting, kNow + 3s);
}

TEST_P(QueueContract, WhatFailedIsTriedAgainWhenSomebodySaysSo) {
    refused(write(1));
    refused(write(2));
    const auto retried = db_->write(
        [&](store::Tx& tx) { return retry_notice(tx, kTerritory, NoticeId{1}, kNow + 1h); });
    EXPECT_EQ(retried, 1);
    EXPECT_EQ(counts().waiting, 1);
    const auto rest =
        db_->write([&](store::Tx& tx) { return retry_troubled(tx, kTerritory, kNow + 1h); });
    EXPECT_EQ(rest, 2);  // the first, too: it still carries its trouble
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 2, .oldest_waiting = kNow + 1s}));
    sent(write(3));
    EXPECT_EQ(
        db_->write([&](store::Tx& tx) { return retry_notice(tx, kTerritory, NoticeId{3}, kNow); }),
        0);  // never what was sent
}

TEST_P(QueueContract, ASlipIsPrintedAndTheTapTakenBack) {
    const Notice slip = write(1, std::string(kPrintedSlip));
    sent(write(2));
    const std::vector<NoticeId> both{NoticeId{1}, NoticeId{2}};
    const auto slips = [&] {
        return db_->read([&](store::Tx& tx) { return load_slips(tx, kTerritory); });
    };
    EXPECT_EQ(slips(), std::vector{slip});
    EXPECT_EQ(db_->write([&](store::Tx& tx) { return mark_printed(tx, kTerritory, both, kNow); }),
              1);
    EXPECT_TRUE(slips().empty());
    EXPECT_EQ(db_->write([&](store::Tx& tx) { return mark_unprinted(tx, kTerritory, both); }), 1);
    EXPECT_EQ(slips(), std::vector{slip});
}

TEST_P(QueueContract, AMailThatCameBackIsFailedOnce) {
    sent(write(1));
    EXPECT_EQ(came_back(1, bounce("failed", "5.1.1")), BounceTaken::failed);
    EXPECT_EQ(came_back(1, bounce("failed", "5.1.1")), BounceTaken::nothing);
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 1}));
    EXPECT_EQ(troubled()[0].words, "5.1.1 550 5.1.1 no such user");
    EXPECT_FALSE(unreachable("zoe@example.org"));  // once may be a mistake
    EXPECT_EQ(came_back(99, bounce("failed", "5.1.1")), BounceTaken::unknown);
}

TEST_P(QueueContract, ADelayIsNoFailure) {
    sent(write(1));
    EXPECT_EQ(came_back(1, bounce("delayed", "4.4.1")), BounceTaken::nothing);
    EXPECT_EQ(counts(), (NoticeCounts{.sent = 1}));
}

TEST_P(QueueContract, AnAddressWhoseMailsComeBackTwiceIsKnown) {
    for (int id = 1; id <= 2; ++id) {
        sent(write(id));
        came_back(id, bounce("failed", "5.1.1"));
    }
    const auto known = unreachable("Zoe@Example.org", kNow + 24h);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->bounces, 2);
    EXPECT_FALSE(unreachable("zoe@example.org", kNow + kLeftAlone));
    EXPECT_FALSE(unreachable("ada@example.org"));
    db_->write([&](store::Tx& tx) { retry_notice(tx, kTerritory, NoticeId{1}, kNow); });
    EXPECT_FALSE(unreachable("zoe@example.org"));
}

// The control: what is full or does not like us is there.
TEST_P(QueueContract, AFullMailboxIsNoDeadAddress) {
    for (int id = 1; id <= 3; ++id) {
        sent(write(id));
        EXPECT_EQ(came_back(id, bounce("failed", "5.2.2")), BounceTaken::failed);
    }
    EXPECT_FALSE(unreachable("zoe@example.org"));
}

TEST_P(QueueContract, AMailThatListedSeveralFailsForAllOfThem) {
    GatherPlan plan;
    plan.mails = {{write(1), write(2), write(3)}};
    db_->write([&](store::Tx& tx) { claim_plan(tx, plan, kNow + 1min); });
    for (const Notice& notice : plan.mails[0]) sent(notice);
    EXPECT_EQ(came_back(1, bounce("failed", "5.1.1")), BounceTaken::failed);
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 3}));
}

TEST_P(QueueContract, BouncesAreForgottenInTime) {
    for (int i = 0; i < 2; ++i)
        db_->write([&](store::Tx& tx) { add_bounce(tx, kTerritory, "a@b.fr", "550", kNow); });
    const auto purge = [&](Instant at) {
        return db_->write([&](store::Tx& tx) { return purge_bounces(tx, kTerritory, at); });
    };
    EXPECT_EQ(purge(kNow + kBouncesKept), 0);
    EXPECT_EQ(purge(kNow + kBouncesKept + 1s), 1);
}

TEST_P(QueueContract, WhoWantsNoMoreOfAKindIsHeardAndMayComeBack) {
    const Subscription stock{.kind = "stock_reminder", .address = "Zoe@example.org"};
    const auto token = make_unsubscribe_token(kKey, stock);
    const auto read = read_unsubscribe_token(kKey, token);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (Subscription{.kind = "stock_reminder", .address = "zoe@example.org"}));
    const auto is_out = [&](const Subscription& subscription) {
        return db_->read(
            [&](store::Tx& tx) { return is_unsubscribed(tx, kTerritory, subscription); });
    };
    EXPECT_FALSE(is_out(stock));
    for (int i = 0; i < 2; ++i)
        db_->write([&](store::Tx& tx) { unsubscribe(tx, kTerritory, *read, kNow); });
    EXPECT_TRUE(is_out(stock));
    EXPECT_FALSE(is_out({.kind = "other", .address = "zoe@example.org"}));
    EXPECT_FALSE(is_out({.kind = "stock_reminder", .address = "ada@example.org"}));
    db_->write([&](store::Tx& tx) { subscribe_again(tx, kTerritory, *read); });
    EXPECT_FALSE(is_out(stock));
}

TEST(UnsubscribeToken, SaysNothingAndNobodyElseMakesOne) {
    const Subscription stock{.kind = "stock_reminder", .address = "zoe@example.org"};
    const std::string token = make_unsubscribe_token(kKey, stock);
    EXPECT_EQ(token, make_unsubscribe_token(kKey, stock));
    EXPECT_EQ(token.find("zoe"), std::string::npos);
    EXPECT_FALSE(read_unsubscribe_token(SecretKey{8}, token));
    EXPECT_FALSE(read_unsubscribe_token(kKey, ""));
    EXPECT_FALSE(read_unsubscribe_token(kKey, std::string(1'000, 'a')));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        const auto read = read_unsubscribe_token(kKey, other);
        // The last sign of base64 may hold bits that mean nothing.
        EXPECT_TRUE(!read || (i + 1 == token.size() && *read == stock)) << i;
    }
}

}  // namespace
}  // namespace emplettes::notices
