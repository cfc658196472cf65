#include "search/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/check.h"
#include "search/ranking.h"

namespace emplettes::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr geo::Point kHere{48.8760, 2.3400};

// A place so many metres north of kHere.
geo::Point north(double metres) { return {kHere.lat + metres / 111'195.0, kHere.lon}; }

ShopPlace shop(std::int64_t id, double metres_north, std::string name, bool is_maker = false) {
    return {
        .id = {id}, .position = north(metres_north), .name = std::move(name), .is_maker = is_maker};
}

ProductText product(std::int64_t id, std::string title, std::string maker = "",
                    const std::string& category = "toys", std::string description = "") {
    return {.id = {id},
            .title = std::move(title),
            .maker = std::move(maker),
            .category = category,
            .category_name = category.starts_with("toys") ? "Jouets Toys" : "Livres Books",
            .description = std::move(description)};
}

OfferRow offer(std::int64_t product, std::int64_t shop, std::int64_t price_cents,
               std::int32_t stock = 1) {
    return {.id = {product * 100 + shop},
            .product = {product},
            .shop = {shop},
            .price_cents = price_cents,
            .stock = stock,
            .stock_confirmed_at = instant_from_unix(1'700'000'000 + product)};
}

// Three shops at 100 m, 800 m and 3 km; a small shelf.
Catalogue quarter() {
    Catalogue catalogue;
    catalogue.shops = {shop(1, 100, "Le Bonhomme de bois"),
                       shop(2, 800, "L'Écume des jouets", true),
                       shop(3, 3000, "Librairie des Abbesses")};
    catalogue.products = {product(1, "Lapin en peluche", "Moulin Roty"),
                          product(2, "Peluche ours brun", "Kaloo"),
                          product(3, "Porte-monnaie lapin", "", "toys.leather"),
                          product(4, "Le Petit Prince", "Saint-Exupéry", "books.novels",
                                  "Un lapin ? Non, un renard."),
                          product(5, "Vélos d'enfant 500 g", "L'Oréal", "toys.bikes")};
    catalogue.products[3].gtin = "9782070612758";
    catalogue.offers = {offer(1, 1, 2500), offer(1, 2, 2000), offer(2, 1, 1800, 0),
                        offer(3, 2, 3000), offer(4, 3, 900),  offer(4, 1, 1000),
                        offer(5, 2, 9900)};
    return catalogue;
}

Query query(std::string text) {
    Query query;
    query.text = std::move(text);
    query.from = kHere;
    return query;
}

class QuarterTest : public testing::Test {
  protected:
    std::shared_ptr<const Index> index_ = Index::build(quarter());
    std::vector<std::int64_t> hits(std::string text) const { return hits(query(std::move(text))); }
    std::vector<std::int64_t> hits(const Query& asked) const {
        std::vector<std::int64_t> ids;
        for (const ProductHit& hit : index_->search(asked).hits) ids.push_back(hit.product.value);
        return ids;
    }
};

TEST_F(QuarterTest, WordsAreFoundInEverySpelling) {
    EXPECT_THAT(hits("peluche lapin "), ElementsAre(1, 3, 2, 4));  // then those with one word
    EXPECT_THAT(hits("PELUCHES "), UnorderedElementsAre(1, 2));
    EXPECT_THAT(hits("vélo "), ElementsAre(5));
    EXPECT_THAT(hits("velos "), ElementsAre(5));
    for (const char* text : {"porte-monnaie", "portemonnaie", "portemonnaies ", "porte monn"}) {
        EXPECT_EQ(hits(text).front(), 3) << text;
    }
    for (const char* text : {"l'oréal", "loreal", "L’OREAL", "oreal ", "l oréal"}) {
        EXPECT_THAT(hits(text), ElementsAre(5)) << text;
    }
    EXPECT_THAT(hits("500g"), ElementsAre(5));
    EXPECT_THAT(hits("978-2-07-061275-8"), ElementsAre(4));
    EXPECT_THAT(hits("9782070612758"), ElementsAre(4));
}

TEST_F(QuarterTest, TheLastWordIsAPrefixOfTitleMakerAndCategory) {
    EXPECT_THAT(hits("lap"), UnorderedElementsAre(1, 3));  // the book says it in its description
    EXPECT_THAT(hits("lapin"), UnorderedElementsAre(1, 3, 4));
    EXPECT_THAT(hits("lap "), IsEmpty());
    EXPECT_THAT(hits("rot"), ElementsAre(1));
}

TEST_F(QuarterTest, NothingAskedIsEverythingAndNonsenseIsNothing) {
    EXPECT_EQ(index_->search(query("  ")).total, 5);
    EXPECT_EQ(index_->search(query("🐰")).total, 0);
    EXPECT_EQ(index_->search(query("zzz ")).total, 0);
}

TEST_F(QuarterTest, OneHitPerProductWithItsOffersInOrder) {
    Query asked = query("lapin en peluche");
    asked.order = Order::cheapest;
    const Answer answer = index_->search(asked);
    ASSERT_FALSE(answer.hits.empty());
    const ProductHit& first = answer.hits.front();
    EXPECT_EQ(first.product.value, 1);
    EXPECT_EQ(first.offers_total, 2U);
    ASSERT_EQ(first.offers.size(), 2U);
    EXPECT_EQ(first.offers[0].price_cents, 2000);
    EXPECT_NEAR(first.offers[0].distance_m, 800, 1);
    asked.order = Order::nearest;
    asked.offers_per_product_max = 1;
    const Answer nearest = index_->search(asked);
    ASSERT_EQ(nearest.hits.front().offers.size(), 1U);
    EXPECT_EQ(nearest.hits.front().offers[0].price_cents, 2500);
    EXPECT_EQ(nearest.hits.front().offers_total, 2U);
}

// The purse is the farther and the dearer one.
TEST_F(QuarterTest, MoreWordsComeFirstInEveryOrder) {
    for (const Order order : {Order::best, Order::nearest, Order::cheapest}) {
        Query asked = query("porte-monnaie lapin ");
        asked.order = order;
        const std::vector<std::int64_t> found = hits(asked);
        ASSERT_GT(found.size(), 1U);
        EXPECT_EQ(found.front(), 3);
    }
}

TEST_F(QuarterTest, WhyTellsTheFactorsOfTheScore) {
    index_->set_open({1}, true);
    const Why why = index_->search(query("lapin en peluche ")).hits.front().why;
    EXPECT_EQ(why.words_asked, 2);
    EXPECT_EQ(why.words_matched, 2);
    // The second word of the title is a little late, and right behind the first.
    EXPECT_GT(why.text, 4 * (1 - kRanking.late_in_title / 2));
    EXPECT_LT(why.text, 4 * (1 + kRanking.closeness_bonus));
    EXPECT_NEAR(why.exactness, 1 + kRanking.exactness_bonus, 1e-6);  // nothing else but articles
    EXPECT_NEAR(why.distance, 800.0 / 900.0, 1e-3);
    EXPECT_DOUBLE_EQ(why.availability, kRanking.in_stock_open);
    EXPECT_NEAR(why.score, why.text * why.exactness * why.distance * why.availability, 1e-6);
}

// A shelf of one shop, product 1 first.
Catalogue shelf(const std::vector<ProductText>& products) {
    Catalogue catalogue;
    catalogue.shops = {shop(1, 100, "Au Bonheur")};
    catalogue.products = products;
    for (const ProductText& product : products)
        catalogue.offers.push_back(offer(product.id.value, 1, 1000));
    return catalogue;
}

std::vector<std::int64_t> found(const Catalogue& catalogue, const std::string& text) {
    std::vector<std::int64_t> ids;
    for (const ProductHit& hit : Index::build(catalogue)->search(query(text)).hits)
        ids.push_back(hit.product.value);
    return ids;
}

TEST(Ranking, ATitleThatIsJustWhatWasAskedComesFirst) {
    const Catalogue catalogue =
        shelf({product(1, "Jus de pomme et de poire"), product(2, "Pomme, pur jus de"),
               product(3, "Le jus de pommes"), product(4, "Jus de pomme")});
    EXPECT_THAT(found(catalogue, "jus de pomme "), ElementsAre(4, 3, 1, 2));
}

TEST(Ranking, AmongEqualsTheTitleThatIsWrittenSoComesFirst) {
    const Catalogue catalogue =
        shelf({product(1, "Jus orange"), product(2, "Jus d’Orange"), product(3, "Orange, jus")});
    EXPECT_EQ(found(catalogue, "jus orange ").front(), 1);
    EXPECT_EQ(found(catalogue, "Jus d'orange").front(), 2);
    EXPECT_EQ(found(catalogue, "JUS-D ORANGE.").front(), 2);
}

TEST(Ranking, RareWordsCountForMore) {
    std::vector<ProductText> products;
    for (std::int64_t id = 1; id <= 30; ++id) products.push_back(product(id, "Sauge verte"));
    products.push_back(product(31, "Sauge et ficus"));
    products.push_back(product(32, "Ficus nain"));
    EXPECT_EQ(found(shelf(products), "verte ficus ").front(), 32);
}

TEST(Ranking, AnotherNameComesBehindTheWordItself) {
    const Catalogue catalogue = shelf({product(1, "Infusion du soir"), product(2, "Tisane du soir"),
                                       product(3, "Bol", "", "toys", "Pour une infusion.")});
    EXPECT_THAT(found(catalogue, "tisane "), ElementsAre(2, 1));
    EXPECT_THAT(found(catalogue, "infusion "), ElementsAre(1, 2, 3));
}

TEST(DidYouMean, WhereHardlyAnyProductHasTheWord) {
    std::vector<ProductText> products;
    for (std::int64_t id = 1; id <= 30; ++id) products.push_back(product(id, "Une écharpe"));
    products.push_back(product(31, "Escharpe"));
    const auto index = Index::build(shelf(products));
    const auto meant = [&](const char* text) { return index->search(query(text)).did_you_mean; };
    EXPECT_EQ(meant("Echarppe rouge"), "écharpe rouge");
    EXPECT_EQ(meant("escharpe "), "écharpe ");
    EXPECT_EQ(meant("écharpe "), "");
    EXPECT_EQ(meant("lapin "), "");
    EXPECT_EQ(meant("ech "), "");
}

TEST(DidYouMean, NoOtherWordWhereTheWordExists) {
    std::vector<ProductText> products = {product(1, "Bûche de Noël"), product(2, "Portables")};
    for (std::int64_t id = 3; id <= 60; ++id) {
        products.push_back(product(id, "Le Portable"));
        products.back().category_name = "Romans Novel";
    }
    products.push_back(product(61, "A Novel"));
    const auto index = Index::build(shelf(products));
    const auto meant = [&](const char* text) { return index->search(query(text)).did_you_mean; };
    EXPECT_EQ(meant("noël "), "");
    EXPECT_EQ(meant("noel"), "");
    EXPECT_EQ(index->search(query("noël ")).total, 2);  // not all that are of the category
    EXPECT_EQ(meant("portables "), "");
    // The words themselves would be proposed: for those that nobody has.
    EXPECT_EQ(meant("portabbles "), "portables ");
    EXPECT_EQ(meant("nouvel "), "novel ");
}

TEST_F(QuarterTest, FiltersAndFacets) {
    index_->set_open({1}, true);
    Query asked = query("");
    const Facets facets = index_->search(asked).facets;
    EXPECT_EQ(facets.open_now, 3);
    EXPECT_EQ(facets.in_stock, 4);
    EXPECT_EQ(facets.makers, 3);
    ASSERT_EQ(facets.category.size(), 2U);
    EXPECT_EQ(facets.category[0].value, "toys");
    EXPECT_EQ(facets.category[0].products, 4);
    EXPECT_EQ(facets.price[0].products, 0);
    EXPECT_EQ(facets.price[1].products, 3);  // 10.00, 18.00, 20.00
    EXPECT_EQ(facets.price[2].products, 2);  // 25.00, 30.00
    asked.categories = {"toys"};
    EXPECT_THAT(hits(asked), UnorderedElementsAre(1, 2, 3, 5));
    asked.in_stock = true;
    EXPECT_THAT(hits(asked), UnorderedElementsAre(1, 3, 5));
    asked.makers_only = true;
    asked.prices = {{0, 2001}};
    EXPECT_THAT(hits(asked), ElementsAre(1));
    asked.categories = {"toy"};
    EXPECT_THAT(hits(asked), IsEmpty());
}

TEST_F(QuarterTest, RadiusAndShelf) {
    Query asked = query("prince ");
    asked.radius_m = 2990;
    EXPECT_EQ(index_->search(asked).hits.front().offers_total, 1U);
    asked.radius_m = 3010;
    EXPECT_EQ(index_->search(asked).hits.front().offers_total, 2U);
    for (const double radius : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
        asked.radius_m = radius;
        EXPECT_EQ(index_->search(asked).total, 0);
    }
    asked = query("");
    asked.shop = ShopId{3};
    asked.radius_m = 1;
    EXPECT_THAT(hits(asked), ElementsAre(4));
    asked.shop = ShopId{99};
    EXPECT_THAT(hits(asked), IsEmpty());
}

TEST_F(QuarterTest, ChangesAreSeenByTheNextQuery) {
    Query asked = query("ours ");
    asked.in_stock = true;
    EXPECT_THAT(hits(asked), IsEmpty());
    EXPECT_TRUE(index_->set_stock({201}, 7, instant_from_unix(1'800'000'000), StockSource::till));
    EXPECT_TRUE(index_->set_price({201}, 1750));
    EXPECT_TRUE(index_->set_open({1}, true));
    const Answer answer = index_->search(asked);
    ASSERT_EQ(answer.hits.size(), 1U);
    const OfferHit& hit = answer.hits[0].offers[0];
    EXPECT_EQ(hit.stock, 7);
    EXPECT_EQ(hit.price_cents, 1750);
    EXPECT_TRUE(hit.open_now);
    EXPECT_EQ(hit.stock_source, StockSource::till);
    EXPECT_EQ(hit.stock_confirmed_at, instant_from_unix(1'800'000'000));
    EXPECT_FALSE(index_->set_stock({999}, 1, {}, StockSource::till));
    EXPECT_FALSE(index_->set_price({999}, 1));
    EXPECT_FALSE(index_->set_open({999}, true));
}

TEST_F(QuarterTest, WhatIsInDoubtIsFoundButNotAsInStock) {
    const Instant then = instant_from_unix(1'700'000'000);
    ConfirmedBefore before{};
    before[static_cast<std::size_t>(StockSource::import)] = then + std::chrono::seconds{4};
    Query asked = query("lapin");
    asked.in_stock = true;
    const Answer sure = index_->search(asked);
    index_->set_doubtful_before(before);
    EXPECT_THAT(hits(asked), ElementsAre(4));
    EXPECT_LT(index_->search(asked).total, sure.total);
    asked.in_stock = false;
    const Answer all = index_->search(asked);
    EXPECT_EQ(all.hits[0].why.availability, kRanking.stock_in_doubt);
    EXPECT_GT(all.hits[0].offers[0].stock, 0);  // the figure stays what was said
    EXPECT_THAT(index_->products_confirmed_before(before),
                ElementsAre(ProductId{1}, ProductId{2}, ProductId{3}));
    // Confirmed anew, as any count is.
    EXPECT_TRUE(index_->set_stock({101}, 1, then + std::chrono::hours{1}, StockSource::import));
    EXPECT_EQ(index_->search(asked).hits[0].why.availability, kRanking.in_stock_closed);
}

TEST_F(QuarterTest, WhatIsSoldOutIsSoHoweverLongAgo) {
    ConfirmedBefore before;
    before.fill(instant_from_unix(2'000'000'000));
    EXPECT_TRUE(index_->set_stock({101}, 0, instant_from_unix(1), StockSource::hand));
    index_->set_doubtful_before(before);
    const auto found = index_->offers_of({1}, kHere);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].stock, 0);
    Query asked = query("peluche lapin");
    EXPECT_EQ(index_->search(asked).hits[0].why.availability, kRanking.out_of_stock);
}

TEST_F(QuarterTest, OffersOfOneProduct) {
    const auto offers = index_->offers_of({4}, kHere);
    ASSERT_EQ(offers.size(), 2U);
    EXPECT_EQ(offers[0].id.value, 401);
    EXPECT_NEAR(offers[1].distance_m, 3000, 3);
    EXPECT_THAT(index_->offers_of({77}, kHere), IsEmpty());
}

TEST(Index, EmptyAndOddCatalogues) {
    const auto empty = Index::build({});
    EXPECT_EQ(empty->search(query("")).total, 0);
    EXPECT_EQ(empty->search(query("lapin")).total, 0);
    EXPECT_THAT(empty->suggest("l", 8), IsEmpty());

    Catalogue odd = quarter();
    odd.shops[0].position = {std::numeric_limits<double>::quiet_NaN(), 2};
    odd.shops[1].position = {0, 0};
    const auto index = Index::build(odd);
    Query everywhere = query("");
    everywhere.radius_m = std::numeric_limits<double>::infinity();
    EXPECT_EQ(index->search(everywhere).total, 4);  // not what only the lost shop has
    everywhere.from = {std::numeric_limits<double>::quiet_NaN(), 0};
    EXPECT_EQ(index->search(everywhere).total, 0);
    Query shelf = query("");
    shelf.shop = ShopId{1};
    const Answer answer = index->search(shelf);
    EXPECT_EQ(answer.total, 3);
    EXPECT_TRUE(std::isinf(answer.hits[0].offers[0].distance_m));

    Catalogue broken = quarter();
    broken.offers.push_back(offer(77, 1, 100));
    EXPECT_THROW(Index::build(broken), Bug);
    broken = quarter();
    broken.products.push_back(broken.products[0]);
    EXPECT_THROW(Index::build(broken), Bug);
}

TEST(Suggestions, TheFirstOfEqualTitlesIsTheSameHoweverFewAreAsked) {
    Catalogue catalogue;
    catalogue.shops = {shop(1, 100, "Ici")};
    for (std::int64_t id = 1; id <= 6; ++id) {
        catalogue.products.push_back(product(id, "Lapin " + std::string(1, "fbdeac"[id - 1])));
        catalogue.offers.push_back(offer(id, 1, 1000));
    }
    const auto index = Index::build(catalogue);
    for (const std::size_t limit : {1U, 2U, 5U, 20U}) {
        EXPECT_EQ(index->suggest("lapin", limit).front().text, "Lapin a") << limit;
    }
}

TEST_F(QuarterTest, PinnedComeFirstInTheirOrderAndHiddenNotAtAll) {
    EXPECT_THAT(hits("peluche"), ElementsAre(1, 2));
    Query asked = query("peluche");
    asked.pinned = {{5}, {2}, {77}};  // vélos, whatever the word; ours; one that nobody knows
    Answer answer = index_->search(asked);
    EXPECT_THAT(hits(asked), ElementsAre(5, 2, 1));
    EXPECT_EQ(answer.total, 3);
    EXPECT_TRUE(answer.hits[0].is_pinned && answer.hits[1].is_pinned);
    EXPECT_FALSE(answer.hits[2].is_pinned);
    EXPECT_EQ(answer.hits[0].why.words_matched, 0);
    EXPECT_EQ(answer.hits[0].why.score, 0);

    asked.in_stock = true;  // the pinned bear is sold out, so it is no hit
    EXPECT_THAT(hits(asked), ElementsAre(5, 1));
    asked.hidden = {{1}};
    answer = index_->search(asked);
    EXPECT_THAT(hits(asked), ElementsAre(5));
    EXPECT_EQ(answer.facets.in_stock, 1);
}

TEST_F(QuarterTest, Suggestions) {
    const auto texts = [&](std::string_view text, std::size_t limit = 8) {
        std::vector<std::string> found;
        for (const Suggestion& suggestion : index_->suggest(text, limit)) {
            found.push_back(suggestion.text);
        }
        return found;
    };
    EXPECT_THAT(texts("l"),
                testing::UnorderedElementsAre("Lapin en peluche", "Porte-monnaie lapin", "L'Oréal",
                                              "L'Écume des jouets", "Le Bonhomme de bois",
                                              "Librairie des Abbesses", "books.novels"));
    EXPECT_EQ(texts("lap").front(), "Lapin en peluche");
    EXPECT_THAT(texts("lapin"), ElementsAre("Lapin en peluche", "Porte-monnaie lapin"));
    EXPECT_THAT(texts("lapin en"), ElementsAre("Lapin en peluche"));
    EXPECT_THAT(texts("lapin avec"), ElementsAre("Lapin en peluche", "Porte-monnaie lapin"));
    EXPECT_THAT(texts("écume"), ElementsAre("L'Écume des jouets"));
    EXPECT_THAT(texts("moulin r"), ElementsAre("Moulin Roty"));
    EXPECT_THAT(texts("pelu"), ElementsAre("Peluche ours brun", "Lapin en peluche"));
    EXPECT_EQ(index_->suggest("jou", 1).at(0).kind, Suggestion::Kind::category);
    EXPECT_THAT(texts("", 8), IsEmpty());
    EXPECT_THAT(texts("l", 0), IsEmpty());
}

// More than fill the list and a batch: what is rarer must not be passed over with them.
TEST(RareWords, WithoutATypoStandFirstHoweverManyHaveOne) {
    Catalogue catalogue;
    catalogue.shops = {shop(1, 100, "Ciel et neige")};
    for (std::int64_t id = 1; id <= 400; ++id) {
        catalogue.products.push_back(product(id, "Lune", "", "books"));
        catalogue.offers.push_back(offer(id, 1, 1000));
    }
    catalogue.products[300] = product(301, "Pour descendre la piste", "", "books", "une luge");
    const auto index = Index::build(catalogue);
    for (const Order order : {Order::best, Order::nearest}) {
        Query asked = query("luge ");
        asked.order = order;
        const Answer answer = index->search(asked);
        ASSERT_EQ(answer.total, 400);
        EXPECT_EQ(answer.hits.at(0).product, ProductId{301});
    }
}

}  // namespace
}  // namespace emplettes::search
