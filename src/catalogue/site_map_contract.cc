#include "catalogue/site_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SiteMapContract : public CatalogueContract {
  protected:
    SiteMapContract() { save(make_shop(1, "Écume")); }

    void put_on_shelf(std::int64_t number) {
        save(make_product(number, "Livre"),
             {.id = OfferId{number}, .shop = ShopId{1}, .product = ProductId{number}});
    }
    std::vector<ProductId> parts(std::int64_t part) {
        return db_->read([&](store::Tx& tx) { return load_site_map_parts(tx, town_.id, part); });
    }
    std::vector<std::int64_t> products(std::int64_t first, std::int64_t part) {
        std::vector<std::int64_t> ids;
        const auto mapped = db_->read([&](store::Tx& tx) {
            return load_site_map_part(tx, town_.id, ProductId{first}, part);
        });
        for (const MappedProduct& product : mapped) ids.push_back(product.id.value);
        return ids;
    }
};

TEST_P(SiteMapContract, EveryProductIsInOnePart) {
    EXPECT_THAT(parts(3), IsEmpty());
    for (std::int64_t i = 1; i <= 7; ++i) put_on_shelf(10 * i);
    EXPECT_THAT(parts(3), ElementsAre(ProductId{10}, ProductId{40}, ProductId{70}));
    EXPECT_THAT(products(10, 3), ElementsAre(10, 20, 30));
    EXPECT_THAT(products(40, 3), ElementsAre(40, 50, 60));
    EXPECT_THAT(products(70, 3), ElementsAre(70));
}

TEST_P(SiteMapContract, WhatNobodyHasIsLeftOut) {
    put_on_shelf(10);
    db_->write([&](store::Tx& tx) { save_product(tx, town_.id, make_product(20, "Rien")); });
    put_on_shelf(30);
    EXPECT_THAT(products(10, 3), ElementsAre(10, 30));
}

INSTANTIATE_TEST_SUITE_P(Databases, SiteMapContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
