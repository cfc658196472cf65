#include "orders/next_shop.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;
using catalogue::Condition;
using catalogue::Offer;
using catalogue::StockSource;

constexpr Instant kNow = instant_from_unix(1'800'000'000);
constexpr ShopId kHere{1};

// Shops in a row, a hundred metres apart.
class NextOffers : public testing::Test {
  protected:
    NextOffers() { place(kHere, 0, true); }

    void place(ShopId shop, int hundred_metres, bool is_open,
               std::optional<Instant> opens_at = std::nullopt) {
        places_[shop] = {.position = {.lat = 48.87 + hundred_metres * 0.0009, .lon = 2.34},
                         .is_open = is_open,
                         .opens_at = opens_at};
    }
    Offer& offer(ShopId shop) {
        return offers_.emplace_back(Offer{
            .id = OfferId{shop.value * 10},
            .shop = shop,
            .product = ProductId{5},
            .condition = Condition::new_,
            .price = Money{1000},
            .stock = {.quantity = 3, .source = StockSource::hand, .confirmed_at = kNow - 1h}});
    }
    std::vector<std::int64_t> next(std::vector<ShopId> asked = {kHere}) const {
        Reservation reservation;
        reservation.shop = kHere;
        reservation.price = Money{1000};
        reservation.quantity = 2;
        std::vector<std::int64_t> shops;
        for (const Offer& found : next_offers(
                 {.reservation = reservation, .asked = std::move(asked)}, offers_,
                 catalogue::stock_lines({}, kNow), [&](ShopId shop) -> std::optional<ShopPlace> {
                     const auto at = places_.find(shop);
                     return at == places_.end() ? std::nullopt : std::optional(at->second);
                 }))
            shops.push_back(found.shop.value);
        return shops;
    }

    std::map<ShopId, ShopPlace> places_;
    std::vector<Offer> offers_;
};

using Shops = std::vector<std::int64_t>;

TEST_F(NextOffers, TheNearestOpenShopComesFirst) {
    place(ShopId{2}, 5, true);
    place(ShopId{3}, 2, true);
    place(ShopId{4}, 1, false, kNow + 2h);
    place(ShopId{5}, 1, false, kNow + 1h);
    place(ShopId{6}, 1, false);  // nobody knows when
    for (const int shop : {2, 3, 4, 5, 6}) offer(ShopId{shop});
    EXPECT_EQ(next(), (Shops{3, 2, 5, 4, 6}));
}

TEST_F(NextOffers, LeavesOutWhatWouldNotDo) {
    for (int shop = 2; shop <= 9; ++shop) place(ShopId{shop}, shop, true);
    offer(ShopId{2}).price = Money{1001};
    offer(ShopId{3}).stock.quantity = 1;
    offer(ShopId{4}).condition = Condition::used;
    offer(ShopId{5}).stock.confirmed_at = kNow - 10 * 24h;  // in doubt
    offer(ShopId{6}).stock.confirmed_at = kNow - 90 * 24h;  // hidden
    offer(ShopId{7});                                       // asked before
    offer(ShopId{8}).price = Money{900};
    offer(ShopId{10});  // not listed
    offer(kHere);
    EXPECT_EQ(next({kHere, ShopId{7}}), (Shops{8}));
}

TEST_F(NextOffers, NobodyMayBeLeft) { EXPECT_TRUE(next().empty()); }

}  // namespace
}  // namespace emplettes::orders
