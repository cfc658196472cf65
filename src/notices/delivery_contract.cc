#include "notices/delivery.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "notices/contract.h"
#include "notices/folder_mailer.h"
#include "notices/unreachable.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::notices {
namespace {

using namespace std::chrono_literals;

Mail compose(const Notice& notice) {
    return {.from = {.name = "Emplettes", .address = "bonjour@example.org"},
            .to = {.name = "", .address = notice.recipient},
            .subject = notice.kind,
            .text = notice.facts.dump(),
            .html = ""};
}

// As what is printed is addressed.
Mail with_empty_group(const Notice& notice) {
    Mail mail = compose(notice);
    mail.to = {.name = "Shop", .address = ""};
    return mail;
}

Mail compose_list(const std::vector<Notice>& notices) {
    Mail mail = compose(notices.front());
    mail.subject = std::to_string(notices.size()) + " notices";
    mail.text.clear();
    for (const Notice& notice : notices) mail.text += notice.facts.dump() + "\n";
    return mail;
}

std::string compose_text(const Notice& notice) { return notice.facts.dump(); }

// The other side as a test wants it: it keeps what it was given, and answers what it was told to.
class Wire final : public Mailer, public TextSender {
  public:
    Outcome send(const Outgoing& mail) override {
        sent.push_back(mail);
        meanwhile();
        return answer;
    }
    void end_batch() override {}
    bool takes_slips() const override { return false; }

    std::vector<Outgoing> sent;
    Outcome answer;
    std::function<void()> meanwhile = [] {};
};

class DeliveryContract : public store::Contract {
  protected:
    DeliveryContract()
        : path_(std::filesystem::temp_directory_path() /
                ("emplettes_delivery_" + std::to_string(::getpid()))),
          folder_(path_),
          mailer_(path_) {
        store::migrate(*db_, embedded_migrations(), SystemClock());
    }
    ~DeliveryContract() override { std::filesystem::remove_all(path_); }

    void write(std::int64_t id, const std::string& recipient = "zoe@example.org",
               Pace pace = Pace::at_once) {
        db_->write([&](store::Tx& tx) {
            enqueue(tx, {.id = NoticeId{id},
                         .territory = kTerritory,
                         .kind = "notice " + std::to_string(id),
                         .recipient = recipient,
                         .facts = {{"id", id}},
                         .created_at = clock_.now(),
                         .pace = pace});
        });
    }
    Delivery deliver(const std::function<Mail(const Notice&)>& with = compose) {
        const Composer composer{.mail = with, .list = compose_list, .text = compose_text};
        return deliver_waiting({.database = *db_,
                                .clock = clock_,
                                .mailer = other_ ? *other_ : mailer_,
                                .texts = texts_,
                                .relay = relay_,
                                .return_paths = return_paths_,
                                .compose = composer,
                                .is_stopping = [this] { return is_stopping_; }},
                               kTerritory);
    }
    NoticeCounts counts() {
        return db_->read([&](store::Tx& tx) { return count_notices(tx, kTerritory); });
    }

    ManualClock clock_{kNow};
    std::filesystem::path path_;
    EmlFolder folder_;
    FolderMailer mailer_;
    Mailer* other_ = nullptr;
    TextSender* texts_ = nullptr;
    RelayWatch relay_;
    bool is_stopping_ = false;
    const ReturnPaths return_paths_{"bounces+{token}@example.org", SecretKey{1}};
};

INSTANTIATE_TEST_SUITE_P(Databases, DeliveryContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(DeliveryContract, SendsWhatWaitsOnce) {
    write(1);
    write(2);
    EXPECT_EQ(deliver(), (Delivery{.sent = 2}));
    EXPECT_EQ(deliver(), Delivery{});
    const auto mails = list_mails(folder_, 10);
    ASSERT_EQ(mails.size(), 2u);
    EXPECT_EQ(mails[0].subject, "notice 2");
    EXPECT_EQ(read_mail(folder_, mail_name(1))->mail.text, "{\"id\":1}");
    EXPECT_EQ(counts(), (NoticeCounts{.sent = 2}));
}

TEST_P(DeliveryContract, WhatIsToBePrintedWaitsForSomebodyToDoIt) {
    write(1, std::string(kPrintedSlip));
    EXPECT_EQ(deliver(with_empty_group), Delivery{});
    EXPECT_EQ(list_mails(folder_, 10).size(), 1u);
    EXPECT_EQ(counts(), (NoticeCounts{.to_print = 1}));
    clock_.advance(8760h);
    EXPECT_EQ(deliver(), Delivery{});
}

TEST_P(DeliveryContract, ARelayIsGivenNoSlips) {
    Wire wire;
    other_ = &wire;
    write(1, std::string(kPrintedSlip));
    deliver();
    EXPECT_TRUE(wire.sent.empty());
    EXPECT_EQ(counts(), (NoticeCounts{.to_print = 1}));
}

TEST_P(DeliveryContract, ATelephoneIsToldOnlyWhereThereIsAGateway) {
    write(1, "+33600000000");
    EXPECT_EQ(deliver(), Delivery{});
    EXPECT_EQ(counts(), NoticeCounts{});  // and nothing of it is kept

    Wire wire;
    texts_ = &wire;
    write(2, "+33600000000");
    EXPECT_EQ(deliver(), (Delivery{.sent = 1}));
    ASSERT_EQ(wire.sent.size(), 1u);
    EXPECT_EQ(wire.sent[0].recipient, "+33600000000");
    EXPECT_EQ(wire.sent[0].name, "2");
    EXPECT_EQ(counts(), (NoticeCounts{.sent = 1}));
}

TEST_P(DeliveryContract, WhatIsRefusedIsNotTriedAgain) {
    Wire wire;
    other_ = &wire;
    wire.answer = {.kind = Outcome::Kind::refused, .words = "554 no\r\nthank you"};
    write(1);
    EXPECT_EQ(deliver(), (Delivery{.problems = {"notice 1 (notice 1): 554 no\r\nthank you"}}));
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 1}));
    clock_.advance(8760h);
    EXPECT_EQ(deliver(), Delivery{});
}

