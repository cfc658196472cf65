#include "orders/closed_by_surprise.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours kClosedFor{10 * 24};

class ClosedBySurpriseContract : public store::Contract {
  protected:
    ClosedBySurpriseContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, 10);
    }
    // The shop closes now, but for those whose end is later than it opens.
    std::int64_t close(Instant opens_at) {
        const Instant now = market_->clock().now();
        return db_->write([&](store::Tx& tx) {
            return rearrange_for_closure(
                tx, TestMarket::kShop,
                {.territory = kTerritory,
                 .now = now,
                 .times =
                     [&](const auto&) {
                         return ShopTimes{.held_until = opens_at + 8h,
                                          .remind_at = opens_at + 15min,
                                          .answer_by = opens_at + 30min};
                     },
                 .opens_before = [&](const auto&, Instant end) { return opens_at < end; },
                 .ids = market_->context().ids});
        });
    }

    std::optional<TestMarket> market_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ClosedBySurpriseContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ClosedBySurpriseContract, WhatNobodyCouldCollectIsKeptUntilAfterwards) {
    const std::string asked = market_->reserve(TestMarket::request()).value().code;
    const std::string kept = market_->reserve(TestMarket::request()).value().code;
    ASSERT_TRUE(market_->step(kept, Step::accept));
    const auto before = std::ssize(market_->waiting_notices());
    const Instant opens = market_->clock().now() + kClosedFor;
    EXPECT_EQ(close(opens), 2);
    EXPECT_EQ(market_->find(asked)->held_until, opens + 8h);
    EXPECT_EQ(market_->find(asked)->asking.answer_by, opens + 30min);
    EXPECT_EQ(market_->find(kept)->held_until, opens + 8h);
    EXPECT_EQ(market_->find(kept)->asking.answer_by, Instant());
    const auto told = market_->waiting_notices();
    ASSERT_EQ(std::ssize(told), before + 2);
    EXPECT_EQ(told.back().kind, "reservation_closed");
    EXPECT_EQ(close(opens), 0);  // said again, it is told once
    market_->clock().advance(TestMarket::kHold);
    EXPECT_EQ(market_->expire(), 0);
}

TEST_P(ClosedBySurpriseContract, WhatCanStillBeCollectedStays) {
    const auto made = market_->reserve(TestMarket::request()).value();
    EXPECT_EQ(close(market_->clock().now() + 1h), 0);
    EXPECT_EQ(market_->find(made.code)->held_until, made.held_until);
}

}  // namespace
}  // namespace emplettes::orders
