#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "search/index.h"
#include "search/oracle.h"

namespace {

using namespace emplettes;
using search::Answer;
using search::Catalogue;
using search::Query;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Label {
    const char* title;
    const char* maker;
    const char* category;
    const char* category_name;
};
constexpr auto kLabels = std::to_array<Label>({
    {"Lapin en peluche", "Moulin Roty", "toys.soft", "Peluches Soft toys"},
    {"Peluche ours brun", "Kaloo", "toys.soft", "Peluches Soft toys"},
    {"Porte-monnaie en cuir", "L'Oréal", "leather", "Maroquinerie Leather"},
    {"porte monnaie rouge", "", "leather", "Maroquinerie Leather"},
    {"Huile d’olive vierge, 75 cl", "Puget", "food.oil", "Huiles Oils"},
    {"Farine de blé 1,5 kg", "", "food.flour", "Farines Flours"},
    {"Café moulu 250 g", "Brûlerie Bleue", "drinks.coffee", "Cafés Coffees"},
    {"Cadbury chocolat au lait 250g", "Cadbury", "food.chocolate", "Chocolats Chocolates"},
    {"Casque WH-1000XM4", "Sony", "electronics", "Électronique Electronics"},
    {"iPhone 12 coque transparente", "", "electronics", "Électronique Electronics"},
    {"Journal d'un chat", "Éditions de l'œil", "books.novels", "Romans Novels"},
    {"Journaux de voyage", "Saint-Exupéry", "books.novels", "Romans Novels"},
    {"Harry Potter à l'école des sorciers", "Rowling", "books.children", "Enfants Children"},
    {"Carry on", "", "books.novels", "Romans Novels"},
    {"Чай зелёный שלום 🐰", "", "drinks", "Boissons Drinks"},
    {"", "", "", ""},
});

// A street of six shops, one of which nobody can place.
Catalogue street() {
    Catalogue catalogue;
    for (std::int64_t id = 1; id <= 6; ++id) {
        catalogue.shops.push_back({.id = {id},
                                   .position = {48.87 + 0.003 * static_cast<double>(id), 2.34},
                                   .name = "Boutique",
                                   .is_maker = id % 3 == 0});
    }
    catalogue.shops[4].position = {kNaN, kNaN};
    for (const Label& label : kLabels) {
        const auto id = static_cast<std::int64_t>(catalogue.products.size() + 1);
        catalogue.products.push_back({.id = {id},
                                      .title = label.title,
                                      .maker = label.maker,
                                      .category = label.category,
                                      .category_name = label.category_name,
                                      .description = id % 2 == 0 ? "Fabriqué en France" : "",
                                      .gtin = id == 11 ? "9782070612758" : ""});
        for (std::int64_t shop = 1; shop <= 6; ++shop) {
            if ((id + shop) % 3 == 0 || id % 5 == 0) continue;
            catalogue.offers.push_back({.id = {id * 10 + shop},
                                        .product = {id},
                                        .shop = {shop},
                                        .price_cents = 500 * ((id * shop) % 25),
                                        .stock = static_cast<std::int32_t>((id + shop) % 2)});
        }
    }
    return catalogue;
}

class Engines {
  public:
    Engines() : index_(search::Index::build(street())), oracle_(street()) {
        for (const std::int64_t shop : {1, 4, 5}) {
            index_->set_open({shop}, true);
            oracle_.set_open({shop}, true);
        }
    }

    const search::Index& index() const { return *index_; }
    const search::Oracle& oracle() const { return oracle_; }

  private:
    std::shared_ptr<const search::Index> index_;
    search::Oracle oracle_;
};

constexpr std::size_t kFilterBytes = 4;

Query read_query(const std::uint8_t* data, std::size_t size) {
    constexpr auto kRadii = std::to_array<double>({0, 400, 1000, 1e9, -1, kNaN, HUGE_VAL, 5e-324});
    constexpr auto kCategories = std::to_array<const char*>(
        {"", "", "toys", "toys.soft", "food", "foo", "books.novels", "."});
    Query query{.text = std::string(reinterpret_cast<const char*>(data) + kFilterBytes,
                                    size - kFilterBytes),
                .from = {(data[3] & 8U) != 0 ? kNaN : 48.875, 2.34},
                .radius_m = kRadii[data[0] & 7U],
                .open_now = (data[1] & 1U) != 0,
                .in_stock = (data[1] & 2U) != 0,
                .makers_only = (data[1] & 4U) != 0,
                .categories = {kCategories[data[2] & 7U]},
                .order = static_cast<search::Order>((data[2] >> 3U) % 3),
                .offset = std::size_t{data[0]} >> 3U,
                .limit = std::size_t{data[3]} >> 4U,
                .offers_per_product_max = data[3] & 7U};
    if ((data[1] & 8U) != 0) query.prices.push_back({.min_cents = 100 * (data[1] >> 4U)});
    if ((data[2] & 128U) != 0) query.prices.push_back({.end_cents = 500 * (data[1] >> 4U)});
    if ((data[2] & 64U) != 0) query.shop = ShopId{data[1] >> 5U};
    return query;
}

void check_same(const Answer& ours, const Answer& expected) {
    check(ours.total == expected.total);
    check(ours.hits.size() == expected.hits.size());
    for (std::size_t i = 0; i < ours.hits.size(); ++i) {
        const auto& a = ours.hits[i];
        const auto& b = expected.hits[i];
        check(a.product == b.product && a.offers_total == b.offers_total);
        check(a.why.words_matched == b.why.words_matched && a.why.typos == b.why.typos);
    }
    check(ours.facets.open_now == expected.facets.open_now);
    check(ours.facets.in_stock == expected.facets.in_stock);
    check(ours.facets.makers == expected.facets.makers);
}

void check_consistent(const search::Index& index, const Query& query, const Answer& answer) {
    check(answer.hits.size() <= query.limit);
    if (!answer.hits.empty())
        check(answer.total >= static_cast<std::int64_t>(query.offset + answer.hits.size()));
    for (const auto& hit : answer.hits) {
        check(hit.offers_total >= 1);
        check(hit.offers.size() == std::min(hit.offers_total, query.offers_per_product_max));
    }
    Query narrower = query;
    std::int64_t before = answer.total;
    const auto narrow = [&](auto&& choose) {
        choose(narrower);
        const std::int64_t total = index.search(narrower).total;
        check(total <= before);
        before = total;
    };
    narrow([](Query& q) { q.in_stock = true; });
    if (query.categories.front().empty()) narrow([](Query& q) { q.categories = {"books"}; });
    narrow([](Query& q) { q.open_now = true; });
    if (query.prices.empty()) narrow([](Query& q) { q.prices = {{.end_cents = 4000}}; });
    narrow([](Query& q) { q.makers_only = true; });
}

}  // namespace

// Any question about a small street is answered as by reading everything, and no filter adds to it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Engines engines;
    if (size < kFilterBytes) return 0;
    const Query query = read_query(data, size);
    const Answer answer = engines.index().search(query);
    check_same(answer, engines.oracle().search(query));
    check_consistent(engines.index(), query, answer);
    check(engines.index().suggest(query.text, query.limit).size() <= query.limit);
    return 0;
}
