#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "search/counts.h"
#include "search/filters.h"
#include "search/matches.h"
#include "search/rank.h"
#include "search/reach.h"
#include "search/scratch.h"

namespace emplettes::search {

// What one query reads. Lives as long as the query.
struct Sight {
    const Query& query;
    const Documents& documents;
    const Columns& columns;
    const Reach& reach;
    Filters filters;
    Aside aside;
};

// One offer as the query sees it.
struct SeenOffer {
    std::uint32_t offer = 0;
    std::uint32_t shop = 0;
    std::int32_t price_cents = 0;
    Traits traits = 0;
    std::uint8_t condition = 0;
};

// Counts products and keeps the first ones of the list. Every product is shown to it once.
//
// Products are looked at a batch at a time, those with equally many words together, so that the
// memory of all of them is on its way before the first one is read: what they cost is waiting for
// memory, and guesses at branches that nobody can foresee.
class Tally {
  public:
    // At most `hits_max` ranks are kept. `levels` are its memory and must outlive it.
    Tally(const Sight& sight, std::size_t hits_max, std::vector<Level>& levels);

    // As if nothing had been shown to it; so many words are asked for.
    void begin(std::size_t words);
    void add(std::uint32_t product, const TextMatch& match);
    // The products of a block, which have the only word asked for.
    void add(const BlockProducts& products, std::span<const Impact> impacts, const Source& source,
             Tiles tiles);
    // After all others. Until then the pinned products are left out, like the hidden ones.
    void add_pinned();

    // How many products have at least so many of the words, and an offer within reach, whatever the
    // filters.
    std::int64_t in_reach(std::size_t words);
    // Leaves out products with fewer of the words.
    void need(std::size_t words);
    // Of all products that have enough words.
    Counts& counts();
    std::vector<Rank> take_ranks();  // sorted; once

  private:
    struct OfferKey {
        bool is_maker = false;  // and makers come first
        RankKey key = kLastKey;
        bool comes_before(const OfferKey& other) const {
            return is_maker != other.is_maker ? is_maker : key < other.key;
        }
    };
    // What the best of some offers may be, cheaply known: no offer has more.
    struct Possible {
        float distance_m = std::numeric_limits<float>::infinity();
        std::int32_t price_cents = std::numeric_limits<std::int32_t>::max();
        Traits traits = 0;

        void add(float distance_m_min, const SeenOffer& seen) {
            distance_m = std::min(distance_m, distance_m_min);
            price_cents = std::min(price_cents, seen.price_cents);
            traits |= seen.traits;
        }
    };
    using Places = std::array<std::uint8_t, kBlockPostings>;  // in a batch
    struct Near {
        Places whole;  // products all of whose offers are within reach
        Places some;   // products of which some may be
        std::size_t whole_count = 0;
        std::size_t some_count = 0;
    };

    Rank rank_of(const Batch& batch, std::size_t place, const OfferKey& best) const;
    float exactness_of(const Batch& batch, std::size_t place) const;
    OfferKey key_of(const SeenOffer& seen) const;
    Level& level_of(int words);
    void look_at(Level& level);
    void look_at_all();
    void leave_out_aside(Batch& batch) const;
    void find_near(const Batch& batch, Near& near) const;
    void prefetch_offers(std::uint32_t product) const;
    void take_all(const Batch& batch, Near& near) const;
    void count_whole(Level& level, const Near& near);
    void count_whole_filtered(Level& level, const Near& near);
    void rank_whole(const Batch& batch, const Near& near);
    float text_needed(const Batch& batch) const;
    void count_some(Level& level, std::size_t place);
    void count_names(Counts& counts, std::uint32_t product) const;
    void count_districts(Counts& counts, std::uint32_t product) const;
    Fails fails_of_product(std::uint32_t product) const;
    Possible possible_of(std::uint32_t product) const;
    OfferKey key_of(const Possible& possible) const;
    bool may_be_kept(const Batch& batch, std::size_t place, const OfferKey& best) const;
    void keep_best(const Batch& batch, std::size_t place);

    const Sight& sight_;
    std::size_t hits_max_;
    std::vector<Level>& levels_;
    // Where all offers of a product are within reach, what is known of them together will do.
    bool is_summary_enough_;
    std::size_t words_asked_ = 0;
    std::size_t words_needed_ = 0;
    bool has_aside_;           // some products have to be left out
    std::vector<Rank> ranks_;  // a heap once it is full: the last of the list on top
    Rank last_;                // the last that may be kept
};

// The offers of a product that pass the filters, the first of them first.
std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product);

}  // namespace emplettes::search
