#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <latch>
#include <optional>
#include <thread>

#include "campaign/signer_database.h"
#include "campaign/test_signers.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::campaign {
namespace {

constexpr int kAtOnce = 24;

void all_together(const std::function<void(int)>& f) {
    std::latch start(kAtOnce);
    std::vector<std::jthread> threads;
    for (int i = 0; i < kAtOnce; ++i)
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            f(i);
        });
}

class SigningRaceContract : public store::Contract {
  protected:
    SigningRaceContract() : patient_(store::Database::open(patient_options())) {
        store::migrate(*patient_, embedded_pledge_migrations(), SystemClock());
        signers_.emplace(*patient_);
    }
    // Many threads on few connections, with sanitizers, on a busy machine.
    store::DatabaseOptions patient_options() const {
        store::DatabaseOptions options = place_.options();
        options.query_timeout_max = std::chrono::seconds{60};
        options.wait_max = std::chrono::seconds{120};
        return options;
    }

    const std::unique_ptr<store::Database> patient_;
    std::optional<TestSigners> signers_;
};

INSTANTIATE_TEST_SUITE_P(Databases, SigningRaceContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(SigningRaceContract, OneLinkThatIsClickedManyTimesAtOnceCountsOnce) {
    signers_->sign("Ada", "ada@example.org");
    const auto id = signers_->link_of(signers_->mails().at(0));
    std::atomic<int> counted{0};
    all_together(
        [&](int) { counted += signers_->confirm(id).value() == Confirmed::now_counted ? 1 : 0; });
    EXPECT_EQ(counted, 1);
    EXPECT_EQ(signers_->count(), Count{.confirmed = 1});
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SigningRaceContract, OnePersonWhoSignsManyTimesAtOnceIsOneRow) {
    all_together([&](int) { signers_->sign("Ada", "ada@example.org"); });
    EXPECT_EQ(store::count_rows(*patient_, "signature"), 1);
    EXPECT_EQ(signers_->mails().size(), 3U);
}

TEST_P(SigningRaceContract, AMailboxHasTwoSeatsHoweverManyClick) {
    std::vector<SignatureId> links;
    for (int day = 0; day < 3; ++day) {
        for (int i = 0; i < 3; ++i)
            signers_->sign("N" + std::to_string(3 * day + i), "ada@example.org");
        signers_->clock().advance(std::chrono::days{1});
    }
    for (const auto& mail : signers_->mails()) links.push_back(signers_->link_of(mail));
    ASSERT_EQ(links.size(), 9U);
    std::atomic<int> counted{0};
    all_together([&](int i) {
        counted +=
            signers_->confirm(links[static_cast<std::size_t>(i) % links.size()]).ok() ? 1 : 0;
    });
    EXPECT_EQ(signers_->count(), Count{.confirmed = 2});
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SigningRaceContract, ThoseWhoComeAndGoAtOnceAreAllCounted) {
    std::vector<SignatureId> links;
    for (int i = 0; i < kAtOnce; ++i) {
        signers_->sign("N", "n" + std::to_string(i) + "@example.org");
        links.push_back(signers_->link_of(signers_->mails().back()));
    }
    all_together([&](int i) {
        const auto id = links[static_cast<std::size_t>(i)];
        EXPECT_TRUE(signers_->confirm(id).ok());
        if (i % 3 == 0) EXPECT_TRUE(signers_->withdraw(id));
    });
    EXPECT_EQ(signers_->count(), (Count{.confirmed = kAtOnce, .withdrawn = kAtOnce / 3}));
    EXPECT_TRUE(signers_->contradictions().empty());
}

}  // namespace
}  // namespace emplettes::campaign
