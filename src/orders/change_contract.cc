#include "orders/change.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "orders/name.h"
#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

class ChangeContract : public store::Contract {
  protected:
    ChangeContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, 10);
    }
    std::string reserve(std::int64_t quantity = 2) {
        return market_->reserve(TestMarket::request(quantity)).value().code;
    }
    ChangeContext context() {
        return {
            .territory = kTerritory, .now = market_->clock().now(), .ids = market_->context().ids};
    }
    Result<Reservation, ChangeError> extend(const std::string& code) {
        return db_->write([&](store::Tx& tx) {
            return orders::extend(
                tx, code, [](const auto&, Instant end) { return end + 24h; }, context());
        });
    }
    Result<Reservation, ChangeError> set_quantity(const std::string& code, std::int64_t quantity) {
        return db_->write([&](store::Tx& tx) {
            return change_quantity(tx, {.code = code, .quantity = quantity}, context());
        });
    }
    Result<Reservation, ChangeError> send(const std::string& code, const std::string& name) {
        return db_->write([&](store::Tx& tx) {
            return name_collector(tx, {.code = code, .name = name}, context());
        });
    }
    std::string last_told() {
        const auto notice = market_->waiting_notices().back();
        return notice.kind + " " + notice.facts.value("change", std::string());
    }

    std::optional<TestMarket> market_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ChangeContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ChangeContract, IsKeptLongerOnce) {
    const std::string code = reserve();
    const Instant end = market_->find(code)->held_until;
    const auto longer = extend(code);
    ASSERT_TRUE(longer);
    EXPECT_EQ(longer->held_until, end + 24h);
    EXPECT_EQ(market_->find(code), *longer);
    EXPECT_EQ(last_told(), "reservation_changed extended");
    EXPECT_EQ(extend(code).error(), ChangeError::extended_before);
    market_->clock().advance(TestMarket::kHold);
    EXPECT_EQ(market_->expire(), 0);
    market_->clock().advance(24h);
    EXPECT_EQ(market_->expire(), 1);
}

TEST_P(ChangeContract, NothingOfWhatHasEnded) {
    const std::string code = reserve();
    ASSERT_TRUE(market_->step(code, Step::cancel));
    EXPECT_EQ(extend(code).error(), ChangeError::not_allowed_now);
    EXPECT_EQ(set_quantity(code, 1).error(), ChangeError::not_allowed_now);
    EXPECT_EQ(send(code, "Ali").error(), ChangeError::not_allowed_now);
    const std::string late = reserve();
    market_->clock().advance(TestMarket::kHold);
    EXPECT_EQ(extend(late).error(), ChangeError::not_allowed_now);
    EXPECT_EQ(extend("NOTACODE").error(), ChangeError::unknown_code);
}

TEST_P(ChangeContract, FewerAtAnyTimeMoreWhileTheShopIsAsked) {
    const std::string code = reserve(2);
    EXPECT_TRUE(set_quantity(code, 5));
    EXPECT_EQ(market_->stock(), 5);
    EXPECT_EQ(set_quantity(code, 5)->quantity, 5);  // as it is
    EXPECT_TRUE(set_quantity(code, 4));
    EXPECT_EQ(market_->stock(), 6);
    ASSERT_TRUE(market_->step(code, Step::accept));
    EXPECT_EQ(set_quantity(code, 5).error(), ChangeError::promised);
    EXPECT_TRUE(set_quantity(code, 1));
    EXPECT_EQ(market_->stock(), 9);
    EXPECT_EQ(last_told(), "reservation_changed quantity");
    ASSERT_TRUE(market_->step(code, Step::collect));
    EXPECT_EQ(market_->kept(), 1);
}

TEST_P(ChangeContract, NotMoreThanThereAreAtThatPrice) {
    const std::string code = reserve(2);
    EXPECT_EQ(set_quantity(code, 0).error(), ChangeError::quantity_not_positive);
    EXPECT_EQ(set_quantity(code, 11).error(), ChangeError::quantity_too_large);
    ASSERT_TRUE(market_->reserve(TestMarket::request(5)));
    EXPECT_EQ(set_quantity(code, 6).error(), ChangeError::not_so_many);
    EXPECT_EQ(market_->stock(), 3);
    db_->write([&](store::Tx& tx) {
        auto offer = catalogue::find_offer(tx, kTerritory, TestMarket::kOffer).value();
        offer.price = Money{1390};
        offer.stock.quantity += 7;  // a shop counts what it keeps, too
        catalogue::save_offer(tx, kTerritory, offer);
    });
    EXPECT_EQ(set_quantity(code, 3).error(), ChangeError::not_so_many);
    EXPECT_EQ(market_->stock(), 3);
}

TEST_P(ChangeContract, SomebodyElseMayComeForIt) {
    const std::string code = reserve();
    EXPECT_EQ(send(code, "Ali")->collector, "Ali");
    EXPECT_EQ(last_told(), "reservation_changed collector");
    EXPECT_EQ(send(code, "")->collector, "");
    EXPECT_EQ(send(code, std::string(kNameLengthMax + 1, 'a')).error(), ChangeError::name_too_long);
    EXPECT_EQ(send(code, "Ali\nBcc:").error(), ChangeError::name_not_valid);
}

TEST_P(ChangeContract, SomeAreCollectedAndTheRestIsOnTheShelf) {
    const std::string code = reserve(5);
    ASSERT_TRUE(market_->step(code, Step::accept));
    const auto some = market_->step({.code = code, .step = Step::collect, .collected = 2});
    ASSERT_TRUE(some);
    EXPECT_EQ(some->collected, 2);
    EXPECT_EQ(market_->stock(), 8);
    EXPECT_EQ(market_->kept(), 2);
    // Taken back: all five are kept again.
    ASSERT_TRUE(market_->step(code, Step::undo));
    EXPECT_EQ(market_->stock(), 5);
    EXPECT_EQ(market_->kept(), 5);
    EXPECT_EQ(market_->step({.code = code, .step = Step::collect, .collected = 6}).error(),
              StepError::not_so_many);
    ASSERT_TRUE(market_->step(code, Step::collect));
    EXPECT_EQ(market_->find(code)->collected, 5);
}

TEST_P(ChangeContract, WhatIsPromisedToOthersMeanwhileIsNotTakenBack) {
    const std::string code = reserve(5);
    ASSERT_TRUE(market_->step({.code = code, .step = Step::collect, .collected = 2}));
    ASSERT_TRUE(market_->reserve(TestMarket::request(8)));
    EXPECT_EQ(market_->step(code, Step::undo).error(), StepError::not_allowed_now);
    EXPECT_EQ(market_->kept(), 10);
}

}  // namespace
}  // namespace emplettes::orders
