#pragma once
#include <cstddef>

namespace emplettes::search {

// The constants that rank, in one place: the engine computes with them, the page "how results are
// ranked" prints them, and nothing else ranks.
//
// First come the products that have more of the words asked for, then those with fewer typos
// between these words and theirs. Among equals the score decides:
//   text: the mean over the words asked of the weight of the best field that has the word, times
//     what the factors below say; a rare word counts for more in this mean than one that many
//     products have. Then times 1 + closeness_bonus × how well the title keeps neighbouring words
//     together: fully when the second stands right behind the first, half when one word is between
//     them or they stand in the other order;
//   exactness: 1 + exactness_bonus × the share of the title that was asked for, in words;
//   distance: pivot / (pivot + distance);   availability: in stock, open, in doubt, none.
// Articles and the like ("de", "la", "and") count nowhere. Equal scores: the better text, then
// the title that is what was asked, word for word, then the smaller product id. No shop fills the
// list: see shop_hits_max. Nearest and cheapest first put the distance, or the price and then the
// distance, in the place of the score.
struct RankingConstants {
    double distance_pivot_m = 800;  // at this distance a result weighs half
    double in_stock_open = 1.0;     // availability factors
    double in_stock_closed = 0.8;
    double stock_in_doubt = 0.5;  // there were some when the shop last said so, long ago
    double out_of_stock = 0.3;
    double title_weight = 4;
    double maker_weight = 3.5;
    double category_weight = 3;
    double description_weight = 2;
    double said_twice_bonus = 0.1;  // by the title and the category, or twice by the title
    double late_in_title = 0.03;    // so much less at the late_words-th word and further back
    double late_words = 8;
    double other_form_factor = 0.9;     // plural asked, singular found, or the other way round
    double prefix_factor = 0.5;         // the word asked only begins the word found
    double synonym_factor = 0.65;       // another name of what is asked for
    double unlikely_typo_factor = 0.8;  // a wrong first letter, or a letter far from the right one
    double rarity_bonus = 1;            // of a word that is ten times as rare, in the mean
    double closeness_bonus = 0.1;
    double exactness_bonus = 0.75;
    // One typo is forgiven in words of so many letters, two from so many.
    std::size_t one_typo_letters = 4;
    std::size_t two_typos_letters = 8;
    // Fewer products in reach with all words: every word may be a near one that at least as many
    // products have in title or maker (a word that many have is surely right), and if that does not
    // help, some words may be missing.
    int hits_enough = 5;
    // Otherwise typos are forgiven where nobody has the word asked, and where a word near it is in
    // the title or maker of so many times as many products (and that one on no more than so many):
    // exact hits must not hide what was meant.
    std::size_t rare_word_products_max = 8;
    std::size_t far_more_products = 20;
    // A word that no more products have: "did you mean" may propose another.
    std::size_t hardly_known_products_max = 2;
    // A last word with fewer letters is hardly begun: no product is found for it alone when other
    // words were asked for.
    std::size_t telling_prefix_letters = 3;
    // Where the best come first, so many hits among so many in a row may be from one shop, as long
    // as one of so many that follow is from another, with as many words and typos and no less than
    // this share of the score.
    std::size_t shop_hits_max = 3;
    std::size_t shop_hits_among = 10;
    std::size_t variety_window = 200;
    double variety_score = 0.5;
};
inline constexpr RankingConstants kRanking;

}  // namespace emplettes::search
