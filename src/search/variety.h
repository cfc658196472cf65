#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "search/rank.h"

namespace emplettes::search {

// A product as it is shown.
struct Shown {
    std::size_t rank = 0;   // which of the ranks
    bool is_early = false;  // before products with a better rank, so that more shops are seen
};

// The best products of a list, sorted; `is_all`: there are no others behind them.
struct Ranking {
    std::vector<Rank> ranks;
    bool is_all = true;
};

// The first `count` products as they are ranked.
std::vector<Shown> as_ranked(const Ranking& ranking, std::size_t count);

// The first `count` products of a list where the best come first, so that no shop fills it: of
// kRanking.shop_hits_among hits in a row at most kRanking.shop_hits_max have their first offer in
// the same shop, as long as one of the next kRanking.variety_window products is from another shop,
// has as many words and typos, and no less than kRanking.variety_score of the score.
//
// What is shown at a place depends on the ranks up to the window behind it alone, so pages follow
// each other without a gap. Nothing when too few ranks are known to decide; with as many more than
// `count` as the window has there is always an answer.
std::optional<std::vector<Shown>> with_variety(const Ranking& ranking, std::size_t count);

}  // namespace emplettes::search
