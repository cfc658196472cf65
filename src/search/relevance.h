#pragma once
#include <map>
#include <optional>
#include <span>

#include "base/id.h"

namespace emplettes::search {

// How good a list of results is, by what people judged.

inline constexpr std::size_t kJudgedResults = 10;  // what people look at

// Grades of one question, 0 (wrong) to 3 (perfect). A product without a grade was not judged.
using Grades = std::map<ProductId, int>;

// What becomes of products that nobody judged: wrong, or as if they were not in the list.
enum class Unjudged { wrong, left_out };

// Normalised discounted cumulative gain of the first ten results: 1 is the best order possible
// (Järvelin and Kekäläinen, TOIS 20(4), 2002), with gain 2^grade - 1 (Burges et al., ICML 2005).
// None when no product has a grade above 0: there is nothing to find.
std::optional<double> ndcg(std::span<const ProductId> results, const Grades& grades,
                           Unjudged unjudged);

// How many of the first ten were judged.
std::size_t judged(std::span<const ProductId> results, const Grades& grades);

// The place of the first result that is one of those looked for, from 1; none when none is.
std::optional<std::size_t> place_of(std::span<const ProductId> results, const Grades& wanted);

}  // namespace emplettes::search
