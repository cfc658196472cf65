#include "catalogue/shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ShelfContract : public CatalogueContract {
  protected:
    ShelfContract() {
        save(make_shop(1, "Écume"));
        save(make_shop(2, "Pages"));
    }

    // Their names and conditions: "Thé new".
    std::vector<std::string> all_of(ShopId shop) {
        std::vector<std::string> named;
        each_on_shelf(*db_, town_.id, shop, [&](const ShelfItem& item) {
            named.push_back(item.product.title + " " +
                            std::string(to_string(item.offer.condition)));
        });
        return named;
    }
};

TEST_P(ShelfContract, HasWhatTheShopOffersAndNothingElse) {
    const Product tea = make_product(21, "Thé");
    Offer offer{.id = OfferId{1}, .shop = ShopId{1}, .product = tea.id, .price = {900}};
    save(tea, offer);
    offer.id = OfferId{2};
    offer.condition = Condition::used;
    save(tea, offer);
    save(make_product(20, "Bol"), {.id = OfferId{3}, .shop = ShopId{1}, .product = ProductId{20}});
    save(make_product(22, "Jeu"), {.id = OfferId{4}, .shop = ShopId{2}, .product = ProductId{22}});
    EXPECT_THAT(all_of(ShopId{1}), ElementsAre("Bol new", "Thé new", "Thé used"));
    EXPECT_THAT(all_of(ShopId{3}), IsEmpty());
}

TEST_P(ShelfContract, ComesInPagesThatMissAndRepeatNothing) {
    std::vector<std::string> expected;
    for (std::int64_t i = 0; i < 25; ++i) {
        const Product product = make_product(100 + i, "Livre " + std::to_string(100 + i));
        for (const Condition condition : {Condition::new_, Condition::used}) {
            save(product, {.id = ids_.next<OfferId>(),
                           .shop = ShopId{1},
                           .product = product.id,
                           .condition = condition,
                           .price = {500}});
            expected.push_back(product.title + " " + std::string(to_string(condition)));
        }
    }
    std::vector<std::string> seen;
    ShelfPlace place;
    for (;;) {
        const auto page =
            db_->read([&](store::Tx& tx) { return load_shelf(tx, town_.id, ShopId{1}, place, 7); });
        for (const ShelfItem& item : page)
            seen.push_back(item.product.title + " " + std::string(to_string(item.offer.condition)));
        if (page.size() < 7) break;
        place = {page.back().product.id, page.back().offer.condition};
    }
    EXPECT_EQ(seen, expected);
}

TEST_P(ShelfContract, CountsWhatIsKeptForPeople) {
    save(make_product(21, "Thé"), {.id = OfferId{1},
                                   .shop = ShopId{1},
                                   .product = ProductId{21},
                                   .price = {900},
                                   .stock = {.quantity = 5, .confirmed_at = kNoon}});
    ASSERT_TRUE(
        db_->write([&](store::Tx& tx) { return take_stock(tx, town_.id, OfferId{1}, 2, kNoon); }));
    const auto items =
        db_->read([&](store::Tx& tx) { return load_shelf(tx, town_.id, ShopId{1}, {}, 10); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].offer.stock.quantity, 3);
    EXPECT_EQ(items[0].counted(), 5);
}

INSTANTIATE_TEST_SUITE_P(Databases, ShelfContract, store::both_databases(), store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
