#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "search/columns.h"
#include "search/documents.h"
#include "search/gone.h"
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

// Products that the words have no say about, by number; nearly always none.
struct Aside {
    struct Pin {
        std::uint32_t product = 0;
        int words = 0;  // more than any question has; more of those that come first
    };
    std::vector<Pin> pinned;
    std::vector<std::uint32_t> all;  // the pinned and the hidden ones, ascending
    const Gone* gone = nullptr;      // left out too

    bool is_empty() const { return all.empty() && gone == nullptr; }
    bool has(std::uint32_t product) const;
};
Aside make_aside(const Query& query, const Documents& documents, const Gone* gone);

// What one query reads. Lives as long as the query.
struct Sight {
    const Documents& documents;
    const Columns& columns;
    const Reach& reach;
    Filters filters;
    Order order = Order::best;
    Aside aside = {};
};

// A pinned product has more words than any question: the first one most.
inline constexpr int kPinnedWords = 1 << 16;

// What decides between products with equally many words and typos, or between the offers of one
// product: the lesser comes first. Prices and the bits of floats without a sign, most telling
// first.
using RankKey = std::uint64_t;
inline constexpr RankKey kLastKey = std::numeric_limits<RankKey>::max();

// The place of a product in the list.
struct Rank {
    int words = 0;  // more come first
    int typos = 0;  // fewer come first
    float text = 0;
    float exactness = 1;
    RankKey key = kLastKey;
    std::int64_t id = 0;
    std::uint32_t product = 0;

    bool operator<(const Rank& other) const;
};

// Counts products and keeps the first ones of the list. Every product is shown to it once.
//
// Products are looked at some at a time, so that while one is read the memory of the next ones is
// on its way: what they cost is waiting for memory.
class Tally {
  public:
    // At most `hits_max` are kept.
    Tally(const Sight& sight, std::size_t hits_max);

    // As if nothing had been shown to it.
    void clear();
    void add(std::uint32_t product, const TextMatch& match) {
        waiting_[waiting_count_].product = product;
        waiting_[waiting_count_].match = match;
        __builtin_prefetch(&sight_.documents.products[product]);
        if (++waiting_count_ == kWaitingMax) look_at_waiting();
    }
    bool reaches(std::uint32_t product) const;
    // After all others. Until then the pinned products are left out, like the hidden ones.
    void add_pinned();

    // How many of the products have an offer within reach, whatever the filters; beyond
    // kRanking.hits_enough perhaps fewer.
    std::int64_t in_reach();
    std::int64_t total();
    std::vector<Rank> take_ranks();  // sorted; once
    Facets facets(std::string_view asked_category);

  private:
    static constexpr std::size_t kPriceRangeSets = 32;
    static constexpr std::size_t kWaitingMax = 64;
    static constexpr std::size_t kSeenMax = 256;

    struct Waiting {
        std::uint32_t product = 0;
        TextMatch match;
    };
    // One that waits and may be within reach, and what is found out about it.
    struct Near {
        std::uint32_t waiting = 0;
        std::uint32_t category = 0;
        std::uint32_t title_words = 0;
        NumberRange offers;
        RankKey key = kLastKey;          // of the first offer
        std::uint32_t in_reach = 0;      // offers, whatever the filters
        std::uint32_t passing = 0;       // offers in reach that pass every filter
        std::uint32_t price_ranges = 0;  // that an offer passing all but the price filter is in
        std::uint32_t traits = 0;        // that an offer passing every filter has
    };
    struct SeenNear {
        std::uint32_t near = 0;
        std::uint32_t offer = 0;
    };
    void look_at_waiting();
    void leave_out_aside();
    std::size_t find_near();
    void look_at_offers(std::size_t count);
    void look_at(const OfferCell& offer, Near& product) const;
    void count(const Near& product);
    bool may_be_kept(const TextMatch& match, RankKey key) const;
    void keep(const Waiting& product, float exactness, RankKey key);

    const Sight sight_;
    std::size_t hits_max_;
    bool has_aside_;  // some that wait may have to be left out
    std::array<Waiting, kWaitingMax> waiting_;
    std::size_t waiting_count_ = 0;
    std::array<Near, kWaitingMax + 1> near_;  // and one that is never looked at
    std::size_t near_count_ = 0;
    std::array<SeenNear, kSeenMax> seen_;
    std::int64_t in_reach_ = 0;
    std::vector<Rank> ranks_;  // a heap once it is full: the last of the list on top
    Rank last_;                // the last that may be kept
    std::int64_t with_traits_[kTraitSets] = {};
    std::int64_t in_price_ranges_[kPriceRangeSets] = {};
    std::vector<std::int64_t> in_category_;
};

// One offer as the query sees it.
struct SeenOffer {
    std::uint32_t offer = 0;
    float distance_m = 0;
    std::int32_t price_cents = 0;
    Traits traits = 0;

    float weight() const { return offer_weight(distance_m, traits); }
};

// The offers of a product that pass the filters, the first of them first.
std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product);

}  // namespace emplettes::search
