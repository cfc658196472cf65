#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "search/rank.h"

namespace emplettes::search {

// A product as it is shown.
struct Shown {
    std::size_t rank = 0;   // which of the ranks
    bool is_early = false;  // before products with a better rank, so that more shops are seen
};

// The first `count` products of a list where the best come first, so that no shop fills it: of
// kRanking.shop_hits_among hits in a row at most kRanking.shop_hits_max have their first offer in
// the same shop, as long as one of the next kRanking.variety_window products is from another shop,
// has as many words and typos, and no less than kRanking.variety_score of the score.
//
// What is shown at a place depends on the ranks up to the window behind it alone: `ranks`, sorted,
// has that many more than are shown, or all. So pages follow each other without a gap.
std::vector<Shown> with_variety(std::span<const Rank> ranks, std::size_t count);

}  // namespace emplettes::search
