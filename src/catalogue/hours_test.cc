#include "catalogue/hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::vector<OpenSpan> spans(std::string_view hours, Instant from, Instant until) {
    return open_spans(geo::OpeningHours::parse(hours), *Zone::find("Europe/Paris"), {}, from,
                      until);
}

Instant utc(int year, unsigned month, unsigned number, std::chrono::minutes time) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                                 std::chrono::day{number}} +
           time;
}

TEST(OpenSpans, AreMomentsOfTheZone) {
    EXPECT_THAT(spans("10:00-19:00", utc(2026, 7, 1, 0h), utc(2026, 7, 2, 0h)),
                ElementsAre(OpenSpan{utc(2026, 7, 1, 8h), utc(2026, 7, 1, 17h)}));
    EXPECT_THAT(spans("10:00-19:00", utc(2026, 12, 1, 0h), utc(2026, 12, 2, 0h)),
                ElementsAre(OpenSpan{utc(2026, 12, 1, 9h), utc(2026, 12, 1, 18h)}));
}

TEST(OpenSpans, AreCutToWhatWasAskedFor) {
    EXPECT_THAT(spans("10:00-12:00,14:00-19:00", utc(2026, 7, 1, 9h), utc(2026, 7, 1, 13h)),
                ElementsAre(OpenSpan{utc(2026, 7, 1, 9h), utc(2026, 7, 1, 10h)},
                            OpenSpan{utc(2026, 7, 1, 12h), utc(2026, 7, 1, 13h)}));
}

TEST(OpenSpans, TheClocksChangeBetweenTwoDays) {
    EXPECT_THAT(spans("10:00-18:00", utc(2026, 3, 28, 0h), utc(2026, 3, 30, 0h)),
                ElementsAre(OpenSpan{utc(2026, 3, 28, 9h), utc(2026, 3, 28, 17h)},
                            OpenSpan{utc(2026, 3, 29, 8h), utc(2026, 3, 29, 16h)}));
}

TEST(OpenSpans, TheNightOfTheChangeIsAnHourLongerOrShorter) {
    const auto autumn = spans("Sa 22:00-04:00", utc(2026, 10, 24, 12h), utc(2026, 10, 25, 12h));
    ASSERT_EQ(autumn.size(), 1U);
    EXPECT_EQ(autumn[0].closes_at - autumn[0].opens_at, 7h);
    const auto spring = spans("Sa 22:00-04:00", utc(2026, 3, 28, 12h), utc(2026, 3, 29, 12h));
    ASSERT_EQ(spring.size(), 1U);
    EXPECT_EQ(spring[0].closes_at - spring[0].opens_at, 5h);
}

TEST(OpenSpans, WhatIsNotSureSaysSo) {
    EXPECT_THAT(
        spans("10:00-19:00 unknown \"by appointment\"", utc(2026, 7, 1, 0h), utc(2026, 7, 2, 0h)),
        ElementsAre(OpenSpan{.opens_at = utc(2026, 7, 1, 8h),
                             .closes_at = utc(2026, 7, 1, 17h),
                             .is_certain = false,
                             .comment = "by appointment"}));
}

TEST(HolidayCalendar, HasThePublicHolidaysOfTheRegion) {
    const auto holidays = law::Holidays::built_in();
    const auto france = holiday_calendar(holidays, "FR", "FR-zone-C", day(2026, 7, 1));
    EXPECT_THAT(france.public_holidays, Contains(day(2026, 7, 14)));
    EXPECT_THAT(france.public_holidays, Contains(day(2026, 4, 6)));  // Easter Monday
    EXPECT_THAT(france.public_holidays, Not(Contains(day(2026, 12, 26))));
    const auto moselle = holiday_calendar(holidays, "FR-57", "", day(2026, 7, 1));
    EXPECT_THAT(moselle.public_holidays, Contains(day(2026, 12, 26)));
}

TEST(HolidayCalendar, GoesOverTheEndOfTheYear) {
    const auto calendar =
        holiday_calendar(law::Holidays::built_in(), "FR", "FR-zone-C", day(2026, 12, 31));
    EXPECT_THAT(calendar.public_holidays, Contains(day(2027, 1, 1)));
    EXPECT_THAT(calendar.public_holidays, Contains(day(2025, 12, 25)));
    EXPECT_TRUE(std::is_sorted(calendar.public_holidays.begin(), calendar.public_holidays.end()));
}

TEST(HolidayCalendar, HasTheSchoolHolidaysOfTheZone) {
    const auto holidays = law::Holidays::built_in();
    const auto closes_school = [&](const std::string& zone, LocalDay asked) {
        const auto calendar = holiday_calendar(holidays, "FR", zone, asked);
        return std::any_of(
            calendar.school_holidays.begin(), calendar.school_holidays.end(),
            [&](const auto& range) { return range.first <= asked && asked <= range.last; });
    };
    EXPECT_TRUE(closes_school("FR-zone-C", day(2026, 2, 25)));
    EXPECT_FALSE(closes_school("FR-zone-A", day(2026, 2, 25)));
    EXPECT_FALSE(closes_school("FR-zone-C", day(2026, 6, 1)));
}

}  // namespace
}  // namespace emplettes::catalogue
