#include "search/oracle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace emplettes::search {
namespace {

constexpr geo::Point kMiddle{48.87, 2.34};

const std::vector<std::string> kWords = {
    "lapin",     "lapins",       "peluche",     "peluches",     "porte-monnaie", "porte",
    "monnaie",   "portemonnaie", "L'Oréal",     "loreal",       "vélo",          "vélos",
    "journal",   "journaux",     "œil",         "yeux",         "500 g",         "500g",
    "chocolat",  "chocolats",    "chocolatier", "chocolaterie", "chocolatine",   "choco",
    "iPhone 12", "iphone12",     "de",          "en",           "l'huile",       "thé",
    "1,5 l",     "WH-1000XM4",   "bois",        "rouge",        "rouges"};
const std::vector<std::string> kCategories = {"", "a", "a.b", "a.b.c", "a-b", "b", "b.c", "b.c-d"};
const std::vector<std::int64_t> kTypicalPrices = {0,    1,    999,  1000,  1001,
                                                  2500, 3000, 9999, 10000, 50000};

// A seeded town: shrinking a whole catalogue tells less than the seed does.
class Town {
  public:
    explicit Town(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }
    bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
    template <typename T>
    const T& one_of(const std::vector<T>& values) {
        return values[below(values.size())];
    }

    std::string words(std::size_t most) {
        std::string text;
        for (std::size_t i = below(most + 1); i > 0; --i) text += one_of(kWords) + " ";
        return text;
    }

    geo::Point place() {
        std::normal_distribution<double> metres(0, 1500);
        return {kMiddle.lat + metres(random_) / 111'195, kMiddle.lon + metres(random_) / 73'240};
    }

    Catalogue catalogue() {
        Catalogue catalogue;
        const std::size_t shops = 1 + below(chance(0.3) ? 200 : 8);
        const std::size_t products = below(chance(0.2) ? 500 : 40);
        for (std::size_t i = 0; i < shops; ++i) {
            catalogue.shops.push_back({.id = {id(i, shops)},
                                       .position = chance(0.9) ? place() : kMiddle,
                                       .name = words(3),
                                       .is_maker = chance(0.3)});
        }
        for (std::size_t i = 0; i < products; ++i) {
            catalogue.products.push_back({.id = {id(i, products)},
                                          .title = words(6),
                                          .maker = words(1),
                                          .category = one_of(kCategories),
                                          .category_name = words(1),
                                          .description = words(8),
                                          .gtin = chance(0.2) ? "9782070612758" : ""});
            add_offers(catalogue, i);
        }
        return catalogue;
    }

    Query query(const Catalogue& catalogue) {
        Query query;
        query.text = text();
        query.from = place();
        query.radius_m = static_cast<double>(below(6000));
        query.open_now = chance(0.2);
        query.in_stock = chance(0.2);
        query.makers_only = chance(0.2);
        if (chance(0.3)) query.category = one_of(kCategories);
        if (chance(0.2)) query.price_min_cents = one_of(kTypicalPrices);
        if (chance(0.2)) query.price_end_cents = one_of(kTypicalPrices);
        if (chance(0.1)) query.shop = catalogue.shops[below(catalogue.shops.size())].id;
        query.order = one_of(std::vector{Order::best, Order::nearest, Order::cheapest});
        query.offset = chance(0.2) ? below(10) : 0;
        query.limit = below(30);
        query.offers_per_product_max = below(5);
        if (chance(0.3)) set_aside(catalogue, query);
        return query;
    }

    std::string text() {
        if (chance(0.1)) return "";
        if (chance(0.05)) return "9782070612758";
        std::string text = words(3);
        if (chance(0.6) && !text.empty()) text.pop_back();
        if (chance(0.4) && !text.empty()) text.resize(below(text.size()));
        if (chance(0.4)) mistype(text);
        return text;
    }

  private:
    // Some pinned, some hidden, and one that does not exist.
    void set_aside(const Catalogue& catalogue, Query& query) {
        const std::size_t in_hundred = 5 + below(50);
        for (const ProductText& product : catalogue.products) {
            if (below(100) >= in_hundred) continue;
            (chance(0.5) ? query.pinned : query.hidden).push_back(product.id);
        }
        std::shuffle(query.pinned.begin(), query.pinned.end(), random_);
        query.pinned.push_back({-1});
    }
    void mistype(std::string& text) {
        for (std::size_t typos = 1 + below(2); typos > 0 && text.size() > 1; --typos) {
            const std::size_t at = below(text.size() - 1);
            switch (below(4)) {
                case 0: text.erase(at, 1); break;
                case 1: text.insert(at, 1, text[at]); break;
                case 2: text[at] = static_cast<char>('a' + below(26)); break;
                default: std::swap(text[at], text[at + 1]);
            }
        }
    }
    // Ids in another order than the rows.
    static std::int64_t id(std::size_t i, std::size_t count) {
        return static_cast<std::int64_t>(1000 + (i * 7919 + 13) % (count * 7919 + 1));
    }

