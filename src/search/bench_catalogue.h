#pragma once
#include <cstdint>
#include <vector>

#include "search/index.h"

namespace emplettes::search {

struct BenchSize {
    std::size_t products = 500'000;
    std::size_t shops = 60'000;
    std::size_t offers = 1'000'000;  // at least as many as products
};

// A made-up city of some ten kilometres with made-up shops and goods: hand-written nouns, invented
// French-sounding words drawn by Zipf's law, elisions, model codes, sizes; few products in many
// shops, most in one or two; 15 % out of stock. The same for the same size and seed.
Catalogue make_bench_catalogue(const BenchSize& size, std::uint64_t seed);

enum class BenchCase { one_word, two_words, prefix, typo };
enum class BenchReach { near_2km, whole_city };

struct BenchQueries {
    BenchCase kind = BenchCase::one_word;
    BenchReach reach = BenchReach::near_2km;
    std::size_t count = 200;
};

// Within 2 km, the nearest first; or the best of the whole city.
void set_reach(Query& query, BenchReach reach);

// Questions about that catalogue, each asked near one of its shops: a quarter of the words in the
// other number, two fifths without accents; `typo`: one word with a letter missing, doubled,
// changed or swapped. near_2km asks for the nearest 20, whole_city for the best 20. The same texts
// and places for both reaches.
std::vector<Query> make_bench_queries(const Catalogue& catalogue, const BenchQueries& queries,
                                      std::uint64_t seed);

}  // namespace emplettes::search
