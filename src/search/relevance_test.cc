#include "search/relevance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace emplettes::search {
namespace {

const Grades kGrades = {{ProductId{1}, 3}, {ProductId{2}, 0}, {ProductId{3}, 1}};

std::vector<ProductId> list(std::initializer_list<std::int64_t> ids) {
    std::vector<ProductId> products;
    for (const std::int64_t id : ids) products.push_back(ProductId{id});
    return products;
}

TEST(Relevance, TheBestOrderIsOne) {
    EXPECT_DOUBLE_EQ(*ndcg(list({1, 3, 2}), kGrades, Unjudged::wrong), 1);
    EXPECT_DOUBLE_EQ(*ndcg(list({}), kGrades, Unjudged::wrong), 0);
}

TEST(Relevance, IsTheFormula) {
    const double best = 7 + 1 / std::log2(3);
    EXPECT_DOUBLE_EQ(*ndcg(list({2, 3, 1}), kGrades, Unjudged::wrong),
                     (1 / std::log2(3) + 7 / std::log2(4)) / best);
}

TEST(Relevance, ProductsNobodyJudgedAreWrongOrLeftOut) {
    EXPECT_DOUBLE_EQ(*ndcg(list({9, 1, 3}), kGrades, Unjudged::left_out), 1);
    EXPECT_LT(*ndcg(list({9, 1, 3}), kGrades, Unjudged::wrong), 0.8);
    EXPECT_EQ(judged(list({9, 1, 3}), kGrades), 2U);
}

TEST(Relevance, OnlyTenAreLookedAt) {
    const auto eleven = list({20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 1});
    EXPECT_DOUBLE_EQ(*ndcg(eleven, kGrades, Unjudged::wrong), 0);
    EXPECT_EQ(judged(eleven, kGrades), 0U);
    EXPECT_EQ(place_of(eleven, kGrades), 11U);
}

TEST(Relevance, WithNothingToFindThereIsNothingToMeasure) {
    EXPECT_EQ(ndcg(list({2}), {{ProductId{2}, 0}}, Unjudged::wrong), std::nullopt);
    EXPECT_EQ(place_of(list({2, 9}), kGrades), std::nullopt);
}

}  // namespace
}  // namespace emplettes::search
