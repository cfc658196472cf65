#include "orders/trust.h"

#include <gtest/gtest.h>

namespace emplettes::orders {
namespace {

TEST(IsTrusted, WhoAnswersOftenAndHardlyRefuses) {
    const TrustRule rule{.answers_min = 20, .refused_max_percent = 5};
    EXPECT_TRUE(is_trusted({.answers = 20, .kept = 20}, rule));
    EXPECT_TRUE(is_trusted({.answers = 20, .kept = 19}, rule));  // just five in a hundred
    EXPECT_FALSE(is_trusted({.answers = 20, .kept = 18}, rule));
    EXPECT_FALSE(is_trusted({.answers = 19, .kept = 19}, rule));
    EXPECT_FALSE(is_trusted({}, rule));
    EXPECT_TRUE(is_trusted({.answers = 1'000'000, .kept = 950'000}, rule));
    EXPECT_FALSE(is_trusted({.answers = 1'000'000, .kept = 949'999}, rule));
}

}  // namespace
}  // namespace emplettes::orders
