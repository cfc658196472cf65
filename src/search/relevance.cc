#include "search/relevance.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace emplettes::search {
namespace {

// Of grades in the order of a list.
double discounted_gain(const std::vector<int>& grades) {
    double gain = 0;
    for (std::size_t i = 0; i < std::min(grades.size(), kJudgedResults); ++i)
        gain += (std::exp2(grades[i]) - 1) / std::log2(static_cast<double>(i) + 2);
    return gain;
}

}  // namespace

std::optional<double> ndcg(std::span<const ProductId> results, const Grades& grades,
                           Unjudged unjudged) {
    std::vector<int> best;
    for (const auto& [product, grade] : grades) best.push_back(grade);
    std::sort(best.begin(), best.end(), std::greater<>());
    const double best_gain = discounted_gain(best);
    if (best_gain == 0) return std::nullopt;
    std::vector<int> found;
    for (const ProductId product : results) {
        const auto grade = grades.find(product);
        if (grade != grades.end())
            found.push_back(grade->second);
        else if (unjudged == Unjudged::wrong)
            found.push_back(0);
    }
    return discounted_gain(found) / best_gain;
}

std::size_t judged(std::span<const ProductId> results, const Grades& grades) {
    const auto seen = results.first(std::min(results.size(), kJudgedResults));
    return static_cast<std::size_t>(std::count_if(
        seen.begin(), seen.end(), [&](ProductId product) { return grades.contains(product); }));
}

std::optional<std::size_t> place_of(std::span<const ProductId> results, const Grades& wanted) {
    const auto found = std::find_if(results.begin(), results.end(), [&](ProductId product) {
        const auto grade = wanted.find(product);
        return grade != wanted.end() && grade->second > 0;
    });
    if (found == results.end()) return std::nullopt;
    return static_cast<std::size_t>(found - results.begin()) + 1;
}

}  // namespace emplettes::search