TEST_P(DeliveryContract, ARelayThatIsDownIsLeftInPeaceAndNoAttemptIsCounted) {
    Wire wire;
    other_ = &wire;
    wire.answer = {.kind = Outcome::Kind::is_down, .words = "connection refused"};
    for (int id = 1; id <= 3; ++id) write(id);
    EXPECT_EQ(deliver().problems.size(), 3u);
    EXPECT_EQ(wire.sent.size(), 1u);  // the others were not tried
    write(4);
    EXPECT_EQ(deliver().problems.size(), 1u);
    EXPECT_EQ(wire.sent.size(), 1u);
    EXPECT_EQ(relay_.state().trouble->words, "connection refused");

    // Through a night and more than all attempts; then the relay is back.
    for (int minutes = 0; minutes < 600; minutes += 2) {
        clock_.advance(2min);
        deliver();
    }
    wire.answer = {};
    clock_.advance(2min);
    wire.sent.clear();
    EXPECT_EQ(deliver(), (Delivery{.sent = 4}));
    EXPECT_FALSE(relay_.state().trouble);
    EXPECT_EQ(counts(), (NoticeCounts{.sent = 4}));
}

TEST_P(DeliveryContract, NothingWaitsForARelayForEver) {
    Wire wire;
    other_ = &wire;
    wire.answer = {.kind = Outcome::Kind::is_down, .words = "connection refused"};
    write(1);
    clock_.advance(kTriedForAtMost);
    deliver();
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 1}));
}

TEST_P(DeliveryContract, AnAddressWhoseMailsComeBackIsLeftAloneForAWeek) {
    Wire wire;
    other_ = &wire;
    wire.answer = {.kind = Outcome::Kind::refused, .words = "550 5.1.1", .is_address_dead = true};
    for (int id = 1; id <= 4; ++id) {
        write(id);
        deliver();
    }
    EXPECT_EQ(wire.sent.size(), 2u);
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 4}));
    clock_.advance(kLeftAlone);
    write(5);
    wire.answer = {};
    EXPECT_EQ(deliver(), (Delivery{.sent = 1}));
}

TEST_P(DeliveryContract, ManyAtOnceBecomeOneMailThatListsThem) {
    Wire wire;
    other_ = &wire;
    for (int id = 1; id <= 8; ++id) write(id, "shop@example.org", Pace::may_gather);
    write(9, "shop@example.org");
    EXPECT_EQ(deliver(), (Delivery{.sent = 9}));
    EXPECT_EQ(wire.sent.size(), 2u);

    write(10, "shop@example.org", Pace::may_gather);
    EXPECT_EQ(deliver(), (Delivery{.held = 1}));
    clock_.advance(5min);
    EXPECT_EQ(deliver(), (Delivery{.sent = 1}));
}

// The answer to a mail that lists six got lost, and more came meanwhile: it is the same mail again.
TEST_P(DeliveryContract, AListThatIsSentAgainListsTheSame) {
    Wire wire;
    other_ = &wire;
    wire.answer = {.kind = Outcome::Kind::retry, .words = "connection lost"};
    for (int id = 1; id <= 6; ++id) write(id, "shop@example.org", Pace::may_gather);
    deliver();
    ASSERT_EQ(wire.sent.size(), 1u);
    write(7, "shop@example.org", Pace::may_gather);
    wire.answer = {};
    clock_.advance(pause_after_attempt(1));
    EXPECT_EQ(deliver(), (Delivery{.sent = 7}));
    ASSERT_EQ(wire.sent.size(), 3u);
    const auto same = [&](const Outgoing& mail) { return mail.content == wire.sent[0].content; };
    EXPECT_EQ(std::ranges::count_if(wire.sent, same), 2);
}

