#include "orders/passing_on.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/shop_record.h"
#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr ShopId kNear{21};
constexpr ShopId kFar{22};
constexpr OfferId kNearOffer{31};
constexpr OfferId kFarOffer{32};

class PassingOnContract : public store::Contract {
  protected:
    PassingOnContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, 5);
    }

    Reservation reserve(bool only_here = false, std::int64_t quantity = 1) {
        ReserveRequest request = TestMarket::request(quantity);
        request.only_here = only_here;
        return market_->reserve(request).value();
    }
    Reservation find(const std::string& code) { return market_->find(code).value(); }
    // "shop passed_on" …, of what was told since the last call.
    std::vector<std::string> told() {
        std::vector<std::string> words;
        const auto notices = market_->waiting_notices();
        for (auto notice = notices.begin() + std::min(seen_, std::ssize(notices));
             notice != notices.end(); ++notice)
            words.push_back(std::string(to_string(notice->audience)) + " " +
                            notice->kind.substr(std::string("reservation_").size()));
        seen_ = std::ssize(notices);
        std::sort(words.begin(), words.end());
        return words;
    }
    void be_trusted(std::int64_t refused) {
        db_->write([&](store::Tx& tx) {
            for (std::int64_t answer = 0; answer < 20; ++answer)
                catalogue::note_answer(tx, kTerritory,
                                       {.shop = TestMarket::kShop,
                                        .reservation_code = "before-" + std::to_string(answer),
                                        .asked_at = TestMarket::kStart - 24h,
                                        .answered_at = TestMarket::kStart - 23h,
                                        .is_kept = answer >= refused});
            catalogue::save_offer(tx, kTerritory,
                                  {.id = TestMarket::kOffer,
                                   .shop = TestMarket::kShop,
                                   .product = TestMarket::kProduct,
                                   .condition = catalogue::Condition::new_,
                                   .price = Money{1290},
                                   .stock = {.quantity = 5,
                                             .source = catalogue::StockSource::till,
                                             .confirmed_at = TestMarket::kStart}});
        });
    }

    std::optional<TestMarket> market_;
    std::ptrdiff_t seen_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, PassingOnContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(PassingOnContract, ASilentShopIsRemindedOnce) {
    const auto made = reserve();
    told();
    market_->clock().advance(15min - 1s);
    EXPECT_EQ(market_->remind(), 0);
    market_->clock().advance(1s);
    EXPECT_EQ(market_->remind(), 1);
    EXPECT_THAT(told(), ElementsAre("shop reminder"));
    EXPECT_EQ(market_->remind(), 0);
    EXPECT_EQ(find(made.code).status, Status::requested);
}

TEST_P(PassingOnContract, WhoHasAnsweredIsLeftInPeace) {
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve();
    ASSERT_TRUE(market_->step(made.code, Step::accept));
    told();
    market_->clock().advance(1h);
    EXPECT_EQ(market_->remind(), 0);
    EXPECT_EQ(market_->pass_on_unanswered(), 0);
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_EQ(find(made.code).status, Status::held);
}

TEST_P(PassingOnContract, TheRequestGoesToTheNearestShopAndEverybodyIsTold) {
    market_->add_shop(kFar, kFarOffer, 5, 900);
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve(false, 2);
    told();
    market_->clock().advance(30min - 1s);
    EXPECT_EQ(market_->pass_on_unanswered(), 0);
    market_->clock().advance(1s);
    EXPECT_EQ(market_->pass_on_unanswered(), 1);

    const auto first = find(made.code);
    EXPECT_EQ(first.status, Status::expired);
    const auto next = find(first.asking.to);
    EXPECT_EQ(next.shop, kNear);
    EXPECT_EQ(next.status, Status::requested);
    EXPECT_EQ(next.quantity, 2);
    EXPECT_EQ(next.contact, made.contact);
    EXPECT_EQ(next.asking.from, made.code);
    EXPECT_EQ(next.asking.shops_before, 1);
    EXPECT_EQ(next.asking.answer_by, market_->clock().now() + 30min);
    EXPECT_EQ(market_->stock(), 5);
    EXPECT_EQ(market_->stock(kNearOffer), 3);
    EXPECT_EQ(market_->stock(kFarOffer), 5);
    EXPECT_THAT(told(), ElementsAre("neighbour passed_on", "shop passed_on", "shop requested"));
    EXPECT_EQ(market_->pass_on_unanswered(), 0);
}

