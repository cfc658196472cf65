#include "geo/open_status.h"

#include <gtest/gtest.h>

namespace emplettes::geo {
namespace {

using namespace std::chrono_literals;

constexpr LocalDay kMonday{std::chrono::year{2026} / 11 / 23};
constexpr std::chrono::days kDay{1};

OpenStatus status_of(std::string_view text, LocalTime now, const HolidayCalendar& holidays = {}) {
    return status(OpeningHours::parse(text), now, holidays);
}

TEST(OpenStatus, OpenUntil) {
    EXPECT_EQ(status_of("Mo-Fr 09:00-12:30,14:00-19:00", kMonday + 10h),
              (OpenStatus{.state = OpenState::open,
                          .changes_at = kMonday + 12h + 30min,
                          .next = OpenState::closed}));
    EXPECT_EQ(status_of("Mo 20:00-02:00", kMonday + 25h).changes_at, kMonday + 26h);
}

TEST(OpenStatus, EndsAreExclusive) {
    EXPECT_EQ(status_of("Mo 09:00-12:00", kMonday + 12h).state, OpenState::closed);
    EXPECT_EQ(status_of("Mo 09:00-12:00", kMonday + 9h).state, OpenState::open);
    EXPECT_EQ(status_of("Mo 09:00-12:00", kMonday + 9h - 1s).changes_at, kMonday + 9h);
}

TEST(OpenStatus, OpensAt) {
    EXPECT_EQ(status_of("Tu-Sa 10:00-19:00", kMonday + 10h),
              (OpenStatus{.state = OpenState::closed,
                          .changes_at = kMonday + kDay + 10h,
                          .next = OpenState::open}));
    EXPECT_EQ(status_of("Tu 10:00-12:00 \"by appointment\"", kMonday + 10h).next,
              OpenState::unknown);
}

TEST(OpenStatus, HolidaysCount) {
    const HolidayCalendar holidays{.public_holidays = {kMonday}};
    EXPECT_EQ(status_of("Mo-Sa 10:00-19:00; PH off \"férié\"", kMonday + 11h, holidays),
              (OpenStatus{.state = OpenState::closed,
                          .changes_at = kMonday + kDay + 10h,
                          .next = OpenState::open,
                          .comment = "férié"}));
    EXPECT_EQ(status_of("Mo-Sa 10:00-19:00", kMonday + 11h, holidays).state, OpenState::open);
}

TEST(OpenStatus, ForeverOrNotForTwoWeeks) {
    EXPECT_EQ(status_of("24/7", kMonday + 11h), (OpenStatus{.state = OpenState::open}));
    EXPECT_EQ(status_of("off", kMonday), (OpenStatus{.state = OpenState::closed}));
    EXPECT_EQ(status_of("Dec 24 10:00-12:00", kMonday), (OpenStatus{.state = OpenState::closed}));
    EXPECT_EQ(status_of("2026 Nov 23-Dec 6", kMonday + 1h).changes_at, kMonday + 14 * kDay);
}

TEST(OpenStatus, UnknownHasItsComment) {
    EXPECT_EQ(
        status_of("Mo-Fr 10:00-12:00 || \"on appointment\"", kMonday + 11h),
        (OpenStatus{
            .state = OpenState::open, .changes_at = kMonday + 12h, .next = OpenState::unknown}));
    EXPECT_EQ(status_of("Mo-Fr 10:00-12:00 || \"on appointment\"", kMonday + 13h),
              (OpenStatus{.state = OpenState::unknown,
                          .changes_at = kMonday + kDay + 10h,
                          .next = OpenState::open,
                          .comment = "on appointment"}));
}

TEST(OpenStatus, AnotherCommentIsNoChange) {
    EXPECT_EQ(
        status_of("Mo 10:00-12:00 open \"a\", Mo 12:00-14:00 open \"b\"", kMonday + 11h).changes_at,
        kMonday + 14h);
}

TEST(OpenStatus, UnreadableIsUnknown) { EXPECT_EQ(status_of("ask me", kMonday), OpenStatus{}); }

TEST(Week, NightsBelongToTheDayTheyBegin) {
    const auto days =
        week(OpeningHours::parse("Mo-Th 09:00-18:00; Fr-Sa 22:00-04:00"), kMonday, {});
    ASSERT_EQ(days[0].size(), 1U);
    EXPECT_EQ(days[0][0].begin, LocalTime{kMonday + 9h});
    ASSERT_EQ(days[4].size(), 1U);
    EXPECT_EQ(days[4][0].end, kMonday + 5 * kDay + 4h);
    ASSERT_EQ(days[5].size(), 1U);
    EXPECT_TRUE(days[6].empty());
    EXPECT_EQ(week(OpeningHours::parse("24/7"), kMonday, {})[6].at(0).end, kMonday + 7 * kDay);
}

}  // namespace
}  // namespace emplettes::geo
