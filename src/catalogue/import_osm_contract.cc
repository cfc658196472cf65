#include "catalogue/import_osm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

geo::OsmPlace bookshop(int number, const std::string& name) {
    return {.osm_ref = "node/" + std::to_string(number),
            .key = "shop",
            .value = "books",
            .name = name,
            .housenumber = "12",
            .street = "Rue Cadet",
            .postcode = "75009",
            .city = "Paris",
            .phone = "+33 1 42 00 00 00",
            .website = "https://ecume.example",
            .email = "bonjour@ecume.example",
            .opening_hours = "Mo-Sa 10:00-19:00",
            .position = {.lat = 48.5, .lon = 2.5}};
}

std::vector<geo::OsmPlace> bookshops(int count) {
    std::vector<geo::OsmPlace> places;
    for (int number = 1; number <= count; ++number)
        places.push_back(bookshop(number, "Librairie " + std::to_string(number)));
    return places;
}

class ImportOsm : public CatalogueContract {
  protected:
    OsmImportReport bring(const geo::OsmPlaces& places) {
        return import_osm(next_import(), places);
    }
    OsmImportReport bring_shops(std::vector<geo::OsmPlace> places) {
        return bring({.places = std::move(places)});
    }
    void bring_of(const std::string& input, std::vector<geo::OsmPlace> places) {
        OsmImport import = next_import();
        import.input = input;
        import_osm(import, {.places = std::move(places)});
    }
    OsmImportReport bring_all_the_same(const geo::OsmPlaces& places) {
        OsmImport import = next_import();
        import.may_unlist_most = true;
        return import_osm(import, places);
    }
    std::vector<std::string> listed_names() {
        std::vector<std::string> names;
        for (const Shop& shop : shops())
            if (shop.is_listed) names.push_back(shop.name);
        return names;
    }

  private:
    // An hour after the last one.
    OsmImport next_import() {
        clock_.advance(1h);
        return {.database = *db_,
                .territory = town_,
                .trades = trades(),
                .ids = ids_,
                .random = random_,
                .now = clock_.now()};
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, ImportOsm, store::both_databases(), store::name_of_dialect);

TEST_P(ImportOsm, KeepsWhatTheMapSays) {
    const auto report = bring({.places = {bookshop(1, "L’Écume des pages")},
                               .streets = {{"Rue Cadet", {48.5, 2.5}}, {"Elsewhere", {47, 2.5}}}});
    EXPECT_EQ(report.shops_new, 1);
    EXPECT_EQ(report.streets, 1);
    const Shop shop = shops().at(0);
    EXPECT_EQ(shop, (Shop{.id = shop.id,
                          .slug = "l-ecume-des-pages",
                          .name = "L’Écume des pages",
                          .kind = "bookshop",
                          .position = {.lat = 48.5, .lon = 2.5},
                          .housenumber = "12",
                          .street = "Rue Cadet",
                          .postcode = "75009",
                          .city = "Paris",
                          .phone = "+33 1 42 00 00 00",
                          .website = "https://ecume.example",
                          .email = "bonjour@ecume.example",
                          .opening_hours = "Mo-Sa 10:00-19:00",
                          .source = "osm",
                          .source_ref = "node/1",
                          .secret = shop.secret,
                          .updated_at = clock_.now()}));
    EXPECT_THAT(shop.secret, SizeIs(32));
    ASSERT_THAT(streets(), SizeIs(1));
    EXPECT_EQ(streets()[0].name, "Rue Cadet");
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(1));
}

TEST_P(ImportOsm, WhatWasImportedIsRecordedWithIt) {
    const auto recorded = [&](const std::string& input) {
        return db_->read([&](store::Tx& tx) { return imported_at(tx, town_.id, input); });
    };
    EXPECT_FALSE(recorded("first"));
    bring_of("first", {bookshop(1, "L’Écume des pages")});
    EXPECT_EQ(recorded("first"), clock_.now());
    EXPECT_FALSE(recorded("second"));
    bring_of("second", {bookshop(1, "L’Écume des pages")});
    EXPECT_EQ(recorded("second"), clock_.now());
    EXPECT_FALSE(recorded("first"));
    EXPECT_FALSE(
        db_->read([&](store::Tx& tx) { return imported_at(tx, TerritoryId{8}, "second"); }));
}

