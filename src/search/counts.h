#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "search/documents.h"
#include "search/index.h"
#include "search/summary.h"

namespace emplettes::search {

// What is counted of products, each facet without its own filter. Memory is kept from query to
// query.
class Counts {
  public:
    static constexpr std::uint32_t kNoProduct = std::numeric_limits<std::uint32_t>::max();

    // `names`: makers and districts are counted, too.
    void clear(const Documents& documents, bool names);
    void add(const Counts& other);

    // One product of which these are the traits, conditions and price ranges to be counted.
    void add_summary(Summary summary) { ++summaries_[summary]; }
    void add_category(std::uint32_t category, bool counts = true) {
        categories_[category] += counts ? 1 : 0;
    }
    void add_maker(std::uint32_t maker) { ++makers_[maker]; }
    // Once for each product, however many of its offers are there. Products come one after the
    // other.
    void add_district(std::uint16_t district, std::uint32_t product) {
        if (last_in_district_[district] == product) return;
        last_in_district_[district] = product;
        ++districts_[district];
    }

    std::int64_t total = 0;     // hits: with an offer that passes every filter
    std::int64_t in_reach = 0;  // with an offer within reach, whatever the filters

    // Of another segment, whose names have the same numbers here.
    void add_names(const Counts& other);

    // All facets but makers and districts.
    void list(const Documents& documents, const Query& query, Facets& facets) const;
    // The kFacetNamesMax most frequent ones, beside those that the query asks for.
    void list_names(const Documents& documents, const Query& query, Facets& facets) const;

  private:
    using WithBit = std::array<std::int64_t, kSummaryBits>;
    WithBit with_each_bit() const;
    void list_categories(const Documents& documents, const Query& query, Facets& facets) const;

    std::array<std::uint32_t, kSummaries> summaries_{};
    std::vector<std::uint32_t> categories_;
    std::vector<std::uint32_t> makers_;
    std::vector<std::uint32_t> districts_;
    std::vector<std::uint32_t> last_in_district_;
};

}  // namespace emplettes::search