TEST_P(PassingOnContract, WhereNobodyElseHasItTheNeighbourIsToldOnceAndItStays) {
    market_->add_shop(kNear, kNearOffer, 0, 100);
    const auto made = reserve();
    told();
    market_->clock().advance(30min);
    EXPECT_EQ(market_->pass_on_unanswered(), 1);
    EXPECT_THAT(told(), ElementsAre("neighbour unanswered"));
    EXPECT_EQ(market_->pass_on_unanswered(), 0);
    EXPECT_EQ(find(made.code).status, Status::requested);
    EXPECT_TRUE(market_->step(made.code, Step::accept));
    EXPECT_EQ(market_->stock(), 4);
}

TEST_P(PassingOnContract, OnlyThisShopMeansThisShop) {
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve(true);
    told();
    market_->clock().advance(30min);
    EXPECT_EQ(market_->pass_on_unanswered(), 1);
    EXPECT_THAT(told(), ElementsAre("neighbour unanswered"));
    EXPECT_EQ(find(made.code).status, Status::requested);
    EXPECT_EQ(market_->stock(kNearOffer), 5);
}

TEST_P(PassingOnContract, WhoWouldTakeAnotherShopAfterAllIsPassedOn) {
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve(true);
    market_->clock().advance(30min);
    EXPECT_EQ(market_->pass_on_unanswered(), 1);
    ASSERT_TRUE(db_->write([&](store::Tx& tx) {
        return set_only_here(tx, kTerritory, made.code, false, market_->clock().now());
    }));
    EXPECT_EQ(market_->pass_on_unanswered(), 1);
    EXPECT_EQ(find(find(made.code).asking.to).shop, kNear);
}

TEST_P(PassingOnContract, TheNeighbourMayChangeTheirMindWhileTheShopIsAsked) {
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve();
    const auto choose = [&](bool only_here) {
        return db_->write([&](store::Tx& tx) {
            return set_only_here(tx, kTerritory, made.code, only_here, market_->clock().now());
        });
    };
    EXPECT_TRUE(choose(true)->asking.only_here);
    EXPECT_FALSE(choose(false)->asking.only_here);
    ASSERT_TRUE(market_->step(made.code, Step::accept));
    EXPECT_EQ(choose(true).error(), StepError::not_allowed_now);
}

TEST_P(PassingOnContract, AWishGoesFromShopToShopButNotForEver) {
    std::vector<std::string> codes{reserve().code};
    for (int shop = 0; shop < 6; ++shop)
        market_->add_shop(ShopId{40 + shop}, OfferId{50 + shop}, 5, 100.0 * (shop + 1));
    for (std::int64_t asked = 1; asked < kShopsAskedMax; ++asked) {
        market_->clock().advance(30min);
        EXPECT_EQ(market_->pass_on_unanswered(), 1);
        codes.push_back(find(codes.back()).asking.to);
        EXPECT_EQ(find(codes.back()).shop.value, 39 + asked);
    }
    market_->clock().advance(30min);
    EXPECT_EQ(market_->pass_on_unanswered(), 1);  // the last one goes on being asked
    EXPECT_TRUE(find(codes.back()).asking.to.empty());
    EXPECT_EQ(find(codes.back()).status, Status::requested);
    const auto last = db_->read([&](store::Tx& tx) {
        return last_code_of(tx, kTerritory, find_reservation(tx, kTerritory, codes[0]).value());
    });
    EXPECT_EQ(last, codes.back());
}

