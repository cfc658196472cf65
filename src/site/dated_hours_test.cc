#include "site/dated_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace emplettes::site {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Tuesday, 24 November 2026.
constexpr LocalDay kToday{std::chrono::year{2026} / 11 / 24};
const Zone kParis = *Zone::find("Europe/Paris");

Instant at(LocalTime time) { return kParis.to_instant(time); }

catalogue::OpenSpan span(LocalTime opens, LocalTime closes) {
    return {.opens_at = at(opens), .closes_at = at(closes)};
}

TEST(DatedHours, ADayIsOneEntryAndSoIsEachPartOfIt) {
    EXPECT_THAT(
        dated_hours({span(kToday + 9h, kToday + 12h + 30min), span(kToday + 14h, kToday + 19h)},
                    kParis, at(kToday + 15h)),
        ElementsAre(DatedHours{"2026-11-24", "09:00", "12:30"},
                    DatedHours{"2026-11-24", "14:00", "19:00"}));
}

TEST(DatedHours, ANightIsCutAtMidnight) {
    EXPECT_THAT(dated_hours({span(kToday + 18h, kToday + 26h)}, kParis, at(kToday + 15h)),
                ElementsAre(DatedHours{"2026-11-24", "18:00", "23:59"},
                            DatedHours{"2026-11-25", "00:00", "02:00"}));
    EXPECT_THAT(dated_hours({span(kToday + 18h, kToday + 24h)}, kParis, at(kToday + 15h)),
                ElementsAre(DatedHours{"2026-11-24", "18:00", "23:59"}));
}

// 24/7: the table of openings has it as one span, from yesterday on, weeks long.
TEST(DatedHours, AlwaysOpenIsSevenWholeDaysFromToday) {
    const LocalTime begin = kToday - std::chrono::days{1};
    const auto hours =
        dated_hours({span(begin, begin + std::chrono::days{22})}, kParis, at(kToday + 15h));
    ASSERT_EQ(hours.size(), 7U);
    for (const DatedHours& day : hours) {
        EXPECT_EQ(day.opens, "00:00");
        EXPECT_EQ(day.closes, "23:59");
    }
    EXPECT_EQ(hours.front().date, "2026-11-24");
    EXPECT_EQ(hours.back().date, "2026-11-30");
}

TEST(DatedHours, YesterdayNextWeekAndPerhapsAreLeftOut) {
    auto perhaps = span(kToday + 9h, kToday + 19h);
    perhaps.is_certain = false;
    const LocalTime next_week = kToday + std::chrono::days{7};
    EXPECT_THAT(dated_hours({span(kToday - 15h, kToday - 5h), perhaps,
                             span(next_week + 9h, next_week + 19h)},
                            kParis, at(kToday + 15h)),
                IsEmpty());
}

}  // namespace
}  // namespace emplettes::site
