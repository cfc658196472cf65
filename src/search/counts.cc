#include "search/counts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "search/facets.h"

namespace emplettes::search {
namespace {

using Numbers = std::vector<std::uint32_t>;

void add_each(Numbers& sums, const Numbers& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) sums[i] += numbers[i];
}

// The most frequent names, and those asked for.
std::vector<FacetCount> list_names(const Names& names, const Numbers& counts,
                                   const std::vector<std::string>& asked, std::size_t names_max) {
    std::set<std::uint32_t> wanted;
    for (const std::string& name : asked) {
        if (const auto number = names.find(name)) wanted.insert(*number);
    }
    Numbers others;
    std::vector<FacetCount> listed;
    for (std::uint32_t number = 1; number < counts.size(); ++number) {
        if (counts[number] == 0) continue;
        if (wanted.contains(number))
            listed.push_back({names.name(number), counts[number]});
        else
            others.push_back(number);
    }
    const auto has_more = [&](std::uint32_t a, std::uint32_t b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : names.name(a) < names.name(b);
    };
    if (others.size() > names_max) {
        const auto end = others.begin() + static_cast<std::ptrdiff_t>(names_max);
        std::nth_element(others.begin(), end, others.end(), has_more);
        others.erase(end, others.end());
    }
    for (const std::uint32_t number : others)
        listed.push_back({names.name(number), counts[number]});
    std::sort(listed.begin(), listed.end(), has_more_products);
    return listed;
}

std::string price_name(std::size_t range) {
    const std::string begin = std::to_string(kPriceBegins[range]) + '-';
    return range + 1 < kPriceRanges ? begin + std::to_string(kPriceBegins[range + 1]) : begin;
}

// Whether a level of the tree is shown: the roots, and what is right below a key that was asked
// for or is above one.
bool is_shown(std::string_view key, const std::vector<std::string>& asked) {
    const auto dot = key.rfind('.');
    if (dot == std::string_view::npos) return true;
    const std::string_view parent = key.substr(0, dot);
    return std::any_of(asked.begin(), asked.end(), [&](const std::string& other) {
        return other == parent || (other.starts_with(parent) && other[parent.size()] == '.');
    });
}

}  // namespace

void Counts::clear(const Documents& documents, bool names) {
    summaries_.fill(0);
    categories_.assign(documents.categories.size(), 0);
    makers_.assign(names ? documents.maker_names.size() : 0, 0);
    districts_.assign(names ? documents.districts.size() : 0, 0);
    last_in_district_.assign(districts_.size(), kNoProduct);
    total = in_reach = 0;
}

void Counts::add(const Counts& other) {
    for (std::size_t i = 0; i < kSummaries; ++i) summaries_[i] += other.summaries_[i];
    add_each(categories_, other.categories_);
    add_each(makers_, other.makers_);
    add_each(districts_, other.districts_);
    total += other.total;
    in_reach += other.in_reach;
}

std::int64_t Counts::with(Summary values) const {
    std::int64_t products = 0;
    for (std::size_t summary = 0; summary < kSummaries; ++summary) {
        products += (summary & values) != 0 ? summaries_[summary] : 0;
    }
    return products;
}

void Counts::list_categories(const Documents& documents, const Query& query, Facets& facets) const {
    std::map<std::string, std::int64_t> products;
    for (std::uint32_t number = 0; number < categories_.size(); ++number) {
        const std::string& key = documents.categories.key(number);
        if (categories_[number] == 0 || key.empty()) continue;
        for (std::size_t end = key.find('.');; end = key.find('.', end + 1)) {
            const std::string level = key.substr(0, end);
            if (!is_shown(level, query.categories)) break;
            products[level] += categories_[number];
            if (end == std::string::npos) break;
        }
    }
    for (const auto& [key, count] : products) facets.category.push_back({key, count});
    std::sort(facets.category.begin(), facets.category.end(), has_more_products);
}

Facets Counts::facets(const Documents& documents, const Query& query, std::size_t names_max) const {
    Facets facets{
        .maker = list_names(documents.maker_names, makers_, query.makers, names_max),
        .district = list_names(documents.districts, districts_, query.districts, names_max),
        .open_now = with(kOpenNow),
        .in_stock = with(kInStock),
        .makers = with(kMaker)};
    list_categories(documents, query, facets);
    for (std::size_t range = 0; range < kPriceRanges; ++range) {
        const auto products = with(static_cast<Summary>(1U << (kPricesAt + range)));
        facets.price.push_back({price_name(range), products});
    }
    for (unsigned condition = 0; condition < kConditions; ++condition) {
        const auto products = with(static_cast<Summary>(1U << (kConditionsAt + condition)));
        facets.condition.push_back({std::to_string(condition), products});
    }
    return facets;
}

}  // namespace emplettes::search
