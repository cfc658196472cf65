#include "web/shield/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::web {
namespace {

const Instant kNow = instant_from_unix(1'700'000'000);

TEST(History, IsReadForAMonth) {
    const History history({1, 2, 3});
    const std::string cookie = history.issue("reservation/A", kNow);
    EXPECT_EQ(history.read(cookie, kNow)->at, kNow);
    EXPECT_TRUE(history.read(cookie, kNow + History::kLifetime));
    EXPECT_FALSE(history.read(cookie, kNow + History::kLifetime + std::chrono::seconds{1}));
    EXPECT_FALSE(history.read(cookie, kNow - std::chrono::hours{1}));
    EXPECT_FALSE(History({9}).read(cookie, kNow));
    EXPECT_FALSE(history.read("", kNow));
}

// However many cookies tell of one deed, they are one: told again, it makes nobody more people.
TEST(History, ADeedIsOneHoweverOftenItIsTold) {
    const History history({1, 2, 3});
    const auto number = [&](std::string_view deed, Instant at) {
        return history.read(history.issue(deed, at), kNow)->number;
    };
    EXPECT_EQ(number("reservation/A", kNow), number("reservation/A", kNow - std::chrono::hours{9}));
    EXPECT_NE(number("reservation/A", kNow), number("reservation/B", kNow));
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
