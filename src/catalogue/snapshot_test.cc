#include "catalogue/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Snapshot::Rows make_rows() {
    Shop gone = make_shop(3, "Gone");
    gone.is_listed = false;
    return {.shops = {make_shop(1, "Zoé"), make_shop(2, "Écume"), gone, make_shop(4, "Atelier")},
            .products = {make_product(11, "L’Étranger"), make_product(12, "Bel-Ami"),
                         make_product(13, "Only where it is gone")},
            .offers = {make_offer(ShopId{1}, make_product(11, ""), 3),
                       make_offer(ShopId{2}, make_product(12, ""), 0),
                       make_offer(ShopId{3}, make_product(13, ""), 5)},
            .streets = {{.id = StreetId{1}, .name = "Rue Cadet", .position = kMarketPlace}}};
}

class SnapshotTest : public testing::Test {
  protected:
    std::vector<std::string> search(search::Query query) const {
        query.from = kMarketPlace;
        std::vector<std::string> titles;
        for (const auto& hit : snapshot_->index().search(query).hits)
            titles.push_back(snapshot_->find_product(hit.product)->title);
        return titles;
    }

    const std::shared_ptr<const Snapshot> snapshot_ = Snapshot::build(make_rows(), trades());
};

TEST_F(SnapshotTest, ListsShopsByNameWithoutThoseThatAreGone) {
    std::vector<std::string> names;
    for (const ListedShop& listed : snapshot_->shops()) names.push_back(listed.shop.name);
    EXPECT_THAT(names, ElementsAre("Atelier", "Écume", "Zoé"));
}

TEST_F(SnapshotTest, FindsShopsByIdAndSlug) {
    const ListedShop* zoe = snapshot_->find_shop(ShopId{1});
    ASSERT_NE(zoe, nullptr);
    EXPECT_EQ(zoe->shop.name, "Zoé");
    EXPECT_EQ(zoe->kind, trades().find_kind("bookshop"));
    EXPECT_TRUE(zoe->hours.readable());
    EXPECT_EQ(snapshot_->find_shop("shop-1"), zoe);
    EXPECT_EQ(snapshot_->find_shop(ShopId{3}), nullptr);
    EXPECT_EQ(snapshot_->find_shop("shop-3"), nullptr);
    EXPECT_EQ(snapshot_->number_of(ShopId{1}), 2U);
    EXPECT_THROW(snapshot_->number_of(ShopId{3}), Bug);
}

TEST(SnapshotDistrictsTest, AShopIsInTheDistrictItLiesIn) {
    auto districts = geo::Districts::parse(
        R"({"type":"FeatureCollection","features":[{"properties":{"name":"Centre"},"geometry":
        {"type":"Polygon","coordinates":[[[-90,-45],[90,-45],[90,80],[-90,80],[-90,-45]]]}}]})",
        "name");
    ASSERT_TRUE(districts.ok()) << districts.error();
    auto rows = make_rows();
    const std::string before = fingerprint(rows.shops, trades(), {});
    EXPECT_NE(fingerprint(rows.shops, trades(), *districts), before);
    const auto shops = rows.shops;
    rows.districts = std::make_shared<const geo::Districts>(std::move(districts).value());
    const auto snapshot = Snapshot::build(std::move(rows), trades());
    EXPECT_EQ(snapshot->find_shop(ShopId{1})->district, "Centre");
    search::Query query{.from = kMarketPlace, .districts = {"centre"}};
    EXPECT_EQ(snapshot->index().search(query).total, 2);
    query.districts = {"Nord"};
    EXPECT_EQ(snapshot->index().search(query).total, 0);
    const auto next = snapshot->with(shops, {});
    ASSERT_NE(next, nullptr);
    EXPECT_EQ(next->find_shop(ShopId{1})->district, "Centre");
}

TEST_F(SnapshotTest, FindsProducts) {
    EXPECT_EQ(*snapshot_->find_product(ProductId{12}), make_product(12, "Bel-Ami"));
    EXPECT_EQ(snapshot_->find_product(ProductId{99}), nullptr);
}

TEST_F(SnapshotTest, KeepsThePlacesThatMayBeNearWithTheirWords) {
    std::vector<std::string> names;
    for (const FindablePlace& known : snapshot_->places()) names.push_back(known.place.name);
    EXPECT_THAT(names, ElementsAre("Rue Cadet", "Atelier", "Écume", "Zoé"));
    EXPECT_THAT(snapshot_->places()[0].words, ElementsAre("rue", "cadet"));
    EXPECT_THAT(snapshot_->places()[2].words, ElementsAre("ecume"));
}

TEST_F(SnapshotTest, SearchKnowsTitles) {
    EXPECT_THAT(search({.text = "étranger"}), ElementsAre("L’Étranger"));
}

TEST_F(SnapshotTest, SearchKnowsTheNamesOfTheCategoryAndOfTheOneAbove) {
    EXPECT_THAT(search({.text = "romans"}), UnorderedElementsAre("L’Étranger", "Bel-Ami"));
    EXPECT_THAT(search({.text = "books"}), UnorderedElementsAre("L’Étranger", "Bel-Ami"));
    EXPECT_THAT(search({.categories = {"books"}}), UnorderedElementsAre("L’Étranger", "Bel-Ami"));
    EXPECT_THAT(search({.categories = {"food"}}), IsEmpty());
}

TEST_F(SnapshotTest, SearchKnowsStock) {
    EXPECT_THAT(search({.in_stock = true}), ElementsAre("L’Étranger"));
}

TEST_F(SnapshotTest, WhatOnlyAGoneShopOffersIsNotFound) {
    EXPECT_THAT(search({.text = "gone"}), IsEmpty());
}

TEST(Snapshot, MayBeEmpty) {
    const auto empty = Snapshot::build({}, trades());
    EXPECT_THAT(empty->shops(), IsEmpty());
    EXPECT_EQ(empty->index().search({.text = "tea"}).total, 0);
}

}  // namespace
}  // namespace emplettes::catalogue
