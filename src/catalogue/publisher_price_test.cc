#include "catalogue/publisher_price.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::optional<LocalDay> nth(int number) { return LocalDay{std::chrono::days{number}}; }

TEST(PublisherPrices, ADatedPriceInterruptsTheOthers) {
    const Money usual{699};
    const Money campaign{299};
    EXPECT_THAT(publisher_price_periods({{usual, {}, {}}, {campaign, nth(100), nth(113)}}),
                ElementsAre(PublisherPrice{usual, {}, nth(99)},
                            PublisherPrice{campaign, nth(100), nth(113)},
                            PublisherPrice{usual, nth(114), {}}));
}

TEST(PublisherPrices, OfTwoThatBeginTogetherTheShorterThenTheLaterOne) {
    EXPECT_THAT(
        publisher_price_periods({{Money{1}, {}, nth(5)}, {Money{2}, {}, {}}}),
        ElementsAre(PublisherPrice{Money{1}, {}, nth(5)}, PublisherPrice{Money{2}, nth(6), {}}));
    EXPECT_THAT(publisher_price_periods({{Money{1}, {}, {}}, {Money{2}, {}, {}}}),
                ElementsAre(PublisherPrice{Money{2}, {}, {}}));
}

TEST(PublisherPrices, WhatEndsBeforeItBeginsIsNothing) {
    EXPECT_THAT(publisher_price_periods({{Money{1}, nth(5), nth(4)}}), IsEmpty());
    EXPECT_THAT(publisher_price_periods({{Money{1}, {}, nth(-1)}}), IsEmpty());
    EXPECT_THAT(publisher_price_periods({{Money{1}, {}, nth(0)}}), IsEmpty());
    EXPECT_THAT(publisher_price_periods({}), IsEmpty());
}

TEST(PublisherPrices, TwoPeriodsOfOnePriceAreOne) {
    EXPECT_THAT(publisher_price_periods({{Money{5}, nth(1), nth(9)}, {Money{5}, nth(10), {}}}),
                ElementsAre(PublisherPrice{Money{5}, nth(1), {}}));
}

TEST(PublisherPrices, KeepsABoundedNumber) {
    std::vector<PublisherPrice> many;
    for (int i = 1; i <= 2 * static_cast<int>(kPublisherPricesMax); ++i)
        many.push_back({.price = Money{1000 + i}, .from = nth(i)});
    EXPECT_THAT(publisher_price_periods(many), SizeIs(kPublisherPricesMax));
}

rc::Gen<std::optional<LocalDay>> some_day() {
    return rc::gen::map(rc::gen::inRange(-1, 30), [](int number) {
        return number < 0 ? std::optional<LocalDay>() : nth(number);
    });
}

// What counts on a day, by the words of the header.
std::optional<Money> counting_on(const std::vector<PublisherPrice>& told, LocalDay day) {
    std::optional<Money> best;
    std::pair<LocalDay, LocalDay> rank;  // later is better, sooner is better
    for (const PublisherPrice& price : told) {
        const LocalDay from = price.from.value_or(LocalDay{});
        const LocalDay until = price.until.value_or(LocalDay::max());
        if (until == LocalDay{} || day < from || until < day) continue;
        if (best && (from < rank.first || (from == rank.first && until > rank.second))) continue;
        best = price.price;
        rank = {from, until};
    }
    return best;
}

RC_GTEST_PROP(PublisherPrices, ArePeriodsOfWhatCountsEachDay, ()) {
    std::vector<PublisherPrice> told;
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i)
        told.push_back(
            {.price = Money{*rc::gen::inRange(1, 4)}, .from = *some_day(), .until = *some_day()});
    const auto periods = publisher_price_periods(told);
    for (int number = 1; number < 40; ++number) {
        const LocalDay day = *nth(number);
        const auto holds = [&](const PublisherPrice& period) {
            return period.from.value_or(LocalDay{}) <= day &&
                   day <= period.until.value_or(LocalDay::max());
        };
        RC_ASSERT(std::ranges::count_if(periods, holds) <= 1);
        const auto found = std::ranges::find_if(periods, holds);
        const auto price =
            found == periods.end() ? std::optional<Money>() : std::optional(found->price);
        RC_ASSERT(price == counting_on(told, day));
        RC_ASSERT(price == price_on(periods, day));
    }
    RC_ASSERT(publisher_price_periods(periods) == periods);
}

}  // namespace
}  // namespace emplettes::catalogue
