#pragma once
#include <cstdint>
#include <optional>
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
    std::int64_t price_cents_min = 0;
    std::int64_t price_cents_max = 0;
};
Filters make_filters(const Query& query, const Documents& documents);

// The place of a product in the list, and what gave it; the lesser comes first.
struct Rank {
    int words = 0;  // more come first
    double keys[3] = {};
    std::int64_t id = 0;
    std::uint32_t product = 0;
    float text = 0;

    bool operator<(const Rank& other) const {
        if (words != other.words) return words > other.words;
        for (int i = 0; i < 3; ++i) {
            if (keys[i] != other.keys[i]) return keys[i] < other.keys[i];
        }
        return id < other.id;
    }
};

// What one query reads. Lives as long as the query.
struct Sight {
    const Documents& documents;
    const Columns& columns;
    const Reach& reach;
    Filters filters;
    Order order = Order::best;
};

// One offer as the query sees it, for putting the offers of a product in order.
struct SeenOffer {
    std::uint32_t offer = 0;
    float distance_m = 0;
    std::int64_t price_cents = 0;
    double weight = 0;  // distance factor × availability

    bool is_before(const SeenOffer& other, Order order, const Documents& documents) const;
};

// Counts products and keeps the first ones of the list. Every product is shown to it once.
class Tally {
  public:
    // At most `hits_max` are kept.
    Tally(const Sight& sight, std::size_t hits_max);

    // False when no offer of the product is within reach, whatever the filters.
    bool add(std::uint32_t product, const TextMatch& match);

    std::int64_t total() const { return total_; }
    std::vector<Rank> take_ranks();  // sorted; once
    Facets facets(std::string_view asked_category) const;

  private:
    static constexpr std::size_t kPriceRanges = 5;

    struct Found {
        std::uint32_t offers = 0;  // that pass every filter
        Traits traits = 0;         // that one of them has
        unsigned price_ranges = 0;  // that an offer passing all but the price filter is in
        SeenOffer best;
    };
    void look_at(std::uint32_t offer, std::uint32_t shop, Found& found) const;
    void count(std::uint32_t product, const Found& found);
    void keep(std::uint32_t product, const TextMatch& match, const SeenOffer& best);

    Sight sight_;
    std::size_t hits_max_;
    std::vector<Rank> ranks_;  // a heap once it is full: the last of the list on top
    std::int64_t total_ = 0;
    std::int64_t with_trait_[8] = {};
    std::int64_t in_price_range_[kPriceRanges] = {};
    std::vector<std::int64_t> in_category_;
};

// The offers of a product that pass the filters, the first of them first.
std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product);

}  // namespace emplettes::search