TEST_P(PassingOnContract, WhatIsPromisedGoesElsewhereOnlyAtTheNeighboursWish) {
    market_->add_shop(kNear, kNearOffer, 5, 100);
    const auto made = reserve();
    ASSERT_TRUE(market_->step(made.code, Step::accept));
    told();
    const auto next = market_->pass_on(made.code);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->shop, kNear);
    EXPECT_EQ(find(made.code).status, Status::cancelled);
    EXPECT_EQ(market_->stock(), 5);
    EXPECT_THAT(told(), ElementsAre("neighbour passed_on", "shop passed_on", "shop requested"));
    EXPECT_EQ(market_->pass_on(made.code).error(), PassError::not_allowed_now);
    EXPECT_EQ(market_->pass_on("NOTACODE").error(), PassError::unknown_code);
    EXPECT_EQ(market_->pass_on(next->code).error(), PassError::nobody_else_has_it);
    EXPECT_EQ(find(next->code).status, Status::requested);
}

TEST_P(PassingOnContract, ATrustedShopHasSaidYesAlready) {
    be_trusted(1);
    const auto made = reserve();
    EXPECT_EQ(made.status, Status::held);
    EXPECT_TRUE(made.asking.is_by_itself);
    EXPECT_EQ(made.asking.answer_by, Instant());
    EXPECT_THAT(told(), ElementsAre("neighbour held", "shop by_itself"));
    // Given back at once, it is told as that.
    const std::string back = reserve().code;
    told();
    ASSERT_TRUE(market_->step(back, Step::cancel));
    EXPECT_THAT(told(), ElementsAre("shop cancelled"));
    // A refusal after all counts as one: the shop is trusted no more.
    const auto refuse = [&](const std::string& code) {
        return market_->step(
            {.code = code, .step = Step::decline, .reason = DeclineReason::damaged});
    };
    ASSERT_TRUE(refuse(made.code));
    EXPECT_EQ(reserve().status, Status::requested);
}

TEST_P(PassingOnContract, WhoRefusesOftenIsAsked) {
    be_trusted(2);
    EXPECT_EQ(reserve().status, Status::requested);
}

// Whatever happens in whatever order: nothing is kept twice, nothing is lost, and one wish is at
// one shop at most.
RC_GTEST_PROP(PassingOn, KeepsEveryUnit, ()) {
    const store::TestPlace place(store::Dialect::sqlite);
    const auto db = place.open();
    store::migrate(*db, embedded_migrations(), SystemClock());
    TestMarket market(*db, kTerritory, 3);
    market.add_shop(kNear, kNearOffer, 2, 100);
    market.add_shop(kFar, kFarOffer, 1, 200);
    std::vector<std::string> wishes;
    const auto actions = *rc::gen::container<std::vector<int>>(30, rc::gen::inRange(0, 6));
    for (const int action : actions) {
        if (action == 0)
            if (const auto made = market.reserve(TestMarket::request()))
                wishes.push_back(made->code);
        if (action == 1) market.clock().advance(20min);
        if (action == 2) market.pass_on_unanswered();
        if (action == 3) market.expire();
        if (wishes.empty()) continue;
        const std::string& code = wishes[*rc::gen::inRange<std::size_t>(0, wishes.size())];
        if (action == 4) static_cast<void>(market.pass_on(code));
        if (action == 5) static_cast<void>(market.step(code, Step::accept));
    }
    std::int64_t kept = 0;
    for (const std::string& wish : wishes) {
        std::int64_t open = 0;
        for (std::string code = wish; !code.empty();) {
            const auto at = market.find(code).value();
            open += keeps_stock(at.status) ? 1 : 0;
            RC_ASSERT(at.asking.to.empty() || !keeps_stock(at.status));
            code = at.asking.to;
        }
        RC_ASSERT(open <= 1);
        kept += open;
    }
    RC_ASSERT(market.stock() + market.stock(kNearOffer) + market.stock(kFarOffer) + kept == 6);
}

}  // namespace
}  // namespace emplettes::orders
