#include "catalogue/stock_age.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::days;
using std::chrono::hours;

Stock of(StockSource source, Instant confirmed_at) {
    return {.quantity = 1, .source = source, .confirmed_at = confirmed_at};
}

StockTrust after(StockSource source, std::chrono::seconds age) {
    return trust(of(source, kNoon), {}, kNoon + age);
}

TEST(StockAge, EachSourceIsBelievedForItsTime) {
    EXPECT_EQ(after(StockSource::till, days{1}), StockTrust::fresh);
    EXPECT_EQ(after(StockSource::till, days{1} + hours{1}), StockTrust::doubtful);
    EXPECT_EQ(after(StockSource::feed, days{2}), StockTrust::fresh);
    EXPECT_EQ(after(StockSource::feed, days{2} + hours{1}), StockTrust::doubtful);
    EXPECT_EQ(after(StockSource::hand, days{7}), StockTrust::fresh);
    EXPECT_EQ(after(StockSource::hand, days{7} + hours{1}), StockTrust::doubtful);
    EXPECT_EQ(after(StockSource::import, days{7}), StockTrust::fresh);
    EXPECT_EQ(after(StockSource::import, days{7} + hours{1}), StockTrust::doubtful);
}

TEST(StockAge, ThenTheShopIsAskedAndThenItIsHidden) {
    EXPECT_EQ(after(StockSource::till, days{22}), StockTrust::doubtful);
    EXPECT_EQ(after(StockSource::till, days{22} + hours{1}), StockTrust::hidden);
    EXPECT_EQ(after(StockSource::hand, days{28} + hours{1}), StockTrust::hidden);
}

TEST(StockAge, ADemonstrationDoesNotAge) {
    EXPECT_EQ(after(StockSource::demo, days{10'000}), StockTrust::fresh);
}

TEST(StockAge, HasOneAnswerWithinAnHour) {
    const Stock stock = of(StockSource::till, kNoon);
    const Instant hour = kNoon + days{1} + hours{1};
    EXPECT_EQ(trust(stock, {}, hour - std::chrono::seconds{1}), StockTrust::fresh);
    EXPECT_EQ(trust(stock, {}, hour), StockTrust::doubtful);
}

TEST(StockAge, WhatIsToldOfTheFutureIsFresh) {
    EXPECT_EQ(after(StockSource::till, -days{3}), StockTrust::fresh);
}

rc::Gen<StockRules> some_rules() {
    const auto some_days = [] {
        return rc::gen::map(rc::gen::inRange(1, 40), [](int number) { return days{number}; });
    };
    return rc::gen::build<StockRules>(rc::gen::set(&StockRules::till, some_days()),
                                      rc::gen::set(&StockRules::feed, some_days()),
                                      rc::gen::set(&StockRules::hand, some_days()),
                                      rc::gen::set(&StockRules::import, some_days()),
                                      rc::gen::set(&StockRules::ask, some_days()));
}

RC_GTEST_PROP(StockAge, TrustOnlyFalls, ()) {
    const StockRules rules = *some_rules();
    const auto source = static_cast<StockSource>(*rc::gen::inRange(0, 5));
    const Stock stock = of(source, kNoon + hours{*rc::gen::inRange(-2'000, 2'000)});
    const Instant early = kNoon + std::chrono::minutes{*rc::gen::inRange(-100'000, 100'000)};
    const Instant late = early + std::chrono::minutes{*rc::gen::inRange(0, 100'000)};
    RC_ASSERT(trust(stock, rules, early) <= trust(stock, rules, late));
}

RC_GTEST_PROP(StockAge, OneAndManyAgree, ()) {
    const StockRules rules = *some_rules();
    const auto source = static_cast<StockSource>(*rc::gen::inRange(0, 5));
    const Stock stock = of(source, kNoon + hours{*rc::gen::inRange(-2'000, 2'000)});
    const auto number = static_cast<std::size_t>(source);
    const StockTrust one = trust(stock, rules, kNoon);
    RC_ASSERT((one != StockTrust::fresh) ==
              (stock.confirmed_at < stock_lines(rules, kNoon).doubtful[number]));
    RC_ASSERT((one == StockTrust::hidden) ==
              (stock.confirmed_at < stock_lines(rules, kNoon).hidden[number]));
    RC_ASSERT(source != StockSource::demo || one == StockTrust::fresh);
}

}  // namespace
}  // namespace emplettes::catalogue
