#include "orders/hold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "catalogue/shop.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono;
using catalogue::OpenSpan;

const Zone kParis = Zone::find("Europe/Paris").value();

// A day of November 2026 (the 22nd is a Sunday) at an hour of Paris, which is UTC + 1 then.
Instant at(int day, hours hour) { return kParis.to_instant(LocalDay{2026y / 11 / day} + hour); }
OpenSpan open(int day, hours from, hours to) {
    return {.opens_at = at(day, from), .closes_at = at(day, to), .comment = {}};
}

// Open on the 20th (Friday), 21st, closed on Sunday and Monday, open again with a lunch break.
const std::vector<OpenSpan> kWeek = {open(20, 10h, 19h), open(21, 10h, 18h), open(24, 10h, 13h),
                                     open(24, 15h, 19h), open(25, 10h, 19h)};

TEST(Hold, UntilClosingTimeOfTheNextOpenDay) {
    EXPECT_EQ(held_until(at(20, 11h), kWeek, 1, kParis), at(21, 18h));
    EXPECT_EQ(held_until(at(20, 9h), kWeek, 1, kParis), at(21, 18h));
    EXPECT_EQ(held_until(at(20, 23h), kWeek, 1, kParis), at(21, 18h));
}

TEST(Hold, SkipsClosedDaysAndCountsADayWithABreakOnce) {
    EXPECT_EQ(held_until(at(21, 11h), kWeek, 1, kParis), at(24, 19h));
    EXPECT_EQ(held_until(at(22, 11h), kWeek, 1, kParis), at(24, 19h));
    EXPECT_EQ(held_until(at(20, 11h), kWeek, 2, kParis), at(24, 19h));
    EXPECT_EQ(held_until(at(20, 11h), kWeek, 3, kParis), at(25, 19h));
}

TEST(Hold, ZeroMeansToday) {
    EXPECT_EQ(held_until(at(20, 11h), kWeek, 0, kParis), at(20, 19h));
    EXPECT_EQ(held_until(at(20, 9h), kWeek, 0, kParis), at(20, 19h));
    EXPECT_EQ(held_until(at(24, 14h), kWeek, 0, kParis), at(24, 19h));
    EXPECT_EQ(held_until(at(24, 11h), kWeek, 0, kParis), at(24, 19h));
}

TEST(Hold, ZeroAfterClosingMeansTheNextOpenDay) {
    EXPECT_EQ(held_until(at(20, 19h), kWeek, 0, kParis), at(21, 18h));
    EXPECT_EQ(held_until(at(21, 20h), kWeek, 0, kParis), at(24, 19h));
}

TEST(Hold, FewerOpenDaysThanAskedFor) {
    EXPECT_EQ(held_until(at(24, 11h), kWeek, 9, kParis), at(25, 19h));
}

TEST(Hold, UnknownHours) {
    EXPECT_EQ(held_until(at(20, 11h), {}, 1, kParis), at(22, 19h));
    EXPECT_EQ(held_until(at(20, 23h), {}, 0, kParis), at(22, 19h));
    EXPECT_EQ(held_until(at(25, 11h), kWeek, 1, kParis), at(27, 19h));
    const std::vector<OpenSpan> by_appointment = {{.opens_at = at(21, 10h),
                                                   .closes_at = at(21, 12h),
                                                   .is_certain = false,
                                                   .comment = "by appointment"}};
    EXPECT_EQ(held_until(at(20, 11h), by_appointment, 1, kParis), at(22, 19h));
}

TEST(Hold, ANightBelongsToTheDayOnWhichItBegan) {
    const std::vector<OpenSpan> nights = {open(20, 18h, 26h), open(21, 18h, 26h)};
    EXPECT_EQ(held_until(at(20, 20h), nights, 0, kParis), at(21, 2h));
    EXPECT_EQ(held_until(at(20, 20h), nights, 1, kParis), at(22, 2h));
}

TEST(Hold, AShopThatNeverClosesEndsItsDaysAtMidnight) {
    const std::vector<OpenSpan> always = {
        {.opens_at = at(1, 0h), .closes_at = at(30, 0h), .comment = {}}};
    EXPECT_EQ(held_until(at(20, 11h), always, 0, kParis), at(21, 0h));
    EXPECT_EQ(held_until(at(20, 11h), always, 1, kParis), at(22, 0h));
    EXPECT_EQ(held_until(at(20, 11h), always, 3, kParis), at(24, 0h));
}

TEST(Hold, KeepsWallClockTimeWhenClocksChange) {
    // Clocks go back in the night to Sunday 25 October 2026.
    const Instant saturday_noon = kParis.to_instant(LocalDay{2026y / 10 / 24} + 12h);
    EXPECT_EQ(kParis.to_local(held_until(saturday_noon, {}, 1, kParis)),
              LocalDay{2026y / 10 / 26} + 19h);
}

// Hours that make sense: a few spans, in order, that do not overlap.
std::vector<OpenSpan> any_spans(Instant start) {
    const auto count = *rc::gen::inRange(0, 30);
    std::vector<OpenSpan> spans;
    Instant end = start - hours{48};
    for (int i = 0; i < count; ++i) {
        const Instant begin = end + minutes{*rc::gen::inRange(1, 4000)};
        end = begin + minutes{*rc::gen::inRange(1, 4000)};
        spans.push_back({.opens_at = begin,
                         .closes_at = end,
                         .is_certain = *rc::gen::inRange(0, 5) > 0,
                         .comment = {}});
    }
    return spans;
}

RC_GTEST_PROP(Hold, IsAlwaysLaterThanNowAndGrowsWithTheDays, ()) {
    const Instant now = at(1, 0h) + minutes{*rc::gen::inRange(0, 40'000)};
    const auto spans = any_spans(now);
    Instant before = now;
    for (int days = 0; days <= catalogue::kHoldOpenDaysMax; ++days) {
        const Instant until = held_until(now, spans, days, kParis);
        RC_ASSERT(until > now);
        const bool is_known = until != held_until(now, {}, days, kParis);
        if (is_known) {
            RC_ASSERT(until >= before);
            before = until;
        }
    }
}

RC_GTEST_PROP(Hold, EndsAtAClosingTimeOrAMidnightOrWhenUnknown, ()) {
    const Instant now = at(1, 0h) + minutes{*rc::gen::inRange(0, 40'000)};
    const auto spans = any_spans(now);
    const Instant until = held_until(now, spans, *rc::gen::inRange(0, 15), kParis);
    const LocalTime local = kParis.to_local(until);
    const bool is_closing = std::any_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
        return span.is_certain && span.closes_at == until;
    });
    RC_ASSERT(is_closing || local == floor<days>(local) || until == held_until(now, {}, 1, kParis));
}

}  // namespace
}  // namespace emplettes::orders
