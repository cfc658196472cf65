#include "orders/round.h"

#include <gmock/gmock.h>

#include <optional>

#include "orders/reservation_news.h"
#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

constexpr ShopId kOtherShop{51};
constexpr OfferId kOtherOffer{3};  // locked first, though it comes second in the wish
constexpr ShopId kThirdShop{52};
constexpr OfferId kThirdOffer{53};
constexpr OfferId kNoOffer{999};

class RoundContract : public store::Contract {
  protected:
    RoundContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, 5);
        market_->add_shop(kOtherShop, kOtherOffer, 3, 100);
    }
    static RoundRequest request(std::vector<RoundLine> lines) {
        const ReserveRequest one = TestMarket::request();
        return {.lines = std::move(lines),
                .person_name = one.person_name,
                .contact = one.contact,
                .language = one.language};
    }
    Result<std::vector<Reservation>, RoundFaults> reserve(const RoundRequest& wanted) {
        return db_->write(
            [&](store::Tx& tx) { return reserve_round(tx, wanted, market_->context()); });
    }
    std::vector<Reservation> find(const std::string& code) {
        return db_->read([&](store::Tx& tx) { return find_round(tx, kTerritory, code); });
    }
    std::vector<std::string> kinds_told() {
        std::vector<std::string> kinds;
        for (const auto& notice : market_->waiting_notices()) kinds.push_back(notice.kind);
        return kinds;
    }

    std::optional<TestMarket> market_;
};

INSTANTIATE_TEST_SUITE_P(Databases, RoundContract, store::both_databases(), store::name_of_dialect);

TEST_P(RoundContract, KeepsEverythingAtOnce) {
    const auto kept = reserve(request({{TestMarket::kOffer, 2}, {kOtherOffer, 3}})).value();
    EXPECT_EQ(kept[0].offer, TestMarket::kOffer);
    EXPECT_EQ(kept[1].offer, kOtherOffer);
    EXPECT_EQ(market_->stock(TestMarket::kOffer), 3);
    EXPECT_EQ(market_->stock(kOtherOffer), 0);
    EXPECT_FALSE(kept[0].round.empty());
    EXPECT_THAT(find(kept[0].round), UnorderedElementsAre(kept[0], kept[1]));
    EXPECT_THAT(find("NOROUND123"), IsEmpty());
    EXPECT_THAT(find(""), IsEmpty());
}

TEST_P(RoundContract, TellsEachShopAndTheNeighbourOnce) {
    ASSERT_TRUE(reserve(request({{TestMarket::kOffer, 1}, {kOtherOffer, 1}})));
    EXPECT_THAT(kinds_told(), UnorderedElementsAre("reservation_requested", "reservation_requested",
                                                   std::string(kRoundKind)));
}

TEST_P(RoundContract, KeepsNothingAndSaysWhichWhenOneIsMissing) {
    const auto kept = reserve(request({{TestMarket::kOffer, 6}, {kNoOffer, 1}, {kOtherOffer, 1}}));
    ASSERT_FALSE(kept);
    EXPECT_THAT(kept.error(),
                UnorderedElementsAre(LineFault{TestMarket::kOffer, ReserveError::sold_out},
                                     LineFault{kNoOffer, ReserveError::unknown_offer}));
    EXPECT_EQ(market_->stock(kOtherOffer), 3);
    EXPECT_THAT(market_->reservations(), IsEmpty());
    EXPECT_THAT(kinds_told(), IsEmpty());
}

TEST_P(RoundContract, WhatIsWrongWithThePersonIsSaidOnce) {
    RoundRequest wanted = request({{TestMarket::kOffer, 1}, {kOtherOffer, 1}});
    wanted.person_name.clear();
    EXPECT_THAT(reserve(wanted).error(),
                ElementsAre(LineFault{TestMarket::kOffer, ReserveError::name_missing}));
}

TEST_P(RoundContract, WhatGoesOnToAnotherShopStaysInTheRound) {
    market_->add_shop(kThirdShop, kThirdOffer, 5, 200);
    const auto kept = reserve(request({{TestMarket::kOffer, 1}, {kOtherOffer, 3}})).value();
    const auto next = market_->pass_on(kept[0].code).value();
    EXPECT_EQ(next.shop, kThirdShop);
    std::vector<ShopId> shops;
    for (const Reservation& reservation : find(kept[0].round)) shops.push_back(reservation.shop);
    EXPECT_THAT(shops, UnorderedElementsAre(kOtherShop, kThirdShop));
}

}  // namespace
}  // namespace emplettes::orders
