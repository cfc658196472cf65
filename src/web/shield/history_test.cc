#include "web/shield/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::web {
namespace {

const Instant kNow = instant_from_unix(1'700'000'000);

TEST(History, IsReadForAMonth) {
    const History history({1, 2, 3});
    SeededRandom random(1);
    const std::string cookie = history.issue(random, kNow);
    EXPECT_EQ(history.read(cookie, kNow)->at, kNow);
    EXPECT_TRUE(history.read(cookie, kNow + History::kLifetime));
    EXPECT_FALSE(history.read(cookie, kNow + History::kLifetime + std::chrono::seconds{1}));
    EXPECT_FALSE(history.read(cookie, kNow - std::chrono::hours{1}));
    EXPECT_FALSE(History({9}).read(cookie, kNow));
    EXPECT_FALSE(history.read("", kNow));
    EXPECT_NE(cookie, history.issue(random, kNow));
}

RC_GTEST_PROP(History, NoOtherCookieIsOurs, ()) {
    const History history({1, 2, 3});
    const std::string cookie = history.write({.number = 77, .at = kNow});
    std::string other = cookie;
    const auto at = *rc::gen::inRange<std::size_t>(0, other.size());
    other[at] = *rc::gen::elementOf(std::string("ABCabc019-_"));
    RC_PRE(other != cookie);
    RC_ASSERT(!history.read(other, kNow));
}

}  // namespace
}  // namespace emplettes::web