TEST_P(ImportOsm, WhatIsRefusedIsNotRecorded) {
    bring_of("first", bookshops(12));
    EXPECT_THROW(bring_of("second", {bookshop(1, "L’Écume des pages")}), WrongMap);
    EXPECT_TRUE(db_->read([&](store::Tx& tx) { return imported_at(tx, town_.id, "first"); }));
}

TEST_P(ImportOsm, AnInputIsTheMapAndWhatIsMadeOfIt) {
    Territory wider = town_;
    wider.bounds.north += 0.1;
    EXPECT_EQ(input_of_shops(town_, trades(), 1), input_of_shops(town_, trades(), 1));
    EXPECT_NE(input_of_shops(town_, trades(), 1), input_of_shops(town_, trades(), 2));
    EXPECT_NE(input_of_shops(town_, trades(), 1), input_of_shops(wider, trades(), 1));
}

TEST_P(ImportOsm, RepeatingItChangesNothing) {
    const geo::OsmPlaces map{.places = bookshops(12), .streets = {{"Rue Cadet", {48.5, 2.5}}}};
    bring(map);
    const auto before = shops();
    const auto report = bring(map);
    EXPECT_EQ(report.shops_unchanged, 12);
    EXPECT_EQ(report.shops_new + report.shops_changed + report.shops_gone, 0);
    EXPECT_EQ(shops(), before);
    EXPECT_THAT(streets(), SizeIs(1));
}

TEST_P(ImportOsm, AChangedShopStaysTheSameShop) {
    bring_shops({bookshop(1, "Old name"), bookshop(2, "Other")});
    const Shop before = shops().at(0);
    db_->write([&](store::Tx& tx) { set_hold_open_days(tx, town_.id, before.id, 5); });
    auto moved = bookshop(1, "New name");
    moved.position.lat += 0.001;
    const auto report = bring_shops({moved, bookshop(2, "Other")});
    EXPECT_EQ(report.shops_changed, 1);
    EXPECT_EQ(report.shops_unchanged, 1);
    Shop expected = before;
    expected.name = "New name";
    expected.position = moved.position;
    expected.hold_open_days = 5;
    expected.updated_at = clock_.now();
    EXPECT_EQ(shops().at(0), expected);  // id, slug and secret are the same
}

TEST_P(ImportOsm, WhatIsGoneIsTakenOffTheListAndCanComeBack) {
    bring_shops({bookshop(1, "Stays"), bookshop(2, "Goes")});
    const auto before = shops();
    EXPECT_EQ(bring_shops({bookshop(1, "Stays")}).shops_gone, 1);
    EXPECT_THAT(listed_names(), testing::ElementsAre("Stays"));
    EXPECT_THAT(shops(), SizeIs(2));
    EXPECT_EQ(bring_shops({bookshop(1, "Stays")}).shops_gone, 0);  // it went only once
    const auto report = bring_shops({bookshop(1, "Stays"), bookshop(2, "Goes")});
    EXPECT_EQ(report.shops_new, 0);
    EXPECT_EQ(report.shops_changed, 1);
    EXPECT_EQ(shops().at(1).id, before.at(1).id);
    EXPECT_EQ(shops().at(1).secret, before.at(1).secret);
    EXPECT_TRUE(shops().at(1).is_listed);
}

TEST_P(ImportOsm, AnotherPlacesFileIsRefusedAndChangesNothing) {
    bring({.places = bookshops(12), .streets = {{"Rue Cadet", {48.5, 2.5}}}});
    const auto before = shops();
    geo::OsmPlaces other{.places = bookshops(5), .streets = {{"Rue d’Ailleurs", {48.5, 2.5}}}};
    other.places[0].name = "Changed";
    other.places.push_back(bookshop(99, "New"));
    EXPECT_THROW(bring(other), WrongMap);
    EXPECT_EQ(shops(), before);
    EXPECT_EQ(streets().at(0).name, "Rue Cadet");
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(1));

    EXPECT_EQ(bring_all_the_same(other).shops_gone, 7);
    EXPECT_THAT(listed_names(), SizeIs(6));
    EXPECT_EQ(streets().at(0).name, "Rue d’Ailleurs");
}

