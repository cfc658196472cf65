#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "search/rank.h"
#include "search/scratch.h"
#include "search/sight.h"

namespace emplettes::search {

// What the best of some offers may be, cheaply known: no offer has more.
struct PossibleOffer {
    float distance_m = std::numeric_limits<float>::infinity();
    std::int32_t price_cents = std::numeric_limits<std::int32_t>::max();
    Traits traits = 0;

    void add(float distance_m_min, const SeenOffer& seen) {
        distance_m = std::min(distance_m, distance_m_min);
        price_cents = std::min(price_cents, seen.price_cents);
        traits |= seen.traits;
    }
};

// The first products of the list, each by its best offer, of all documents that are shown to it.
class BestProducts {
  public:
    // At most `count`. The memory, which says of a product that it is kMetRanked, must outlive it.
    BestProducts(const Sight& sight, std::size_t count, TallyMemory& memory);

    void clear();
    // What a document must have to be among the first. A lesser text will do with fewer typos.
    struct Needed {
        float text = 0;
        int typos = 0;
        bool is_met(float of_text, int of_typos) const {
            return of_text >= text || of_typos < typos;
        }
    };
    Needed needed(const Batch& batch) const;
    // Whether one of the documents may be among the first, which have the only word asked for.
    bool may_have(const std::uint32_t* documents, std::span<const Impact> impacts,
                  const Source& source) const;
    // These places of the batch: all offers of the documents are within reach and pass the filters.
    // Not for orders that ask for the price.
    void add(const Batch& batch, std::span<const std::uint8_t> places);
    // One place of it; `possible` is what its offers that pass the filters promise.
    void add(const Batch& batch, std::size_t place, const PossibleOffer& possible);
    // Leaves out products with fewer of the words.
    void need(std::size_t words);
    std::vector<Rank> take();  // sorted; once

  private:
    struct OfferKey {
        bool is_maker = false;  // and makers come first
        RankKey key = kLastKey;
    };
    Rank rank_of(const Batch& batch, std::size_t place, const OfferKey& best) const;
    float exactness_of(const Batch& batch, std::size_t place) const;
    OfferKey key_of(const SeenOffer& seen) const;
    OfferKey key_of(const PossibleOffer& possible) const;
    PossibleOffer possible_of(const DocumentCell& cell) const;
    Needed needed(int words, std::uint32_t first, std::uint32_t last) const;
    bool may_be_kept(const Batch& batch, std::size_t place, const OfferKey& best) const;
    void keep_best(const Batch& batch, std::size_t place);
    bool is_kept_already(const Rank& rank);

    const Sight& sight_;
    std::size_t count_;
    TallyMemory& memory_;
    std::vector<Rank> ranks_;  // a heap once it is full: the last of the list on top
    Rank last_;                // the last that may be kept
};

}  // namespace emplettes::search
