#pragma once
#include <cstdint>
#include <span>

#include "search/segment.h"
#include "search/sight.h"
#include "search/tally.h"

namespace emplettes::search {

// What of a query is the same for all segments.
struct Asking {
    const Query& query;
    std::size_t ranks_max;  // how many products are ranked
};

// One segment while a query is answered. What it refers to must outlive it.
struct SegmentSearch {
    // `gone` may be null.
    SegmentSearch(const Segment& of, const Gone* gone, const Asking& asking, const Reach& reach,
                  TallyMemory& memory);

    // Shows the tally what there is within reach: all of it, what has all of the words, or some of
    // them, one of the `telling` ones (telling_words) among them.
    void show_all();
    void show_with_all(std::span<const PlannedWord> words);
    void show_with_some(std::span<const PlannedWord> words, std::uint32_t telling);

    const Segment& segment;
    const Sight sight;
    Tally tally;

  private:
    // Calls f(documents) for the segment's part of each stretch of shops that may be within reach.
    template <typename F>
    void for_each_stretch(F f);
    void show_blocks_with(const PlannedWord& word);
};

}  // namespace emplettes::search
