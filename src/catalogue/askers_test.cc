#include "catalogue/askers.h"

#include <gtest/gtest.h>

#include <string>

namespace emplettes::catalogue {
namespace {

constexpr LocalDay kFirstDay = LocalDay{std::chrono::year{2026} / 10 / 15};
constexpr std::chrono::days kNight{1};

TEST(Askers, TellsTheFirstAskingOfADay) {
    SeededRandom random(1);
    Askers askers;
    EXPECT_TRUE(askers.is_first(kFirstDay, "192.0.2.0/24", "luge", random));
    EXPECT_FALSE(askers.is_first(kFirstDay, "192.0.2.0/24", "luge", random));
    EXPECT_TRUE(askers.is_first(kFirstDay, "192.0.2.0/24", "bois luge", random));
    EXPECT_TRUE(askers.is_first(kFirstDay, "198.51.100.0/24", "luge", random));
    EXPECT_FALSE(askers.is_first(kFirstDay - kNight, "198.51.100.0/24", "luge", random));
    EXPECT_TRUE(askers.is_first(kFirstDay + kNight, "192.0.2.0/24", "luge", random));
    EXPECT_FALSE(askers.is_first(kFirstDay, "192.0.2.0/24", "luge", random));
}

TEST(Askers, KnowNothingOfADayThatIsOver) {
    SeededRandom random(1);
    Askers askers;
    EXPECT_TRUE(askers.is_first(kFirstDay, "n", "luge", random));
    askers.forget_before(kFirstDay);
    EXPECT_FALSE(askers.is_first(kFirstDay, "n", "luge", random));
    askers.forget_before(kFirstDay + kNight);
    EXPECT_TRUE(askers.is_first(kFirstDay, "n", "luge", random));
}

TEST(Askers, RemembersSoManyAndNoMore) {
    SeededRandom random(1);
    Askers askers;
    for (std::size_t i = 0; i < kAskersPerDayMax; ++i)
        ASSERT_TRUE(askers.is_first(kFirstDay, "n", "word" + std::to_string(i), random));
    EXPECT_FALSE(askers.is_first(kFirstDay, "n", "one more", random));
    EXPECT_TRUE(askers.is_first(kFirstDay + kNight, "n", "one more", random));
}

}  // namespace
}  // namespace emplettes::catalogue
