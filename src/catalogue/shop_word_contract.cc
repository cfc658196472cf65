#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/import_osm.h"
#include "catalogue/news.h"
#include "catalogue/shop_word.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

class ShopWordContract : public CatalogueContract {
  protected:
    ShopWordContract() { save(make_shop(kShop.value, "Écume")); }

    Result<Done, WordFault> say(const ShopWord& word, ShopId shop = kShop) {
        return db_->write(
            [&](store::Tx& tx) { return save_shop_word(tx, town_.id, shop, word, clock_.now()); });
    }
    ShopWord said() {
        return db_->read([&](store::Tx& tx) { return load_shop_word(tx, town_.id, kShop); });
    }
    bool undo() {
        return db_->write(
            [&](store::Tx& tx) { return undo_shop_word(tx, town_.id, kShop, clock_.now()); });
    }
    bool can_undo() {
        return db_->read(
            [&](store::Tx& tx) { return can_undo_word(tx, town_.id, kShop, clock_.now()); });
    }
    Shop shown() {
        return *db_->read([&](store::Tx& tx) { return find_shop(tx, town_.id, kShop); });
    }
    Shop sourced() {
        return db_->read([&](store::Tx& tx) { return load_sourced_shops(tx, town_.id); }).at(0);
    }
};

ShopWord whole_word() {
    return {.name = "L’Écume des pages",
            .opening_hours = "Tu-Sa 09:30-19:00",
            .phone = "01 42 00 00 00",
            .website = "https://ecume.example",
            .email = "bonjour@ecume.example",
            .about = "Une librairie.\nEt du café.",
            .closure = Closure{.from = kNoon, .until = kNoon + 48h, .reason = "inventaire"}};
}

TEST(WithChanges, OnlyWhatWasChangedIsTheKeepers) {
    Shop map = make_shop(1, "Écume");
    map.phone = "01 42 00 00 00";
    map.website = "www.ecume.example";
    const ShopFacts shown{.name = map.name, .phone = map.phone, .website = map.website};
    const auto saved = [&](ShopWord word, const ShopFacts& typed) {
        return with_changes(std::move(word), map, {.shown = shown, .typed = typed});
    };
    ShopFacts typed = shown;
    EXPECT_EQ(saved({}, typed), ShopWord{});
    typed.phone = "01 42 00 00 01";
    EXPECT_EQ(saved({}, typed), ShopWord{.phone = "01 42 00 00 01"});
    // Hours, and what was said before, stay.
    const ShopWord before{.opening_hours = "Mo-Sa 10:00-19:00", .email = "bonjour@ecume.example"};
    const ShopWord both = saved(before, typed);
    EXPECT_EQ(both.opening_hours, before.opening_hours);
    EXPECT_EQ(both.phone, typed.phone);
    EXPECT_EQ(both.email, before.email);
}

TEST(WithChanges, WhatIsAsTheMapSaysIsTheMaps) {
    Shop map = make_shop(1, "Écume");
    map.phone = "01 42 00 00 00";
    const ShopWord said{.name = "L’Écume", .phone = "01 42 00 00 01"};
    const ShopFacts shown{.name = "L’Écume", .phone = "01 42 00 00 01"};
    const FactsForm back{.shown = shown, .typed = {.name = "", .phone = map.phone}};
    EXPECT_EQ(with_changes(said, map, back), ShopWord{});
    // The page was opened before the map learned another number: nobody has changed that one.
    map.phone = "01 42 00 00 99";
    const FactsForm old{.shown = {.name = map.name, .phone = "01 42 00 00 00"},
                        .typed = {.name = "L’Écume", .phone = "01 42 00 00 00"}};
    EXPECT_EQ(with_changes({}, map, old), ShopWord{.name = "L’Écume"});
}

TEST_P(ShopWordContract, WhatTheKeeperSaysGoesBeforeTheMap) {
    EXPECT_EQ(shown(), sourced());
    const ShopWord word = whole_word();
    ASSERT_TRUE(say(word));
    EXPECT_EQ(said(), word);
    const Shop shop = shown();
    EXPECT_EQ(shop.name, word.name);
    EXPECT_EQ(shop.opening_hours, word.opening_hours);
    EXPECT_EQ(shop.phone, word.phone);
    EXPECT_EQ(shop.website, word.website);
    EXPECT_EQ(shop.email, word.email);
    EXPECT_EQ(shop.about, word.about);
    EXPECT_EQ(shop.closure, word.closure);
    EXPECT_TRUE(shop.has_own_hours);
    EXPECT_EQ(shops(), std::vector{shop});
    const auto by_secret =
        db_->read([&](store::Tx& tx) { return find_shop_by_secret(tx, town_.id, "secret-1"); });
    EXPECT_EQ(by_secret, shop);
    EXPECT_EQ(sourced().name, "Écume");
    EXPECT_EQ(sourced().opening_hours, "Mo-Sa 10:00-19:00; PH off");
}

