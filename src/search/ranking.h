#pragma once
#include <cstddef>

namespace emplettes::search {

// The constants that rank, in one place: the engine computes with them, the page "how results are
// ranked" prints them, and nothing else ranks.
//
// First come the products that have more of the words asked for, then those with fewer typos
// between these words and theirs. Among equals the score decides:
//   text: the mean over the words asked of the weight of the best field that has the word, times
//     what the factors below say, times 1 + closeness_bonus × the share of neighbouring words that
//     stand within two words of each other in the title;
//   distance: pivot / (pivot + distance);   availability: in stock, open or neither.
// Equal scores: the better text, then the smaller product id. Nearest and cheapest first put the
// distance, or the price and then the distance, in the place of the score.
struct RankingConstants {
    double distance_pivot_m = 800;  // at this distance a result weighs half
    double in_stock_open = 1.0;     // availability factors
    double in_stock_closed = 0.8;
    double out_of_stock = 0.3;
    double title_weight = 4;
    double maker_weight = 3;
    double category_weight = 2;
    double description_weight = 1;
    double title_length_factors[4] = {1.0, 0.95, 0.9, 0.8};  // titles up to 2, 4, 8, more words
    double other_form_factor = 0.95;  // plural asked, singular found, or the other way round
    double prefix_factor = 0.6;       // the word asked only begins the word found
    double closeness_bonus = 0.25;
    // One typo is forgiven in words of so many letters, two from so many.
    std::size_t one_typo_letters = 4;
    std::size_t two_typos_letters = 8;
    // Fewer products in reach with all words: typos are forgiven in every word, and if that does
    // not help, some words may be missing.
    int hits_enough = 5;
    // Otherwise typos are forgiven where nobody has the word asked, and where a word near it is on
    // so many times as many products (and that one on no more than so many): exact hits must not
    // hide what was meant.
    std::size_t rare_word_products_max = 8;
    std::size_t far_more_products = 20;
};
inline constexpr RankingConstants kRanking;

}  // namespace emplettes::search
