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
    EXPECT_EQ(askers.tell(kFirstDay, "192.0.2.0/24", "luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay, "192.0.2.0/24", "luge", random), Asking::again);
    EXPECT_EQ(askers.tell(kFirstDay, "192.0.2.0/24", "bois luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay, "198.51.100.0/24", "luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay - kNight, "198.51.100.0/24", "luge", random), Asking::again);
    EXPECT_EQ(askers.tell(kFirstDay + kNight, "192.0.2.0/24", "luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay, "192.0.2.0/24", "luge", random), Asking::again);
}

TEST(Askers, KnowNothingOfADayThatIsOver) {
    SeededRandom random(1);
    Askers askers;
    EXPECT_EQ(askers.tell(kFirstDay, "n", "luge", random), Asking::first);
    askers.forget_before(kFirstDay);
    EXPECT_EQ(askers.tell(kFirstDay, "n", "luge", random), Asking::again);
    askers.forget_before(kFirstDay + kNight);
    EXPECT_EQ(askers.tell(kFirstDay, "n", "luge", random), Asking::first);
}

TEST(Askers, RememberSoManyAndNoMore) {
    SeededRandom random(1);
    Askers askers;
    for (std::size_t i = 0; i < kAskersPerDayMax; ++i)
        ASSERT_EQ(askers.tell(kFirstDay, std::to_string(i), "luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay, "n", "one more", random), Asking::unknown);
    EXPECT_EQ(askers.tell(kFirstDay, "0", "luge", random), Asking::again);
    EXPECT_EQ(askers.tell(kFirstDay + kNight, "n", "one more", random), Asking::first);
}

TEST(Askers, OneNetworkCannotFillADay) {
    SeededRandom random(1);
    Askers askers;
    for (std::size_t i = 0; i < 2 * kAskersPerDayMax; ++i)
        askers.tell(kFirstDay, "n", "word" + std::to_string(i), random);
    EXPECT_EQ(askers.tell(kFirstDay, "n", "one more", random), Asking::again);
    EXPECT_EQ(askers.tell(kFirstDay, "another", "luge", random), Asking::first);
    EXPECT_EQ(askers.tell(kFirstDay + kNight, "n", "one more", random), Asking::first);
}

}  // namespace
}  // namespace emplettes::catalogue
