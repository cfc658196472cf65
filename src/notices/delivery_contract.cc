#include "notices/delivery.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "notices/contract.h"
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

class DeliveryContract : public store::Contract {
  protected:
    DeliveryContract()
        : path_(std::filesystem::temp_directory_path() /
                ("emplettes_delivery_" + std::to_string(::getpid()))),
          folder_(path_) {
        store::migrate(*db_, embedded_migrations(), SystemClock());
    }
    ~DeliveryContract() override { std::filesystem::remove_all(path_); }

    void write(std::int64_t id) {
        db_->write([&](store::Tx& tx) {
            enqueue(tx, {.id = NoticeId{id},
                         .territory = kTerritory,
                         .kind = "notice " + std::to_string(id),
                         .recipient = "zoe@example.org",
                         .facts = {{"id", id}},
                         .created_at = kNow});
        });
    }
    Delivery deliver(const Compose& with = compose) {
        return deliver_waiting(*db_, kTerritory, clock_, folder_, with);
    }
    NoticeCounts counts() {
        return db_->read([&](store::Tx& tx) { return count_notices(tx, kTerritory); });
    }

    ManualClock clock_{kNow};
    std::filesystem::path path_;
    EmlFolder folder_;
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

TEST_P(DeliveryContract, OneThatFailsStopsNoOther) {
    for (int id = 1; id <= 3; ++id) write(id);
    const auto fails_on_two = [](const Notice& notice) {
        if (notice.id == NoticeId{2}) throw std::runtime_error("no text for it");
        return compose(notice);
    };
    EXPECT_EQ(deliver(fails_on_two),
              (Delivery{.sent = 2, .problems = {"notice 2 (notice 2): no text for it"}}));
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 1, .sent = 2}));

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
// still waits.
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
    EXPECT_EQ(counts(), (NoticeCounts{.waiting = 2}));
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
