#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "search/index.h"

// What users of other engines complained about, thread by thread: here it must be right.
namespace emplettes::search::complaints {
namespace {

using testing::Contains;
using testing::Not;

constexpr geo::Point kHere{48.8760, 2.3400};

geo::Point north(double metres) { return {kHere.lat + metres / 111'195.0, kHere.lon}; }

struct Goods {
    const char* title;
    int copies = 1;
    const char* maker = "";
};

// Shops at 100, 200, ... metres; everything in the first one.
Catalogue shelf(const std::vector<Goods>& goods, std::int64_t shops = 1) {
    Catalogue catalogue;
    for (std::int64_t id = 1; id <= shops; ++id)
        catalogue.shops.push_back({.id = {id}, .position = north(100.0 * static_cast<double>(id))});
    for (const Goods& of : goods) {
        for (int copy = 0; copy < of.copies; ++copy) {
            const auto id = static_cast<std::int64_t>(catalogue.products.size() + 1);
            catalogue.products.push_back(
                {.id = {id}, .title = of.title, .maker = of.maker, .category = "goods"});
            catalogue.offers.push_back({.id = {id * 10},
                                        .product = {id},
                                        .shop = {1},
                                        .price_cents = 1000 + id,
                                        .stock = 1});
        }
    }
    return catalogue;
}

Query query(const char* text) {
    return {.text = text, .from = kHere, .limit = 1'000, .offers_per_product_max = 10};
}

std::vector<std::string> titles(const Catalogue& catalogue, const Query& asked) {
    std::vector<std::string> found;
    for (const ProductHit& hit : Index::build(catalogue)->search(asked).hits)
        found.push_back(catalogue.products[static_cast<std::size_t>(hit.product.value - 1)].title);
    return found;
}

struct Complaint {
    const char* thread;
    std::vector<Goods> goods;
    const char* asked;
    std::vector<const char*> found;      // the first one before all others
    std::vector<const char*> not_found;  // at all
};

const std::vector<Complaint> kComplaints = {
    // Exact hits stopped the search for what was meant.
    {"typesense#886",
     {{"Carry on"}, {"Harry Potter", 25}},
     "carry ",
     {"Carry on", "Harry Potter"},
     {}},
    // Typos without measure.
    {"typesense#404",
     {{"Coffee cup"}, {"Cadbury"}, {"Toffee"}},
     "coffee cup ",
     {"Coffee cup"},
     {"Cadbury"}},
    {"typesense#417", {{"Riz rond"}, {"Ris de veau"}}, "riz ", {"Riz rond"}, {"Ris de veau"}},
    {"meilisearch#3999",
     {{"Odyssée 2001"}, {"Agenda 2000"}},
     "2001 ",
     {"Odyssée 2001"},
     {"Agenda 2000"}},
    {"meilisearch#3999, codes",
     {{"Casque 1000XM4"}, {"Casque 1000XM5"}},
     "1000xm4 ",
     {"Casque 1000XM4"},
     {"Casque 1000XM5"}},
    {"meilisearch#3999, codes in hyphens",
     {{"Casque WH-1000XM5"}, {"Casque WH-1000XM4"}},
     "WH-1000XM4",
     {"Casque WH-1000XM4"},
     {}},
    {"meilisearch/product#82",
     {{"Harry Potter"}, {"Toupie"}},
     "jarry potter ",
     {"Harry Potter"},
     {"Toupie"}},
    {"meilisearch#6479", {{"Cave à vin"}, {"Caveau"}}, "cave ", {"Cave à vin"}, {"Caveau"}},
    // Numbers of words.
    {"typesense#884", {{"Cheval à bascule"}, {"Chevalet"}}, "chevaux ", {"Cheval à bascule"}, {}},
    {"meilisearch#1357",
     {{"Bijou", 3}, {"Bijoux fantaisie", 3}},
     "bijou ",
     {"Bijou", "Bijoux fantaisie"},
     {}},
    {"snowball#91", {{"Tuyau d'arrosage"}}, "tuyaux ", {"Tuyau d'arrosage"}, {}},
    {"snowball#91, hair", {{"Brosse à cheveux"}}, "cheveu ", {"Brosse à cheveux"}, {}},
    {"snowball#91, games",
     {{"Jeu de dames"}, {"Jeux de cartes"}},
     "jeux ",
     {"Jeux de cartes", "Jeu de dames"},
     {}},
    {"sirene_as_api#53", {{"Les caves du quartier"}}, "cave ", {"Les caves du quartier"}, {}},
    // Words that only a stemmer takes for one.
    {"snowball#198",
     {{"Croquettes pour chat"}, {"Crime et châtiment"}},
     "chat ",
     {"Croquettes pour chat"},
     {"Crime et châtiment"}},
    {"elasticsuite#2799",
     {{"Porte", 6}, {"Porter"}, {"Portant"}},
     "porte ",
     {"Porte"},
     {"Porter", "Portant"}},
    {"geonetwork#8500",
     {{"Marche", 6}, {"Marché de Noël"}, {"Marchand"}},
     "marche ",
     {"Marche", "Marché de Noël"},
     {"Marchand"}},
    {"snowball#209", {{"Baguette française"}}, "français ", {"Baguette française"}, {}},
    // Elision.
    {"craftcms#12474", {{"Huile d'olive"}}, "olive ", {"Huile d'olive"}, {}},
    {"craftcms#12474, the other apostrophe",
     {{"Huile d’olive"}},
     "l'olive ",
     {"Huile d’olive"},
     {}},
    {"librisxl#884",
     {{"L'Écume des jours"}, {"La plume"}},
     "ecume ",
     {"L'Écume des jours"},
     {"La plume"}},
    // Our own users: a quantity is no answer to who has the thing.
    {"quantities alone",
     {{"Riz rond"}, {"Pois cassés 500 g", 3}},
     "riz 500 g ",
     {"Riz rond"},
     {"Pois cassés 500 g"}},
    {"thousands",
     {{"Puzzle 1 000 pièces"}, {"Puzzle 500 pièces", 9}},
     "puzzle 1000 ",
     {"Puzzle 1 000 pièces"},
     {}},
    {"thousands, typed apart",
     {{"Puzzle 1000 pièces"}, {"Puzzle 500 pièces", 9}},
     "puzzle 1 000 pieces ",
     {"Puzzle 1000 pièces"},
     {}},
    // A match over two fields lost to one in one.
    {"typesense#1839",
     {{"Lapin", 1, "Moulin Roty"}, {"Moulin à café"}, {"Lapin nain"}},
     "lapin moulin roty ",
     {"Lapin"},
     {}},
};

TEST(Complaints, OfWhatIsFound) {
    for (const Complaint& complaint : kComplaints) {
        SCOPED_TRACE(complaint.thread);
        const auto found = titles(shelf(complaint.goods), query(complaint.asked));
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found.front(), complaint.found.front());
        for (const char* title : complaint.found) EXPECT_THAT(found, Contains(title));
        for (const char* title : complaint.not_found) EXPECT_THAT(found, Not(Contains(title)));
    }
}

// A search engine that finds nothing would pass the second half of the table.
TEST(Complaints, EverythingOnTheShelvesCanBeFound) {
    for (const Complaint& complaint : kComplaints) {
        const Catalogue catalogue = shelf(complaint.goods);
        for (const ProductText& product : catalogue.products) {
            const auto found = titles(catalogue, query(product.title.c_str()));
            EXPECT_THAT(found, Contains(product.title)) << complaint.thread;
        }
    }
}

// meilisearch#1357: the singular found less than the plural.
TEST(Complaints, SingularAndPluralFindAsMuch) {
    const Catalogue catalogue = shelf({{"Bijou", 4}, {"Bijoux fantaisie", 9}, {"Bijouterie"}});
    EXPECT_EQ(titles(catalogue, query("bijou ")).size(), 13U);
    EXPECT_EQ(titles(catalogue, query("bijoux ")).size(), 13U);
}

// meilisearch#4634: with a filter there was more of something than without. Few hits make an engine
// search wider, and a filter leaves few.
TEST(Complaints, NoCountRisesUnderAFilter) {
    Catalogue catalogue = shelf({{"Lapin en peluche", 6}, {"Peluche", 8}, {"Lapine", 9}});
    for (std::size_t i = 1; i < 6; ++i) catalogue.offers[i].stock = 0;
    const auto index = Index::build(catalogue);
    Query asked = query("lapin peluche ");
    const Answer all = index->search(asked);
    EXPECT_EQ(all.total, 6);
    asked.in_stock = true;
    const Answer in_stock = index->search(asked);
    EXPECT_EQ(in_stock.total, 1);
    EXPECT_EQ(all.facets.in_stock, in_stock.total);
    EXPECT_LE(in_stock.facets.category.at(0).products, all.facets.category.at(0).products);
    for (std::size_t i = 0; i < all.facets.price.size(); ++i)
        EXPECT_LE(in_stock.facets.price[i].products, all.facets.price[i].products);
}

// meilisearch#5399: one document without a position broke every sort by distance.
TEST(Complaints, APlaceThatIsMissingBreaksNoOrder) {
    Catalogue catalogue = shelf({{"Lapin", 3}}, 3);
    catalogue.offers[1].shop = ShopId{2};
    catalogue.offers[2].shop = ShopId{3};
    catalogue.shops[1].position = {std::nan(""), std::nan("")};
    for (const Order order : {Order::best, Order::nearest, Order::cheapest}) {
        Query asked = query("lapin ");
        asked.order = order;
        const Answer answer = Index::build(catalogue)->search(asked);
        ASSERT_EQ(answer.total, 2);
        EXPECT_EQ(answer.hits[0].product.value, 1);
        EXPECT_EQ(answer.hits[1].product.value, 3);
    }
}

// meilisearch#2081: at equal distances the other rules were forgotten.
TEST(Complaints, AtEqualDistancesTheTextDecides) {
    Query asked = query("lapin ");
    asked.order = Order::nearest;
    const auto found =
        titles(shelf({{"Cage de luxe en bois pour lapin et cochon d'Inde"}, {"Lapin"}}), asked);
    EXPECT_EQ(found.front(), "Lapin");
}

// typesense#1460: with distances in buckets the true one was lost.
TEST(Complaints, TheTrueDistanceIsAlwaysTold) {
    const Catalogue catalogue = shelf({{"Lapin"}}, 9);
    Catalogue sold_all_over = catalogue;
    for (std::int64_t shop = 2; shop <= 9; ++shop)
        sold_all_over.offers.push_back({.id = {shop}, .product = {1}, .shop = {shop}});
    for (const Order order : {Order::best, Order::nearest, Order::cheapest}) {
        Query asked = query("lapin ");
        asked.order = order;
        const Answer answer = Index::build(sold_all_over)->search(asked);
        ASSERT_EQ(answer.hits.at(0).offers.size(), 9U);
        for (const OfferHit& offer : answer.hits[0].offers) {
            const auto shop = static_cast<std::size_t>(offer.shop.value - 1);
            const double true_m = geo::distance_m(kHere, sold_all_over.shops[shop].position);
            EXPECT_NEAR(offer.distance_m, true_m, true_m / 1000);
        }
    }
}

// searchkit#1332 and algolia/instantsearch#780: many merchants, one product, one result, right
// numbers (typesense#1359, #1209, #2862).
TEST(Complaints, OneResultForEachProductHoweverManySellIt) {
    Catalogue catalogue = shelf({{"Lapin", 2}, {"Toupie"}}, 5);
    for (std::int64_t shop = 2; shop <= 5; ++shop)
        catalogue.offers.push_back({.id = {shop}, .product = {1}, .shop = {shop}, .stock = 1});
    Query asked = query("lapin ");
    asked.order = Order::nearest;
    asked.offers_per_product_max = 1;
    const Answer answer = Index::build(catalogue)->search(asked);
    EXPECT_EQ(answer.total, 2);
    ASSERT_EQ(answer.hits.size(), 2U);
    EXPECT_EQ(answer.facets.category.at(0).products, 2);
    EXPECT_EQ(answer.facets.in_stock, 2);
    const ProductHit& everywhere = answer.hits[0];
    EXPECT_EQ(everywhere.product.value, 1);
    EXPECT_EQ(everywhere.offers_total, 5U);
    ASSERT_EQ(everywhere.offers.size(), 1U);
    EXPECT_NEAR(everywhere.offers[0].distance_m, 100, 1);
}

// So many of one shop that its neighbour is seen only when more are ranked than usual.
TEST(Complaints, NoShopFillsThePage) {
    Catalogue catalogue = shelf({{"Roman", 60}}, 2);
    catalogue.offers.back().shop = {2};
    Query asked = query("roman ");
    asked.limit = 10;
    const Answer answer = Index::build(catalogue)->search(asked);
    ASSERT_EQ(answer.hits.size(), 10U);
    EXPECT_EQ(answer.hits[3].offers.front().shop, ShopId{2});
    EXPECT_TRUE(answer.hits[3].is_early);
    EXPECT_EQ(answer.hits[4].offers.front().shop, ShopId{1});
}

}  // namespace
}  // namespace emplettes::search::complaints
