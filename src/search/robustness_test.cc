#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "search/oracle.h"

// Odd towns, odd goods and odd questions: the answer is that of reading everything.
namespace emplettes::search::robustness {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr geo::Point kHere{48.8760, 2.3400};
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kNoEnd = std::numeric_limits<std::size_t>::max();

geo::Point north(double metres) { return {kHere.lat + metres / 111'195.0, kHere.lon}; }

void add_shop(Catalogue& catalogue, geo::Point place) {
    const auto id = static_cast<std::int64_t>(catalogue.shops.size() + 1);
    catalogue.shops.push_back({.id = {id}, .position = place, .name = "Boutique"});
}

std::int64_t add_product(Catalogue& catalogue, std::string title) {
    const auto id = static_cast<std::int64_t>(catalogue.products.size() + 1);
    catalogue.products.push_back({.id = {id}, .title = std::move(title), .category = "goods"});
    return id;
}

void add_offer(Catalogue& catalogue, std::int64_t product, std::int64_t shop) {
    const auto id = static_cast<std::int64_t>(catalogue.offers.size() + 1);
    catalogue.offers.push_back({.id = {id},
                                .product = {product},
                                .shop = {shop},
                                .price_cents = 100 + id * 37 % 900,
                                .stock = static_cast<std::int32_t>(id % 3)});
}

// One shop after the other every 500 m, each title in the first and in one more.
Catalogue street(const std::vector<std::string>& titles, std::int64_t shops = 3) {
    Catalogue catalogue;
    for (std::int64_t i = 0; i < shops; ++i)
        add_shop(catalogue, north(static_cast<double>(i) * 500));
    for (const std::string& title : titles) {
        const std::int64_t product = add_product(catalogue, title);
        add_offer(catalogue, product, 1);
        if (product % shops != 0) add_offer(catalogue, product, product % shops + 1);
    }
    return catalogue;
}

Query query(std::string text, double radius_m = 1500) {
    return {.text = std::move(text), .from = kHere, .radius_m = radius_m};
}

void expect_same(const OfferHit& ours, const OfferHit& expected) {
    EXPECT_EQ(ours.id, expected.id);
    EXPECT_EQ(ours.stock, expected.stock);
    EXPECT_EQ(ours.distance_m, expected.distance_m);
}

class Town {
  public:
    explicit Town(const Catalogue& catalogue)
        : index_(Index::build(catalogue)), oracle_(catalogue) {}

    const Index& index() const { return *index_; }

    // In every order; what was answered in the best one.
    Answer ask(Query asked) const {
        for (const Order order : {Order::cheapest, Order::nearest, Order::best}) {
            asked.order = order;
            expect_same(index_->search(asked), oracle_.search(asked), asked);
        }
        return index_->search(asked);
    }
    std::vector<std::int64_t> hits(const Query& asked) const {
        std::vector<std::int64_t> ids;
        for (const ProductHit& hit : ask(asked).hits) ids.push_back(hit.product.value);
        return ids;
    }

  private:
    static void expect_same(const Answer& ours, const Answer& expected, const Query& asked) {
        SCOPED_TRACE("\"" + asked.text.substr(0, 40) + "\" within " +
                     std::to_string(asked.radius_m) + " m");
        EXPECT_EQ(ours.total, expected.total);
        EXPECT_EQ(ours.facets.in_stock, expected.facets.in_stock);
        EXPECT_EQ(ours.facets.category.size(), expected.facets.category.size());
        ASSERT_EQ(ours.hits.size(), expected.hits.size());
        for (std::size_t i = 0; i < ours.hits.size(); ++i) {
            const ProductHit& hit = ours.hits[i];
            EXPECT_EQ(hit.product, expected.hits[i].product) << "at " << i;
            EXPECT_EQ(hit.offers_total, expected.hits[i].offers_total);
            EXPECT_EQ(hit.why.words_matched, expected.hits[i].why.words_matched);
            ASSERT_EQ(hit.offers.size(), expected.hits[i].offers.size());
            for (std::size_t j = 0; j < hit.offers.size(); ++j)
                robustness::expect_same(hit.offers[j], expected.hits[i].offers[j]);
        }
    }

    std::shared_ptr<const Index> index_;
    Oracle oracle_;
};

TEST(Robustness, AShopWithoutAPlaceIsNeverNearAndNeverInTheWay) {
    for (const geo::Point nowhere :
         {geo::Point{kNaN, kNaN}, geo::Point{kNaN, 2.34}, geo::Point{kInfinity, 2.34}}) {
        Catalogue catalogue = street({"Lapin", "Lapin brun", "Lapin gris", "Lapin blanc"});
        catalogue.shops[1].position = nowhere;
        const Town town(catalogue);
        EXPECT_EQ(town.ask(query("lapin")).total, 4);
        EXPECT_EQ(town.ask(query("", kInfinity)).total, 4);
        Query shelf = query("");
        shelf.shop = catalogue.shops[1].id;
        EXPECT_EQ(town.ask(shelf).total, 2);
        const auto offers = town.index().offers_of({1}, kHere);
        ASSERT_EQ(offers.size(), 2U);
        EXPECT_TRUE(std::isinf(offers[1].distance_m));
    }
    Catalogue catalogue = street({"Lapin", "Lapin brun"}, 1);
    catalogue.shops[0].position = {kNaN, kNaN};
    EXPECT_EQ(Town(catalogue).ask(query("lapin", kInfinity)).total, 0);
}

TEST(Robustness, AQuestionFromNowhere) {
    const Town town(street({"Lapin", "Lapin brun"}));
    for (const geo::Point nowhere : {geo::Point{kNaN, 2.34}, geo::Point{48.87, kNaN},
                                     geo::Point{kInfinity, 2.34}, geo::Point{48.87, -kInfinity}}) {
        for (const double radius_m : {0.0, 1500.0, kInfinity}) {
            Query asked = query("lapin", radius_m);
            asked.from = nowhere;
            EXPECT_EQ(town.ask(asked).total, 0);
        }
    }
    Query shelf = query("lapin");
    shelf.from = {kNaN, kNaN};
    shelf.shop = ShopId{1};
    const Answer answer = town.ask(shelf);
    ASSERT_EQ(answer.total, 2);
    EXPECT_TRUE(std::isinf(answer.hits[0].offers[0].distance_m));
    Query far = query("lapin", kInfinity);
    far.from = {-48.87, -177.66};  // the other side of the Earth
    EXPECT_EQ(town.ask(far).total, 2);
}

TEST(Robustness, EveryRadius) {
    const Town town(street({"Lapin", "Lapin brun", "Lapin gris"}));
    EXPECT_EQ(town.ask(query("lapin", 0)).total, 3);  // the shop where one stands
    Query beside = query("lapin", 0);
    beside.from = north(1);
    EXPECT_EQ(town.ask(beside).total, 0);
    for (const double radius_m : {1e9, 1e300, kInfinity}) {
        const Answer answer = town.ask(query("lapin", radius_m));
        EXPECT_EQ(answer.total, 3);
        EXPECT_EQ(
            answer.hits[0].offers_total + answer.hits[1].offers_total + answer.hits[2].offers_total,
            5U);
    }
    for (const double radius_m : {-0.5, -kInfinity, kNaN})
        EXPECT_EQ(town.ask(query("lapin", radius_m)).total, 0);
}

TEST(Robustness, EveryPage) {
    const Town town(street({"Lapin", "Lapin brun", "Lapin gris"}));
    Query asked = query("lapin");
    asked.limit = 0;
    EXPECT_THAT(town.hits(asked), IsEmpty());
    EXPECT_EQ(town.ask(asked).total, 3);
    EXPECT_EQ(town.ask(asked).facets.category.at(0).products, 3);
    asked.limit = 2;
    asked.offset = 2;
    EXPECT_EQ(town.hits(asked).size(), 1U);
    for (const std::size_t beyond : {std::size_t{3}, std::size_t{1'000'000}, kNoEnd}) {
        asked.offset = beyond;
        EXPECT_THAT(town.hits(asked), IsEmpty());
        EXPECT_EQ(town.ask(asked).total, 3);
    }
    asked.offset = 0;
    asked.limit = kNoEnd;
    asked.offers_per_product_max = kNoEnd;
    EXPECT_EQ(town.hits(asked).size(), 3U);
    asked.offers_per_product_max = 0;
    EXPECT_THAT(town.ask(asked).hits[0].offers, IsEmpty());
    EXPECT_EQ(town.ask(asked).hits[0].offers_total, 2U);
}

TEST(Robustness, QuestionsWithoutWords) {
    const Town town(street({"Lapin", "Lapin brun"}));
    for (const char* blank : {"", " ", "\t\n  "}) EXPECT_EQ(town.ask(query(blank)).total, 2);
    for (const char* wordless : {"🐰", "…", "'", "- -", "\xFF\xFE", "\xE2\x80\x8F"})
        EXPECT_EQ(town.ask(query(wordless)).total, 0) << wordless;
    EXPECT_THAT(town.index().suggest("🐰", 8), IsEmpty());
}

TEST(Robustness, TenThousandLetters) {
    const std::string endless(10'000, 'a');
    std::string words;
    for (int i = 0; i < 2'000; ++i) words += "lapin ";
    std::string accents;
    for (int i = 0; i < 5'000; ++i) accents += "é";
    std::string hyphens;
    for (int i = 0; i < 5'000; ++i) hyphens += "a-";
    const Town town(street({"Lapin", endless, words, accents, hyphens}));
    for (const std::string& text : {endless, words, accents, hyphens, words + endless}) {
        const Answer answer = town.ask(query(text));
        EXPECT_GE(answer.total, 1);
        EXPECT_LE(answer.hits.at(0).why.words_asked, 10);
        EXPECT_LE(town.index().suggest(text, 8).size(), 8U);
    }
    EXPECT_EQ(town.ask(query("lapin")).total, 2);
    EXPECT_THAT(town.hits(query(endless)), ElementsAre(2));
    EXPECT_EQ(town.ask(query(std::string(10'000, ' '))).total, 5);
}

TEST(Robustness, PicturesBetweenWords) {
    const Town town(street({"Lapin 🐰 brun", "👨‍👩‍👧 Jeu de famille", "Café☕moulu"}));
    for (const char* text : {"lapin brun ", "🐰 lapin", "brun🐰", "lapin🐰brun "})
        EXPECT_EQ(town.hits(query(text)).at(0), 1) << text;
    EXPECT_EQ(town.hits(query("famille 👨‍👩‍👧 ")).at(0), 2);
    EXPECT_EQ(town.hits(query("moulu")).at(0), 3);
}

TEST(Robustness, OtherScriptsAndDirections) {
    const Town town(street({"ספר שלום", "كتاب مرحبا", "Чай зелёный", "お茶", "Thé שלום vert"}));
    EXPECT_THAT(town.hits(query("ספר ")), ElementsAre(1));
    EXPECT_THAT(town.hits(query("סַפֶּר ")), ElementsAre(1));  // with the points of a prayer book
    EXPECT_EQ(town.ask(query("שלו")).total, 2);             // half typed
    EXPECT_THAT(town.hits(query("مَرْحَبًا ")), ElementsAre(2));
    EXPECT_THAT(town.hits(query("\u200Fكتاب\u200E ")), ElementsAre(2));  // marks of direction
    EXPECT_THAT(town.hits(query("ЧАЙ ")), ElementsAre(3));
    EXPECT_THAT(town.hits(query("お")), ElementsAre(4));
    EXPECT_EQ(town.hits(query("vert שלום the ")).at(0), 5);
}

TEST(Robustness, TwoThousandShopsInOneStreet) {
    constexpr std::int64_t kShops = 2'000;
    for (const double metres_apart : {0.0, 0.25}) {
        Catalogue catalogue;
        for (std::int64_t i = 0; i < kShops; ++i)
            add_shop(catalogue, north(static_cast<double>(i) * metres_apart));
        const std::int64_t everywhere = add_product(catalogue, "Baguette");
        for (std::int64_t shop = 1; shop <= kShops; ++shop) add_offer(catalogue, everywhere, shop);
        for (std::int64_t shop = 1; shop <= kShops; shop += 50)
            add_offer(catalogue, add_product(catalogue, "Baguette " + std::to_string(shop)), shop);
        const Town town(catalogue);
        const Answer answer = town.ask(query("baguette "));
        EXPECT_EQ(answer.total, 41);
        EXPECT_EQ(answer.hits.size(), 20U);
        const auto near = town.ask(query("baguette ", 100.1));
        EXPECT_EQ(near.total, metres_apart == 0 ? 41 : 10);
        Query shelf = query("");
        shelf.shop = ShopId{1'001};
        EXPECT_EQ(town.ask(shelf).total, 2);
        EXPECT_EQ(town.index().offers_of({everywhere}, kHere).size(), 2'000U);
    }
}

TEST(Robustness, WhatNobodySellsIsNoResult) {
    Catalogue catalogue = street({"Lapin", "Lapin brun"});
    add_product(catalogue, "Lapin gris");
    add_product(catalogue, "Toupie");
    const Town town(catalogue);
    const Answer answer = town.ask(query("lapin "));
    EXPECT_EQ(answer.total, 2);
    EXPECT_EQ(answer.facets.category.at(0).products, 2);
    EXPECT_EQ(town.ask(query("toupie ")).total, 0);
    EXPECT_EQ(town.ask(query("")).total, 2);
    EXPECT_THAT(town.index().offers_of({3}, kHere), IsEmpty());
    catalogue.offers.clear();
    EXPECT_EQ(Town(catalogue).ask(query("")).total, 0);
}

TEST(Robustness, ATownOfOneShop) {
    const Town town(street({"Lapin", "Toupie"}, 1));
    EXPECT_THAT(town.hits(query("lapin ")), ElementsAre(1));
    EXPECT_EQ(town.ask(query("")).total, 2);
    Query outside = query("lapin");
    outside.from = north(1'600);
    EXPECT_EQ(town.ask(outside).total, 0);
    Query other = query("");
    other.shop = ShopId{2};
    EXPECT_EQ(town.ask(other).total, 0);
}

TEST(Robustness, ManyOfOneName) {
    std::vector<std::string> titles(600, "Carnet");
    titles.emplace_back("Carnet bleu");
    const Town town(street(titles));
    EXPECT_EQ(town.ask(query("carnet ")).total, 601);
    EXPECT_EQ(town.hits(query("carnet bleu ")).at(0), 601);
    EXPECT_EQ(town.index().suggest("carn", 8).size(), 2U);
}

}  // namespace
}  // namespace emplettes::search::robustness