    void add_offers(Catalogue& catalogue, std::size_t product) {
        const std::size_t offers = chance(0.1) ? below(30) : below(3);
        for (std::size_t i = 0; i < offers; ++i) {
            const auto number = static_cast<std::int64_t>(catalogue.offers.size());
            catalogue.offers.push_back(
                {.id = {number * 3 % 1009 + number * 2000},
                 .product = catalogue.products[product].id,
                 .shop = one_of(catalogue.shops).id,
                 .price_cents = one_of(kTypicalPrices),
                 .stock = static_cast<std::int32_t>(below(3)),
                 .stock_confirmed_at = instant_from_unix(static_cast<std::int64_t>(below(1000))),
                 .stock_source = StockSource::feed,
                 .condition = static_cast<std::uint8_t>(below(3))});
        }
    }

    std::mt19937_64 random_;
};

// One change to both, as a till would send it.
void change(Town& town, const Catalogue& catalogue, const Index& index, Oracle& oracle) {
    const ShopId shop = town.one_of(catalogue.shops).id;
    const bool is_open = town.chance(0.6);
    RC_ASSERT(index.set_open(shop, is_open));
    oracle.set_open(shop, is_open);
    if (catalogue.offers.empty()) return;
    const OfferId offer = town.one_of(catalogue.offers).id;
    const auto stock = static_cast<std::int32_t>(town.below(3));
    const Instant now = instant_from_unix(static_cast<std::int64_t>(5000 + town.below(1000)));
    RC_ASSERT(index.set_stock(offer, stock, now, StockSource::till));
    oracle.set_stock(offer, stock, now, StockSource::till);
    const std::int64_t price = town.one_of(kTypicalPrices);
    RC_ASSERT(index.set_price(offer, price));
    oracle.set_price(offer, price);
}

void expect_same(const std::vector<FacetCount>& a, const std::vector<FacetCount>& b) {
    RC_ASSERT(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        RC_ASSERT(a[i].value == b[i].value);
        RC_ASSERT(a[i].products == b[i].products);
    }
}

void expect_same(const OfferHit& a, const OfferHit& b) {
    RC_ASSERT(a.id == b.id);
    RC_ASSERT(a.shop == b.shop);
    RC_ASSERT(a.price_cents == b.price_cents);
    RC_ASSERT(a.stock == b.stock);
    RC_ASSERT(a.stock_confirmed_at == b.stock_confirmed_at);
    RC_ASSERT(a.stock_source == b.stock_source);
    RC_ASSERT(a.condition == b.condition);
    RC_ASSERT(a.distance_m == b.distance_m);
    RC_ASSERT(a.open_now == b.open_now);
}

void expect_same(const ProductHit& a, const ProductHit& b) {
    RC_ASSERT(a.product == b.product);
    RC_ASSERT(a.offers_total == b.offers_total);
    RC_ASSERT(a.is_pinned == b.is_pinned);
    RC_ASSERT(a.offers.size() == b.offers.size());
    for (std::size_t i = 0; i < a.offers.size(); ++i) expect_same(a.offers[i], b.offers[i]);
    RC_ASSERT(a.why.words_matched == b.why.words_matched);
    RC_ASSERT(a.why.words_asked == b.why.words_asked);
    RC_ASSERT(a.why.typos == b.why.typos);
    RC_ASSERT(a.why.text == b.why.text);
    RC_ASSERT(a.why.score == b.why.score);
}

void expect_same(const Answer& a, const Answer& b) {
    RC_ASSERT(a.total == b.total);
    RC_ASSERT(a.hits.size() == b.hits.size());
    for (std::size_t i = 0; i < a.hits.size(); ++i) expect_same(a.hits[i], b.hits[i]);
    RC_ASSERT(a.facets.open_now == b.facets.open_now);
    RC_ASSERT(a.facets.in_stock == b.facets.in_stock);
    RC_ASSERT(a.facets.makers == b.facets.makers);
    expect_same(a.facets.category, b.facets.category);
    expect_same(a.facets.price, b.facets.price);
}

RC_GTEST_PROP(Oracle, AnswersAreThoseOfReadingEverything, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    Oracle oracle(catalogue);
    for (int step = 0; step < 8; ++step) {
        for (int i = 0; i < 3; ++i) change(town, catalogue, *index, oracle);
        const Query query = town.query(catalogue);
        RC_LOG() << "text \"" << query.text << "\" radius " << query.radius_m << '\n';
        expect_same(index->search(query), oracle.search(query));
    }
}

// The number beside a choice, as the property of the engine alone.
RC_GTEST_PROP(Facets, ACountIsTheTotalOfChoosingIt, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    for (const ShopPlace& shop : catalogue.shops) index->set_open(shop.id, town.chance(0.5));
    const Query query = town.query(catalogue);
    const Answer answer = index->search(query);
    const auto total = [&](auto&& choose) {
        Query chosen = query;
        choose(chosen);
        return index->search(chosen).total;
    };
    RC_ASSERT(answer.facets.open_now == total([](Query& q) { q.open_now = true; }));
    RC_ASSERT(answer.facets.in_stock == total([](Query& q) { q.in_stock = true; }));
    RC_ASSERT(answer.facets.makers == total([](Query& q) { q.makers_only = true; }));
    for (const FacetCount& category : answer.facets.category) {
        RC_ASSERT(category.products == total([&](Query& q) { q.category = category.value; }));
    }
    for (const FacetCount& price : answer.facets.price) {
        const auto dash = price.value.find('-');
        RC_ASSERT(price.products == total([&](Query& q) {
                      q.price_min_cents = std::stoll(price.value.substr(0, dash));
                      q.price_end_cents.reset();
                      if (dash + 1 < price.value.size()) {
                          q.price_end_cents = std::stoll(price.value.substr(dash + 1));
                      }
                  }));
    }
}

RC_GTEST_PROP(Facets, ACountNeverRisesUnderAFilter, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    for (const ShopPlace& shop : catalogue.shops) index->set_open(shop.id, town.chance(0.5));
    Query query = town.query(catalogue);
    query.category.clear();
    query.price_min_cents.reset();
    query.price_end_cents.reset();
    query.open_now = query.in_stock = query.makers_only = false;
    Answer before = index->search(query);
    const auto narrow = [&](auto&& choose) {
        choose(query);
        const Answer after = index->search(query);
        RC_ASSERT(after.total <= before.total);
        RC_ASSERT(after.facets.open_now <= before.facets.open_now);
        RC_ASSERT(after.facets.in_stock <= before.facets.in_stock);
        RC_ASSERT(after.facets.makers <= before.facets.makers);
        for (std::size_t i = 0; i < after.facets.price.size(); ++i) {
            RC_ASSERT(after.facets.price[i].products <= before.facets.price[i].products);
        }
        before = after;
    };
    narrow([](Query& q) { q.in_stock = true; });
    narrow([&](Query& q) { q.category = town.one_of(kCategories); });
    narrow([](Query& q) { q.open_now = true; });
    narrow([](Query& q) { q.price_end_cents = 2500; });
    narrow([](Query& q) { q.makers_only = true; });
}

RC_GTEST_PROP(Suggestions, AreDistinctBestFirstAndBeginAWord, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    const std::string text = town.text();
    const std::size_t limit = town.below(12);
    const auto suggestions = index->suggest(text, limit);
    RC_ASSERT(suggestions.size() <= limit);
    std::set<std::pair<Suggestion::Kind, std::string>> seen;
    for (const Suggestion& suggestion : suggestions) {
        RC_ASSERT(seen.emplace(suggestion.kind, suggestion.text).second);
        RC_ASSERT((suggestion.id != 0) == (suggestion.kind == Suggestion::Kind::product ||
                                           suggestion.kind == Suggestion::Kind::shop));
        if (suggestion.kind != Suggestion::Kind::product) continue;
        const auto source = std::find_if(
            catalogue.products.begin(), catalogue.products.end(),
            [&](const ProductText& product) { return product.id.value == suggestion.id; });
        RC_ASSERT(source != catalogue.products.end());
        RC_ASSERT(source->title == suggestion.text);
    }
    // A longer list has the same best title.
    const auto is_title = [](const Suggestion& s) { return s.kind == Suggestion::Kind::product; };
    const auto longer = index->suggest(text, limit + 20);
    const auto first = std::find_if(suggestions.begin(), suggestions.end(), is_title);
    if (first != suggestions.end()) {
        RC_ASSERT(std::find_if(longer.begin(), longer.end(), is_title)->id == first->id);
    }
}

}  // namespace
}  // namespace emplettes::search