TEST_P(ShopWordContract, AnEmptyTextLeavesTheMapsWord) {
    ASSERT_TRUE(say({.about = "Une librairie."}));
    EXPECT_EQ(shown().name, "Écume");
    EXPECT_EQ(shown().opening_hours, "Mo-Sa 10:00-19:00; PH off");
    EXPECT_FALSE(shown().has_own_hours);
    EXPECT_FALSE(shown().closure);
}

TEST_P(ShopWordContract, OutlivesTheNextImportOfTheMap) {
    geo::OsmPlace place;
    place.osm_ref = "node/1";
    place.position = kMarketPlace;
    place.key = "shop";
    place.value = "books";
    place.name = "Écume";
    place.opening_hours = "Mo-Sa 10:00-19:00";
    const auto import = [&](const geo::OsmPlace& now) {
        return import_osm({.database = *db_,
                           .territory = town_,
                           .trades = trades(),
                           .ids = ids_,
                           .random = random_,
                           .now = clock_.now()},
                          {.places = {now}});
    };
    import(place);
    const ShopId imported = shops().at(1).id;
    ASSERT_TRUE(say(whole_word(), imported));
    EXPECT_EQ(import(place).shops_unchanged, 1);
    place.phone = "01 99";
    EXPECT_EQ(import(place).shops_changed, 1);
    const Shop shop = shops().at(1);
    EXPECT_EQ(shop.phone, whole_word().phone);
    EXPECT_EQ(shop.opening_hours, whole_word().opening_hours);
    ASSERT_TRUE(say({}, imported));
    EXPECT_EQ(shops().at(1).phone, "01 99");
    EXPECT_EQ(shops().at(1).opening_hours, "Mo-Sa 10:00-19:00");
}

TEST_P(ShopWordContract, IsTakenBackOnceAndSoonOnly) {
    EXPECT_FALSE(can_undo());
    EXPECT_FALSE(undo());
    ASSERT_TRUE(say({.about = "Une librairie."}));
    ASSERT_TRUE(say(whole_word()));
    EXPECT_TRUE(can_undo());
    EXPECT_TRUE(undo());
    EXPECT_EQ(said(), ShopWord{.about = "Une librairie."});
    EXPECT_FALSE(undo());
    ASSERT_TRUE(say(whole_word()));
    clock_.advance(kWordUndoFor + 1s);
    EXPECT_FALSE(can_undo());
    EXPECT_FALSE(undo());
    EXPECT_EQ(said(), whole_word());
}

TEST_P(ShopWordContract, TellsItsNewsWhenAnythingChanges) {
    ASSERT_TRUE(say({}));
    EXPECT_THAT(told(kCatalogueTopic), IsEmpty());
    ASSERT_TRUE(say(whole_word()));
    ASSERT_TRUE(say(whole_word()));
    const auto news = told(kCatalogueTopic);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(news[0].payload_json, R"({"shops":true})");
}

TEST_P(ShopWordContract, RefusesWhatNobodyCouldUse) {
    const auto fault = [&](auto change) {
        ShopWord word = whole_word();
        change(word);
        const auto outcome = say(word);
        return outcome ? std::optional<WordFault>() : outcome.error();
    };
    EXPECT_EQ(fault([](ShopWord& word) { word.opening_hours = "le matin"; }),
              WordFault::hours_not_readable);
    EXPECT_EQ(fault([](ShopWord& word) { word.website = "javascript:alert(1)"; }),
              WordFault::website_not_valid);
    EXPECT_EQ(fault([](ShopWord& word) { word.phone = "01\r\n02"; }), WordFault::text_not_valid);
    EXPECT_EQ(fault([](ShopWord& word) { word.name = "\xFF"; }), WordFault::text_not_valid);
    EXPECT_EQ(fault([](ShopWord& word) { word.about.assign(kShopAboutMax + 1, 'a'); }),
              WordFault::too_long);
    EXPECT_EQ(fault([](ShopWord& word) { word.closure->until = word.closure->from; }),
              WordFault::ends_before_it_begins);
    EXPECT_EQ(
        fault([](ShopWord& word) { word.closure->until = word.closure->from + kClosureMax + 1s; }),
        WordFault::closed_too_long);
    EXPECT_EQ(said(), ShopWord());
    EXPECT_EQ(fault([](ShopWord& word) { word.closure->until.reset(); }), std::nullopt);
    EXPECT_FALSE(said().closure->until);
}

INSTANTIATE_TEST_SUITE_P(Databases, ShopWordContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