// Two servers on one database: what one has begun, the other leaves alone.
TEST_P(DeliveryContract, TwoProcessesSendEachOnce) {
    for (int id = 1; id <= 5; ++id) write(id);
    for (int id = 11; id <= 18; ++id) write(id, "shop@example.org", Pace::may_gather);
    Wire first, second;
    first.meanwhile = [&] {
        if (other_ == &second) return;
        other_ = &second;
        EXPECT_EQ(deliver(), Delivery{});
    };
    other_ = &first;
    EXPECT_EQ(deliver(), (Delivery{.sent = 13}));
    EXPECT_EQ(first.sent.size(), 6u);
    EXPECT_TRUE(second.sent.empty());
}

TEST_P(DeliveryContract, WhoStopsLeavesTheRestToOthersAtOnce) {
    for (int id = 1; id <= 5; ++id) write(id);
    Wire wire;
    wire.meanwhile = [&] { is_stopping_ = wire.sent.size() == 2; };
    other_ = &wire;
    EXPECT_EQ(deliver(), (Delivery{.sent = 2}));
    is_stopping_ = false;
    EXPECT_EQ(deliver(), (Delivery{.sent = 3}));
}

TEST_P(DeliveryContract, EveryMailHasAReturnPathOfItsOwn) {
    Wire wire;
    other_ = &wire;
    write(41);
    deliver();
    ASSERT_EQ(wire.sent.size(), 1u);
    EXPECT_EQ(return_paths_.notice_of(wire.sent[0].return_path), NoticeId{41});
}

TEST_P(DeliveryContract, OneThatFailsStopsNoOther) {
    for (int id = 1; id <= 3; ++id) write(id);
    const auto fails_on_two = [](const Notice& notice) {
        if (notice.id == NoticeId{2}) throw std::runtime_error("no text for it");
        return compose(notice);
    };
    EXPECT_EQ(deliver(fails_on_two),
              (Delivery{.sent = 2, .problems = {"notice 2 (notice 2): no text for it"}}));
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 1, .sent = 2, .oldest_waiting = kNow}));

    EXPECT_EQ(deliver(), Delivery{});  // not yet
    clock_.advance(pause_after_attempt(1));
    EXPECT_EQ(deliver(), (Delivery{.sent = 1}));
    EXPECT_EQ(list_mails(folder_, 10).size(), 3u);
}

TEST_P(DeliveryContract, GivesUpAfterTheLastAttempt) {
    write(1);
    const auto never = [](const Notice&) -> Mail { throw std::runtime_error("never"); };
    for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
        EXPECT_EQ(deliver(never).problems.size(), 1u);
        clock_.advance(pause_after_attempt(attempt));
    }
    EXPECT_EQ(deliver(never), Delivery{});
    EXPECT_EQ(counts(), (NoticeCounts{.failed = 1}));
}

TEST_P(DeliveryContract, AnAddressThatBreaksHeadersIsAProblemOfItsOwn) {
    write(1);
    const auto broken = [](const Notice& notice) {
        Mail mail = compose(notice);
        mail.to.address = "zoe@example.org\r\nBcc: all@example.org";
        return mail;
    };
    EXPECT_EQ(deliver(broken).problems.size(), 1u);
    EXPECT_TRUE(list_mails(folder_, 10).empty());
}

// What remains after a crash between sending and noting it down: the mail is there, the notice
// still waits, and goes when nobody can be sending it any more.
TEST_P(DeliveryContract, SendingAgainAfterACrashGivesTheSameMail) {
    write(1);
    struct Crash {};
    bool is_first = true;
    const auto crash_after_first = [&](const Notice& notice) {
        if (!is_first) throw Crash();
        is_first = false;
        return compose(notice);
    };
    write(2);
    EXPECT_THROW(deliver(crash_after_first), Crash);
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 2, .oldest_waiting = kNow}));
    const auto before = read_mail(folder_, mail_name(1));
    ASSERT_TRUE(before);

    clock_.advance(1h);
    EXPECT_EQ(deliver(), (Delivery{.sent = 2}));
    EXPECT_EQ(list_mails(folder_, 10).size(), 2u);
    EXPECT_EQ(read_mail(folder_, mail_name(1)), before);
}

TEST_P(DeliveryContract, WorksInBatches) {
    for (int id = 1; id <= kDeliveryBatchMax + 5; ++id) write(id);
    EXPECT_EQ(deliver(), (Delivery{.sent = kDeliveryBatchMax}));
    EXPECT_EQ(deliver(), (Delivery{.sent = 5}));
}

}  // namespace
}  // namespace emplettes::notices
