#include "site/basket_cookie.h"

#include <gmock/gmock.h>

namespace emplettes::site {
namespace {

using orders::RoundLine;
using testing::ElementsAre;
using testing::IsEmpty;

Basket basket_of(const std::string& cookie) {
    web::Request request;
    request.headers.add("cookie", cookie);
    return read_basket(request);
}

TEST(BasketCookie, NamesOffersAndQuantities) {
    EXPECT_THAT(basket_of("basket=12.1_34.2"),
                ElementsAre(RoundLine{OfferId{12}, 1}, RoundLine{OfferId{34}, 2}));
}

TEST(BasketCookie, WhatCannotBeReadIsLeftOut) {
    EXPECT_THAT(basket_of("other=1"), IsEmpty());
    EXPECT_THAT(basket_of("basket="), IsEmpty());
    EXPECT_THAT(basket_of("basket=12_x.1_7.0_5.-2_9.99999999999999999999"
                          "_9.9223372036854775807_8.1"),
                ElementsAre(RoundLine{OfferId{8}, 1}));
    EXPECT_THAT(basket_of("basket=" + std::string(5000, '1')), IsEmpty());
}

TEST(BasketCookie, AnOfferStandsInItOnce) {
    EXPECT_THAT(basket_of("basket=12.1_12.3"), ElementsAre(RoundLine{OfferId{12}, 3}));
}

TEST(BasketCookie, HasRoomForSoMany) {
    Basket basket;
    for (std::int64_t i = 1; i <= static_cast<std::int64_t>(orders::kRoundLinesMax); ++i)
        EXPECT_EQ(put_into(basket, {OfferId{i}, 1}), Put::added);
    EXPECT_EQ(put_into(basket, {OfferId{99}, 1}), Put::full);
    EXPECT_EQ(put_into(basket, {OfferId{1}, 2}), Put::added);
    EXPECT_EQ(put_into(basket, {OfferId{1}, 0}), Put::added);
    EXPECT_EQ(basket.size(), orders::kRoundLinesMax - 1);
}

}  // namespace
}  // namespace emplettes::site
