#include "search/variety.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "search/ranking.h"

namespace emplettes::search {
namespace {

Rank rank_of(std::uint32_t shop, float score, int words = 1) {
    return {.words = words, .key = descending(score), .shop = shop};
}

std::vector<std::uint32_t> shops_shown(const std::vector<Rank>& ranks) {
    std::vector<std::uint32_t> shops;
    const auto all = with_variety({.ranks = ranks}, ranks.size());
    for (const Shown& shown : *all) shops.push_back(ranks[shown.rank].shop);
    return shops;
}

using Shops = std::vector<std::uint32_t>;

TEST(Variety, AShopWithTheBestDoesNotFillTheList) {
    std::vector<Rank> ranks(6, rank_of(1, 1.0F));
    for (const std::uint32_t shop : {2U, 3U, 2U}) ranks.push_back(rank_of(shop, 0.8F));
    EXPECT_EQ(shops_shown(ranks), (Shops{1, 1, 1, 2, 3, 2, 1, 1, 1}));
}

TEST(Variety, SaysWhatCameEarly) {
    std::vector<Rank> ranks(4, rank_of(1, 1.0F));
    ranks.push_back(rank_of(2, 0.8F));
    const auto shown = *with_variety({.ranks = ranks}, ranks.size());
    ASSERT_EQ(shown.size(), 5U);
    EXPECT_FALSE(shown[2].is_early);
    EXPECT_TRUE(shown[3].is_early);
    EXPECT_EQ(shown[3].rank, 4U);
    EXPECT_FALSE(shown[4].is_early);
}

TEST(Variety, NothingMuchWorseComesEarly) {
    std::vector<Rank> ranks(5, rank_of(1, 1.0F));
    ranks.push_back(rank_of(2, 0.49F));
    EXPECT_EQ(shops_shown(ranks), (Shops{1, 1, 1, 1, 1, 2}));
    ranks.back() = rank_of(2, 0.5F);
    EXPECT_EQ(shops_shown(ranks), (Shops{1, 1, 1, 2, 1, 1}));
}

TEST(Variety, FewerWordsStayBehind) {
    std::vector<Rank> ranks(5, rank_of(1, 1.0F, 2));
    ranks.push_back(rank_of(2, 1.0F, 1));
    EXPECT_EQ(shops_shown(ranks), (Shops{1, 1, 1, 1, 1, 2}));
}

TEST(Variety, TheTenthHitMayBeOfTheShopAgain) {
    std::vector<Rank> ranks(4, rank_of(1, 1.0F));
    for (std::uint32_t shop = 2; shop < 12; ++shop) ranks.push_back(rank_of(shop, 0.9F));
    EXPECT_EQ(shops_shown(ranks), (Shops{1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 1, 9, 10, 11}));
}

std::vector<Rank> random_ranks() {
    const auto shops = *rc::gen::inRange<std::uint32_t>(1, 6);
    auto ranks = *rc::gen::container<std::vector<Rank>>(
        rc::gen::map(rc::gen::tuple(rc::gen::inRange<std::uint32_t>(0, shops),
                                    rc::gen::inRange(1, 100), rc::gen::inRange(1, 3)),
                     [](const auto& made) {
                         const auto [shop, percent, words] = made;
                         return rank_of(shop, static_cast<float>(percent) / 100, words);
                     }));
    std::sort(ranks.begin(), ranks.end());
    return ranks;
}

RC_GTEST_PROP(Variety, ShowsEverythingOnce, ()) {
    const auto ranks = random_ranks();
    std::vector<bool> seen(ranks.size());
    const auto shown = *with_variety({.ranks = ranks}, ranks.size() + 3);
    RC_ASSERT(shown.size() == ranks.size());
    for (const Shown& one : shown) {
        RC_ASSERT(!seen[one.rank]);
        seen[one.rank] = true;
    }
}

// What comes first does not depend on how much is shown, nor on how many ranks are known: there is
// the same answer, or none.
RC_GTEST_PROP(Variety, PagesFollowEachOther, ()) {
    const auto ranks = random_ranks();
    const auto all = *with_variety({.ranks = ranks}, ranks.size());
    const auto known = *rc::gen::inRange<std::size_t>(0, ranks.size() + 1);
    const auto count = *rc::gen::inRange<std::size_t>(0, known + 1);
    const Ranking some{.ranks = {ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(known)},
                       .is_all = known == ranks.size()};
    const auto first = with_variety(some, count);
    RC_CLASSIFY(first.has_value());
    if (!first) {
        RC_ASSERT(!some.is_all && known < count + kRanking.variety_window);
        return;
    }
    RC_ASSERT(first->size() == count);
    for (std::size_t i = 0; i < count; ++i) {
        RC_ASSERT((*first)[i].rank == all[i].rank);
        RC_ASSERT((*first)[i].is_early == all[i].is_early);
    }
}

TEST(Variety, TheLastOfTheWindowIsSeenAndNoneBehindIt) {
    const std::size_t window = kRanking.variety_window;
    for (const std::size_t behind : {window, window + 1}) {
        Ranking ranking{.ranks = std::vector<Rank>(3 + behind, rank_of(1, 1.0F))};
        ranking.ranks.push_back(rank_of(2, 0.8F));
        const auto shown = with_variety(ranking, 4);
        ASSERT_TRUE(shown.has_value());
        EXPECT_EQ((*shown)[3].is_early, behind == window);
    }
}

}  // namespace
}  // namespace emplettes::search
