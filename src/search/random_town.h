#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "search/index.h"

// For tests: made-up catalogues with all that is awkward, and questions about them.
namespace emplettes::search {

inline constexpr geo::Point kMiddle{48.87, 2.34};

inline const std::vector<std::string> kWords = {
    "lapin", "lapins", "peluche", "peluches", "porte-monnaie", "porte", "monnaie", "portemonnaie",
    "L'Oréal", "loreal", "vélo", "vélos", "journal", "journaux", "œil", "yeux", "500 g", "500g",
    "chocolat", "chocolats", "chocolatier", "chocolaterie", "chocolatine", "choco", "iPhone 12",
    "iphone12", "de", "en", "l'huile", "thé", "1,5 l", "WH-1000XM4", "bois", "rouge", "rouges",
    // the article of English texts
    "the lapin", "of",
    // synonyms: each of the other, one of two words, one way
    "tisane", "infusion", "bd", "bande dessinée", "fromage", "comté"};
inline const std::vector<std::string> kCategories = {"",    "a", "a.b", "a.b.c",
                                                     "a-b", "b", "b.c", "b.c-d"};
inline const std::vector<std::string> kDistricts = {"", "9e", "10e", "Opéra"};
inline const std::vector<std::int64_t> kTypicalPrices = {0,    1,    999,  1000,  1001,
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
        // Some so many that far groups of them are looked at together (reach.h).
        const std::size_t shops = 1 + below(chance(0.3) ? (chance(0.3) ? 3000 : 200) : 8);
        const std::size_t products = below(chance(0.2) ? (chance(0.1) ? 4000 : 500) : 40);
        for (std::size_t i = 0; i < shops; ++i) {
            catalogue.shops.push_back({.id = {id(i, shops)},
                                       .position = chance(0.9) ? place() : kMiddle,
                                       .name = words(3),
                                       .is_maker = chance(0.3),
                                       .district = one_of(kDistricts)});
        }
        for (std::size_t i = 0; i < products; ++i) {
            catalogue.products.push_back({.id = {id(i, products)},
                                          .title = words(6),
                                          .maker = chance(0.7) ? one_of(kWords) : "",
                                          .category = one_of(kCategories),
                                          .category_name = words(1),
                                          .description = words(8),
                                          .gtin = chance(0.2) ? "9782070612758" : "",
                                          .language = chance(0.3) ? "en" : ""});
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
        for (int i = 0; i < 2; ++i) choose(query);
        query.makers_first = chance(0.2);
        query.counts_names = chance(0.3);
        if (chance(0.1)) query.is_open = [](ShopId shop) { return shop.value % 2 == 0; };
        if (chance(0.1)) query.shop = catalogue.shops[below(catalogue.shops.size())].id;
        if (chance(0.02)) query.shop = ShopId{-1};
        query.order = one_of(std::vector{Order::best, Order::nearest, Order::cheapest});
        query.offset = chance(0.2) ? below(10) : 0;
        query.limit = below(30);
        query.offers_per_product_max = below(5);
        if (chance(0.3)) set_aside(catalogue, query);
        if (chance(0.3)) set_ways(catalogue.shops.size(), query);
        return query;
    }

    // Some sources are not in doubt at all, some always.
    ConfirmedBefore doubtful_before() {
        ConfirmedBefore before;
        for (Instant& of_source : before)
            of_source = instant_from_unix(static_cast<std::int64_t>(below(3) * below(3'000)));
        return before;
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
    // A value of some facets.
    void choose(Query& query) {
        if (chance(0.2)) query.categories.push_back(one_of(kCategories));
        if (chance(0.2)) query.makers.push_back(one_of(kWords));
        if (chance(0.2)) query.districts.push_back(one_of(kDistricts));
        if (chance(0.2)) query.conditions.push_back(static_cast<std::uint8_t>(below(4)));
        if (chance(0.2)) query.prices.push_back({one_of(kTypicalPrices), one_of(kTypicalPrices)});
    }
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
    // Some shops are further than they look, and some are out of reach.
    void set_ways(std::size_t shops, Query& query) {
        WalkedMetres walked_m(shops);
        ShopBits reached(shops / 64 + 1);
        for (float& metres : walked_m) metres = static_cast<float>(below(6000));
        for (std::uint64_t& word : reached) word = random_() | random_();
        if (chance(0.7)) query.walked_m = std::make_shared<const WalkedMetres>(walked_m);
        if (chance(0.5)) query.reached = std::make_shared<const ShopBits>(reached);
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

}  // namespace emplettes::search
