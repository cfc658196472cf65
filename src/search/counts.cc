#include "search/counts.h"

#include <algorithm>
#include <bit>

#include "search/facets.h"

namespace emplettes::search {
namespace {

using Numbers = std::vector<std::uint32_t>;

void add_each(Numbers& sums, const Numbers& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) sums[i] += numbers[i];
}

// The most frequent names, and those asked for.
std::vector<FacetCount> most_frequent(const Names& names, const Numbers& counts,
                                      const std::vector<std::string>& asked) {
    Numbers always;
    for (const std::string& name : asked) always.push_back(names.find(name).value_or(0));
    Numbers others;
    std::vector<FacetCount> listed;
    for (std::uint32_t number = 1; number < counts.size(); ++number) {
        if (counts[number] == 0) continue;
        if (std::find(always.begin(), always.end(), number) != always.end())
            listed.push_back({names.name(number), counts[number]});
        else
            others.push_back(number);
    }
    const auto has_more = [&](std::uint32_t a, std::uint32_t b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : names.name(a) < names.name(b);
    };
    if (others.size() > kFacetNamesMax) {
        const auto end = others.begin() + kFacetNamesMax;
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

void Counts::add_names(const Counts& other) {
    add_each(makers_, other.makers_);
    add_each(districts_, other.districts_);
}

// How many products have each bit in their summary.
Counts::WithBit Counts::with_each_bit() const {
    WithBit with{};
    for (std::size_t summary = 0; summary < kSummaries; ++summary) {
        if (summaries_[summary] == 0) continue;
        for (std::size_t left = summary; left != 0; left &= left - 1)
            with[static_cast<std::size_t>(std::countr_zero(left))] += summaries_[summary];
    }
    return with;
}

void Counts::list_categories(const Documents& documents, const Query& query, Facets& facets) const {
    documents.categories.for_each_shown(query.categories, [&](const Categories::Level& level) {
        const auto [begin, end] = level.categories;
        std::int64_t products = 0;
        for (std::uint32_t category = begin; category < end; ++category)
            products += categories_[category];
        if (products > 0) facets.category.push_back({level.key, products});
    });
    std::sort(facets.category.begin(), facets.category.end(), has_more_products);
}

void Counts::list(const Documents& documents, const Query& query, Facets& facets) const {
    const WithBit with = with_each_bit();
    const auto with_trait = [&](Traits trait) {
        return with[static_cast<std::size_t>(std::countr_zero(trait))];
    };
    facets.open_now = with_trait(kOpenNow);
    facets.in_stock = with_trait(kInStock);
    facets.makers = with_trait(kMaker);
    for (std::size_t range = 0; range < kPriceRanges; ++range)
        facets.price.push_back({price_name(range), with[kPricesAt + range]});
    for (unsigned condition = 0; condition < kConditions; ++condition)
        facets.condition.push_back({std::to_string(condition), with[kConditionsAt + condition]});
    list_categories(documents, query, facets);
}

void Counts::list_names(const Documents& documents, const Query& query, Facets& facets) const {
    facets.maker = most_frequent(documents.maker_names, makers_, query.makers);
    facets.district = most_frequent(documents.districts, districts_, query.districts);
}

}  // namespace emplettes::search
