#include "catalogue/feed_lanes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kQuick = 1s;

FeedLanes::Feed feed(int shop, int host) {
    return {.territory = TerritoryId{1},
            .shop = ShopId{shop},
            .host = "host" + std::to_string(host) + ":443"};
}

bool try_enter(FeedLanes& lanes, const FeedLanes::Feed& next) {
    const bool has_room = lanes.has_room_for(next);
    if (has_room) lanes.enter(next);
    return has_room;
}

TEST(FeedLanes, OneOfAHostAndOneOfAShopAtATime) {
    FeedLanes lanes;
    EXPECT_TRUE(try_enter(lanes, feed(1, 1)));
    EXPECT_FALSE(try_enter(lanes, feed(2, 1)));
    EXPECT_FALSE(try_enter(lanes, feed(1, 2)));
    EXPECT_TRUE(try_enter(lanes, feed(2, 2)));
    // Another territory's shop of that number is another shop.
    EXPECT_TRUE(
        try_enter(lanes, {.territory = TerritoryId{2}, .shop = ShopId{1}, .host = "host3:443"}));
    lanes.leave(feed(1, 1), kQuick);
    EXPECT_TRUE(try_enter(lanes, feed(1, 1)));
}

TEST(FeedLanes, AreSoMany) {
    FeedLanes lanes;
    const int lanes_all = static_cast<int>(kFeedLanes);
    for (int i = 0; i < lanes_all; ++i) EXPECT_TRUE(try_enter(lanes, feed(i, i)));
    EXPECT_FALSE(try_enter(lanes, feed(lanes_all, lanes_all)));
    lanes.leave(feed(0, 0), kQuick);
    EXPECT_TRUE(try_enter(lanes, feed(lanes_all, lanes_all)));
}

TEST(FeedLanes, WhoWasSlowDoesNotFillThem) {
    FeedLanes lanes;
    const int lanes_all = static_cast<int>(kFeedLanes);
    const int lanes_slow = static_cast<int>(kSlowFeedLanes);
    for (int i = 0; i < lanes_all; ++i) ASSERT_TRUE(try_enter(lanes, feed(i, i)));
    for (int i = 0; i < lanes_all; ++i) lanes.leave(feed(i, i), kSlowFeed);
    for (int i = 0; i < lanes_slow; ++i) EXPECT_TRUE(try_enter(lanes, feed(i, i)));
    EXPECT_FALSE(try_enter(lanes, feed(lanes_slow, lanes_slow)));
    EXPECT_TRUE(try_enter(lanes, feed(100, 100)));
    // Who was quick once more is as all others.
    lanes.leave(feed(0, 0), kQuick);
    EXPECT_TRUE(try_enter(lanes, feed(lanes_slow, lanes_slow)));
    EXPECT_TRUE(try_enter(lanes, feed(0, 0)));
}

// Whatever hosts do, one that was never slow finds a lane unless quick ones fill them.
RC_GTEST_PROP(FeedLanes, SlowHostsDelayOnlyThemselves, ()) {
    FeedLanes lanes;
    std::vector<FeedLanes::Feed> inside;
    std::map<std::string, bool> slow;
    for (int step = 0; step < 60; ++step) {
        const int number = *rc::gen::inRange(0, 20);
        const auto next = feed(number, number);
        if (try_enter(lanes, next)) inside.push_back(next);
        if (!inside.empty() && *rc::gen::arbitrary<bool>()) {
            const auto leaving = *rc::gen::inRange(std::size_t{0}, inside.size());
            const bool is_slow = *rc::gen::arbitrary<bool>();
            slow[inside[leaving].host] = is_slow;
            lanes.leave(inside[leaving], is_slow ? kSlowFeed : kQuick);
            inside.erase(inside.begin() + static_cast<std::ptrdiff_t>(leaving));
        }
        RC_ASSERT(inside.size() <= kFeedLanes);
        const auto slow_inside = std::ranges::count_if(
            inside, [&](const FeedLanes::Feed& one) { return slow[one.host]; });
        RC_ASSERT(slow_inside <= static_cast<std::ptrdiff_t>(kSlowFeedLanes));
        const auto stranger = feed(1000, 1000);
        if (inside.size() == kFeedLanes) continue;
        RC_ASSERT(lanes.has_room_for(stranger));
    }
}

}  // namespace
}  // namespace emplettes::catalogue
