#include "catalogue/feed_pace.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart = instant_from_unix(1'790'000'000);

TEST(FeedPace, IsAsTheKeeperWishesAndSlowsDownWithFailures) {
    EXPECT_EQ(next_reading({.every = 24h}, kStart), kStart + 24h);
    const std::chrono::minutes waits[] = {5min, 10min, 20min, 40min, 60min, 60min};
    for (int failures = 1; failures <= 6; ++failures)
        EXPECT_EQ(next_reading({.every = 24h, .failures = failures}, kStart),
                  kStart + waits[failures - 1]);
    EXPECT_EQ(next_reading({.every = 15min, .failures = 9}, kStart), kStart + 15min);
    EXPECT_EQ(next_reading({.every = 24h, .failures = 1'000'000}, kStart), kStart + 1h);
}

// A server that is away costs its feed nothing but age: it is asked a few times, and read within an
// hour of its return.
RC_GTEST_PROP(FeedPace, OutlastsAnOutage, ()) {
    const std::chrono::seconds every{*rc::gen::inRange(300, 7 * 86'400)};
    const std::chrono::seconds outage{*rc::gen::inRange(1, 4 * 3'600)};
    FeedPace pace{.every = every};
    Instant now = kStart;
    while (now < kStart + outage) {
        ++pace.failures;
        now = next_reading(pace, now);
    }
    RC_ASSERT(now <= kStart + outage + 1h);
    RC_ASSERT(pace.failures <= 1 + std::max<std::int64_t>(8, outage / every + 1));
}

}  // namespace
}  // namespace emplettes::catalogue
