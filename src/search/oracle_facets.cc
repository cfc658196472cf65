#include <algorithm>

#include "base/text.h"
#include "search/oracle.h"

namespace emplettes::search {
namespace {

const std::vector<std::pair<std::string, PriceRange>> kPrices = {{"0-1000", {0, 1000}},
                                                                 {"1000-2500", {1000, 2500}},
                                                                 {"2500-5000", {2500, 5000}},
                                                                 {"5000-10000", {5000, 10000}},
                                                                 {"10000-", {.min_cents = 10000}}};

bool has_more(const FacetCount& a, const FacetCount& b) {
    return a.products != b.products ? a.products > b.products : a.value < b.value;
}

std::vector<std::string> levels_of(const std::string& key) {
    std::vector<std::string> levels;
    for (auto end = key.find('.'); end != std::string::npos; end = key.find('.', end + 1))
        levels.push_back(key.substr(0, end));
    if (!key.empty()) levels.push_back(key);
    return levels;
}

}  // namespace

// Each number is the total of the question with that choice made.
Facets Oracle::facets(const Query& query, const Reading& reading) const {
    Facets facets;
    Query chosen = query;
    chosen.open_now = true;
    facets.open_now = count(chosen, reading);
    chosen = query;
    chosen.in_stock = true;
    facets.in_stock = count(chosen, reading);
    chosen = query;
    chosen.makers_only = true;
    facets.makers = count(chosen, reading);
    chosen = query;
    for (const auto& [name, range] : kPrices) {
        chosen.prices = {range};
        facets.price.push_back({name, count(chosen, reading)});
    }
    chosen = query;
    for (std::uint8_t condition = 0; condition < 3; ++condition) {
        chosen.conditions = {condition};
        facets.condition.push_back({std::to_string(condition), count(chosen, reading)});
    }
    facets.category = category_facet(query, reading);
    if (!query.counts_names) return facets;
    std::vector<std::string> names;
    for (const ProductText& product : catalogue_.products) names.push_back(product.maker);
    facets.maker = name_facet(query, reading, {names, &Query::makers});
    names.clear();
    for (const ShopPlace& place : catalogue_.shops) names.push_back(place.district);
    facets.district = name_facet(query, reading, {names, &Query::districts});
    return facets;
}

// The roots, and what is right below a key asked for or above one.
std::vector<FacetCount> Oracle::category_facet(const Query& query, const Reading& reading) const {
    std::set<std::string> parents{""};
    for (const std::string& asked : query.categories)
        for (const std::string& level : levels_of(asked)) parents.insert(level);
    std::set<std::string> shown;
    for (const ProductText& product : catalogue_.products) {
        for (const std::string& level : levels_of(product.category)) {
            const auto dot = level.rfind('.');
            if (parents.contains(dot == std::string::npos ? "" : level.substr(0, dot)))
                shown.insert(level);
        }
    }
    std::vector<FacetCount> facet;
    Query chosen = query;
    for (const std::string& key : shown) {
        chosen.categories = {key};
        const std::int64_t products = count(chosen, reading);
        if (products > 0) facet.push_back({key, products});
    }
    std::sort(facet.begin(), facet.end(), has_more);
    return facet;
}

// The most frequent of the names, and those chosen.
std::vector<FacetCount> Oracle::name_facet(const Query& query, const Reading& reading,
                                           const NamedFacet& facet) const {
    std::map<std::string, std::string> distinct;  // by folded
    for (const std::string& name : facet.names)
        if (!name.empty()) distinct.emplace(fold(name), name);
    std::vector<FacetCount> listed;
    std::vector<FacetCount> others;
    Query chosen = query;
    for (const auto& [folded, name] : distinct) {
        chosen.*facet.choice = {name};
        const FacetCount counted{name, count(chosen, reading)};
        const bool is_asked = std::any_of(
            (query.*facet.choice).begin(), (query.*facet.choice).end(),
            [&, name = name](const std::string& other) { return fold(other) == fold(name); });
        if (counted.products > 0) (is_asked ? listed : others).push_back(counted);
    }
    std::sort(others.begin(), others.end(), has_more);
    others.resize(std::min(others.size(), kFacetNamesMax));
    listed.insert(listed.end(), others.begin(), others.end());
    std::sort(listed.begin(), listed.end(), has_more);
    return listed;
}

}  // namespace emplettes::search
