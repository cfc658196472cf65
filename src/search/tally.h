#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "search/best_products.h"
#include "search/counts.h"
#include "search/scratch.h"
#include "search/sight.h"
#include "search/text_match.h"

namespace emplettes::search {

// Counts products and keeps the first ones of the list. Every document is shown to it once, all
// those of a product with equally many words. What a product with several documents adds to the
// counts is known at the end: until then it is put together in the memory.
//
// Documents are looked at a batch at a time, those with equally many words together, so that the
// memory of all of them is on its way before the first one is read: what they cost is waiting for
// memory, and guesses at branches that nobody can foresee.
class Tally {
  public:
    // At most `hits_max` ranks are kept. The memory must outlive it.
    Tally(const Sight& sight, std::size_t hits_max, TallyMemory& memory);
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;
    ~Tally() { forget(); }

    // As if nothing had been shown to it; so many words are asked for.
    void begin(std::size_t words);
    // What comes from now on is from these shops, ascending.
    void enter(const Reach::Stretch& stretch);
    void add(std::uint32_t document, const TextMatch& match);
    // The documents of a block, which have the only word asked for.
    void add(const std::uint32_t* documents, std::span<const Impact> impacts, const Source& source);
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
    using Places = std::array<std::uint8_t, kBlockPostings>;  // in a batch
    struct Near {
        Places places;
        std::size_t count = 0;
        std::span<const std::uint8_t> all() const { return std::span(places).first(count); }
    };

    Level& level_of(int words);
    void look_at(Level& level);
    void look_at_all();
    void forget();
    template <typename F>
    void leave_out(Batch& batch, F&& is_left_out) const;
    void leave_out_followers(Batch& batch) const;
    void prefetch(const Batch& batch) const;
    void count_batch(Level& level);
    Near find_near(const Batch& batch) const;
    void count_summaries(Level& level, const Near& near);
    void count_summaries_filtered(Level& level, const Near& near);
    void count_offers(Level& level, const Near& near);
    void count_alone(Level& level, std::span<const std::uint8_t> places);
    void count_shared(Level& level, std::span<const std::uint8_t> places);
    void count_offers_of(Level& level, std::size_t place);
    void count(Level& level, std::uint32_t document, Met met);
    void put_together(Level& level, const DocumentCell& cell, Met met);
    void count_product(Counts& counts, const OpenProduct& product, Met met) const;
    void count_districts(Counts& counts, std::uint32_t document) const;
    void count_open(Level& level);
    Met summarised(const DocumentCell& cell, std::uint32_t document) const;
    Fails fails_of_product(const DocumentCell& cell) const;

    const Sight& sight_;
    BestProducts best_;
    TallyMemory& memory_;
    // What is known of all offers of a document together will do.
    bool is_summary_enough_;
    // And all documents of every product are within reach.
    bool is_everywhere_;
    bool is_whole_ = false;  // all shops of this stretch are within reach
    std::size_t words_asked_ = 0;
    std::size_t words_needed_ = 0;
    bool has_aside_;  // some products have to be left out
};

}  // namespace emplettes::search
