#include "catalogue/scanned.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/news.h"
#include "catalogue/shelf_touch.h"

namespace emplettes::catalogue {
namespace {

using testing::SizeIs;

constexpr ShopId kNextDoor{2};
constexpr std::string_view kBook = "9782070360024";
constexpr std::string_view kToy = "3700230834716";

ScannedCode code(std::string_view text) { return parse_scanned_code(text).value(); }

TEST(ScannedCode, IsNormalised) {
    EXPECT_EQ(code("978-2-07-036002-4").text(), kBook);
    EXPECT_EQ(code("2070360024").text(), kBook);  // ISBN-10
    EXPECT_EQ(code("080442957x").text(), "9780804429573");
    EXPECT_EQ(code("036000291452").text(), "0036000291452");  // UPC-A
    EXPECT_EQ(code("96385074").text(), "96385074");           // EAN-8
    EXPECT_EQ(code("04252614").text(), "0042100005264");      // UPC-E
    EXPECT_EQ(code("01234565").text(), "0012345000065");
    EXPECT_EQ(code("04963406").gtin, code("049000006346").gtin);  // the same can
}

TEST(ScannedCode, KnowsAShopsOwnNumbers) {
    EXPECT_EQ(code("2000000000008"), (ScannedCode{.gtin = {}, .sku = "2000000000008"}));
    EXPECT_EQ(code("0212345678909").sku, "0212345678909");
    EXPECT_EQ(code("212345678909").sku, "0212345678909");  // as UPC-A
    EXPECT_EQ(code("20000004").sku, "20000004");           // RCN-8
    EXPECT_EQ(code("BAGUE-17").sku, "BAGUE-17");
}

TEST(ScannedCode, RefusesWhatIsNone) {
    EXPECT_EQ(parse_scanned_code(" - ").error(), ScannedError::empty);
    EXPECT_EQ(parse_scanned_code("9782070360025").error(), ScannedError::wrong_check_digit);
    EXPECT_EQ(parse_scanned_code("96385075").error(), ScannedError::wrong_check_digit);
    EXPECT_EQ(parse_scanned_code("12345").error(), ScannedError::not_a_code);
    EXPECT_EQ(parse_scanned_code("https://example.org/").error(), ScannedError::not_a_code);
    EXPECT_EQ(parse_scanned_code(std::string(41, 'A')).error(), ScannedError::not_a_code);
}

class ScannedContract : public CatalogueContract {
  protected:
    ScannedContract() {
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(kNextDoor.value, "D'à côté"));
    }

    Result<Product, NewProductError> add(const NewProduct& product) {
        return db_->write([&](store::Tx& tx) {
            return add_product_by_hand(tx, town_.id, product,
                                       {.trades = trades(), .ids = ids_, .now = clock_.now()});
        });
    }
    Scanned scan(std::string_view text, ShopId shop = kShop) {
        return db_->read(
            [&](store::Tx& tx) { return find_scanned(tx, town_.id, shop, code(text)); });
    }
    void offer(ShopId shop, ProductId product, std::int64_t cents) {
        db_->write([&](store::Tx& tx) {
            save_offer(tx, town_.id,
                       {.id = ids_.next<OfferId>(),
                        .shop = shop,
                        .product = product,
                        .price = Money{cents},
                        .stock = {.quantity = 2, .confirmed_at = kNoon}});
        });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, ScannedContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ScannedContract, WhatNobodyKnowsIsAskedForOnce) {
    EXPECT_FALSE(scan(kToy).product);
    const auto toy = add({.shop = kShop,
                          .code = code(kToy),
                          .title = "Toupie",
                          .category = "toys",
                          .language = "fr"});
    ASSERT_TRUE(toy);
    EXPECT_EQ(toy->key, "gtin:3700230834716");
    EXPECT_EQ(toy->source, "hand");
    EXPECT_EQ(scan(kToy, kNextDoor).product, *toy);
    EXPECT_EQ(*add({.shop = kNextDoor, .code = code(kToy), .title = "Toupie bleue"}), *toy);
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(1));
}

TEST_P(ScannedContract, AShopsOwnNumberIsNoOtherShops) {
    const auto ring = add({.shop = kShop, .code = code("2000000000008"), .title = "Bague"});
    ASSERT_TRUE(ring);
    EXPECT_EQ(ring->key, "shop/1/2000000000008");
    EXPECT_EQ(scan("2000000000008").product, *ring);
    EXPECT_FALSE(scan("2000000000008", kNextDoor).product);
    const auto pot = add({.shop = kShop, .title = "Pot"});
    ASSERT_TRUE(pot);
    EXPECT_NE(pot->key, add({.shop = kShop, .title = "Pot"})->key);
}

TEST_P(ScannedContract, RefusesWhatIsNoProduct) {
    EXPECT_EQ(add({.shop = kShop}).error(), NewProductError::no_title);
    EXPECT_EQ(add({.shop = kShop, .title = std::string(301, 'a')}).error(),
              NewProductError::title_too_long);
    EXPECT_EQ(add({.shop = kShop, .title = "a", .maker = std::string(201, 'a')}).error(),
              NewProductError::maker_too_long);
    EXPECT_EQ(add({.shop = kShop, .title = "a", .category = "x"}).error(),
              NewProductError::unknown_category);
}

TEST_P(ScannedContract, KnowsTheShopsOwnOfferAndThoseElsewhere) {
    const Product toy = *add({.shop = kShop, .code = code(kToy), .title = "Toupie"});
    const Product book = *add({.shop = kShop, .code = code(kBook), .title = "L'Étranger"});
    for (const std::int64_t number : {3, 4, 5}) save(make_shop(number, "Boutique"));
    for (const std::int64_t number : {2, 3, 4, 5}) {
        offer(ShopId{number}, toy.id, 1000 + number);
        offer(ShopId{number}, book.id, 740);
    }
    EXPECT_EQ(scan(kToy).elsewhere,
              (PricesElsewhere{.shops = 4, .lowest = Money{1002}, .typical = Money{1003}}));
    EXPECT_FALSE(scan(kBook).elsewhere);
    EXPECT_EQ(scan(kToy).own_in(Condition::new_), nullptr);
    const Scanned next_door = scan(kToy, kNextDoor);
    ASSERT_NE(next_door.own_in(Condition::new_), nullptr);
    EXPECT_EQ(next_door.own_in(Condition::new_)->offer.price, Money{1002});
    EXPECT_TRUE(next_door.own_in(Condition::new_)->is_on_shelf);
    EXPECT_EQ(next_door.elsewhere->shops, 3);
}

}  // namespace
}  // namespace emplettes::catalogue
