#include "base/easter.h"

#include <gtest/gtest.h>

#include <array>

namespace emplettes {
namespace {

using std::chrono::year;

LocalDay day(int y, unsigned m, unsigned d) {
    return LocalDay{year{y} / std::chrono::month{m} / std::chrono::day{d}};
}

// Gauss 1800, with his correction of 1816 (p) and the two exceptions; see Knuth's and Lichtenberg's
// accounts. Shares no step with the algorithm under test.
LocalDay easter_by_gauss(int y) {
    const int a = y % 19;
    const int b = y % 4;
    const int c = y % 7;
    const int k = y / 100;
    const int p = (13 + 8 * k) / 25;
    const int q = k / 4;
    const int m = (15 - p + k - q) % 30;
    const int n = (4 + k - q) % 7;
    const int d = (19 * a + m) % 30;
    const int e = (2 * b + 4 * c + 6 * d + n) % 7;
    if (d == 29 && e == 6) return day(y, 4, 19);
    if (d == 28 && e == 6 && (11 * m + 11) % 30 < 19) return day(y, 4, 18);
    return day(y, 3, 22) + std::chrono::days{d + e};
}

TEST(Easter, AsPublished) {
    // Earliest and latest possible, the corrected full moons of 1954 and 1981, and recent years.
    EXPECT_EQ(easter_sunday(1818), day(1818, 3, 22));
    EXPECT_EQ(easter_sunday(1943), day(1943, 4, 25));
    EXPECT_EQ(easter_sunday(1954), day(1954, 4, 18));
    EXPECT_EQ(easter_sunday(1981), day(1981, 4, 19));
    EXPECT_EQ(easter_sunday(2000), day(2000, 4, 23));
    EXPECT_EQ(easter_sunday(2008), day(2008, 3, 23));
    EXPECT_EQ(easter_sunday(2024), day(2024, 3, 31));
    EXPECT_EQ(easter_sunday(2025), day(2025, 4, 20));
    EXPECT_EQ(easter_sunday(2026), day(2026, 4, 5));
    EXPECT_EQ(easter_sunday(2027), day(2027, 3, 28));
    EXPECT_EQ(easter_sunday(2038), day(2038, 4, 25));
    EXPECT_EQ(easter_sunday(2285), day(2285, 3, 22));
}

TEST(Easter, EqualsGaussEveryYear) {
    for (int y = 1583; y <= 4000; ++y) {
        const LocalDay easter = easter_sunday(y);
        ASSERT_EQ(easter, easter_by_gauss(y)) << y;
        ASSERT_EQ(std::chrono::weekday{easter}, std::chrono::Sunday) << y;
    }
}

}  // namespace
}  // namespace emplettes
