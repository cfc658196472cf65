#pragma once
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "search/columns.h"
#include "search/documents.h"
#include "search/matches.h"
#include "search/reach.h"

namespace emplettes::search {

// Which of the offers within reach a query wants.
struct Filters {
    Traits needed = 0;
    NumberRange categories;
    std::int64_t price_cents_min = std::numeric_limits<std::int64_t>::min();
    std::int64_t price_cents_end = std::numeric_limits<std::int64_t>::max();
};
Filters make_filters(const Query& query, const Documents& documents);

// What one query reads. Lives as long as the query.
struct Sight {
    const Documents& documents;
    const Columns& columns;
    const Reach& reach;
    Filters filters;
    Order order = Order::best;
};

// What decides between products with equally many words, or between the offers of one product. The
// lesser comes first.
struct RankKey {
    double first = std::numeric_limits<double>::infinity();
    double second = std::numeric_limits<double>::infinity();

    auto operator<=>(const RankKey&) const = default;
};

// The place of a product in the list.
struct Rank {
    int words = 0;  // more come first
    int typos = 0;  // fewer come first
    float text = 0;
    RankKey key;
    std::int64_t id = 0;
    std::uint32_t product = 0;

    bool operator<(const Rank& other) const;
};

// Counts products and keeps the first ones of the list. Every product is shown to it once.
class Tally {
  public:
    // At most `hits_max` are kept.
    Tally(const Sight& sight, std::size_t hits_max);

    // As if nothing had been shown to it.
    void clear();
    // False when no offer of the product is within reach, whatever the filters.
    bool add(std::uint32_t product, const TextMatch& match);
    bool reaches(std::uint32_t product) const;

    std::int64_t total() const;
    std::vector<Rank> take_ranks();  // sorted; once
    Facets facets(std::string_view asked_category) const;

  private:
    static constexpr std::size_t kPriceRangeSets = 32;

    struct Found {
        RankKey key;                // of the first offer
        unsigned offers = 0;        // that pass every filter
        unsigned price_ranges = 0;  // that an offer passing all but the price filter is in
        Traits traits = 0;          // that an offer passing every filter has
    };
    void look_at(const OfferCell& offer, Found& found) const;
    void keep(std::uint32_t product, const TextMatch& match, const RankKey& key);

    const Sight sight_;
    std::size_t hits_max_;
    std::vector<Rank> ranks_;  // a heap once it is full: the last of the list on top
    std::int64_t with_traits_[kTraitSets] = {};
    std::int64_t in_price_ranges_[kPriceRangeSets] = {};
    std::vector<std::int64_t> in_category_;
};

// One offer as the query sees it.
struct SeenOffer {
    std::uint32_t offer = 0;
    float distance_m = 0;
    std::int64_t price_cents = 0;
    Traits traits = 0;

    double weight() const {
        return static_cast<double>(distance_factor(distance_m)) * availability(traits);
    }
};

// The offers of a product that pass the filters, the first of them first.
std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product);

}  // namespace emplettes::search