TEST_P(ImportOsm, HalfOfTheShopsMayGo) {
    bring_shops(bookshops(12));
    EXPECT_EQ(bring_shops(bookshops(6)).shops_gone, 6);
}

TEST_P(ImportOsm, OfAFewShopsAllMayGo) {
    bring_shops(bookshops(9));
    EXPECT_EQ(bring_shops({bookshop(99, "Only one left")}).shops_gone, 9);
}

TEST_P(ImportOsm, ShopsMadeByHandAreNotOfTheMap) {
    save(make_shop(1, "By hand"));
    EXPECT_EQ(bring_shops({bookshop(1, "Of the map")}).shops_gone, 0);
    EXPECT_THAT(listed_names(), testing::UnorderedElementsAre("By hand", "Of the map"));
}

TEST_P(ImportOsm, SlugsAreDistinct) {
    auto elsewhere = bookshop(4, "Mamiche");
    elsewhere.street = "Rue Condorcet";
    auto nowhere = bookshop(5, "Mamiche");
    nowhere.street = "";
    bring_shops({bookshop(1, "Mamiche"), bookshop(2, "Mamiche"), bookshop(3, "MAMICHE!"), elsewhere,
                 nowhere});
    std::set<std::string> slugs;
    for (const Shop& shop : shops()) slugs.insert(shop.slug);
    EXPECT_EQ(slugs, (std::set<std::string>{"mamiche", "mamiche-rue-cadet", "mamiche-rue-cadet-2",
                                            "mamiche-rue-condorcet", "mamiche-2"}));
}

TEST_P(ImportOsm, AShopWithoutALatinNameHasASlugAllTheSame) {
    auto unnamed = bookshop(2, "");
    unnamed.value = "東京";
    bring_shops({bookshop(1, "東京"), unnamed});
    EXPECT_EQ(shops().at(0).name, "東京");
    EXPECT_EQ(shops().at(0).slug, "bookshop");
    EXPECT_EQ(shops().at(1).name, trades().find_kind("shop")->name("fr"));
    EXPECT_EQ(shops().at(1).slug, "shop");
}

TEST_P(ImportOsm, SkipsWhatLiesOutsideOrDoesNotSell) {
    auto outside = bookshop(1, "Outside");
    outside.position.lat = 49.5;
    auto vacant = bookshop(2, "Vacant");
    vacant.value = "vacant";
    const auto report = bring_shops({outside, vacant, bookshop(3, "Twice"), bookshop(3, "Twice")});
    EXPECT_EQ(report.outside_territory, 1);
    EXPECT_EQ(report.not_selling, 1);
    EXPECT_EQ(report.shops_new, 1);
    EXPECT_THAT(listed_names(), testing::ElementsAre("Twice"));
}

TEST_P(ImportOsm, CountsHoursThatAreMissingOrUnreadable) {
    auto silent = bookshop(1, "Silent");
    silent.opening_hours = "";
    auto poet = bookshop(2, "Poet");
    poet.opening_hours = "quand il fait beau";
    const auto report = bring_shops({silent, poet, bookshop(3, "Clear")});
    EXPECT_EQ(report.without_hours, 1);
    EXPECT_EQ(report.unreadable_hours, 1);
    EXPECT_EQ(shops().at(1).opening_hours, "quand il fait beau");
}

TEST_P(ImportOsm, ShopsAreFoundByTheirSecret) {
    bring_shops({bookshop(1, "One"), bookshop(2, "Two")});
    const Shop two = shops().at(1);
    const auto find = [&](const std::string& secret) {
        return db_->read([&](store::Tx& tx) { return find_shop_by_secret(tx, town_.id, secret); });
    };
    EXPECT_EQ(find(two.secret), two);
    EXPECT_EQ(find("guessed"), std::nullopt);
}

TEST_P(ImportOsm, ATerritoryKeepsItsNumber) {
    const auto number = [&](const std::string& slug, std::int64_t if_new) {
        return db_->write(
            [&](store::Tx& tx) { return register_territory(tx, slug, TerritoryId{if_new}); });
    };
    EXPECT_EQ(number("ville", 3), TerritoryId{3});
    EXPECT_EQ(number("ville", 4), TerritoryId{3});
    EXPECT_EQ(number("bourg", 5), TerritoryId{5});
}

}  // namespace
}  // namespace emplettes::catalogue
