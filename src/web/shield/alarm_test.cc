#include "web/shield/alarm.h"

#include <gtest/gtest.h>

#include <cmath>

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;
using Reason = Alarm::Reason;

constexpr std::chrono::milliseconds kTick{100};
const Alarm::Reading kCalm{.pressure = 0.3, .usual_writes = 2};
const Alarm::Reading kFlood{.pressure = 3, .top_share = 0.6, .usual_writes = 2, .top_prefix = "a"};

struct Watch {
    Alarm alarm;
    SteadyTime now{1h};

    // How long it takes until the alarm is raised, or ended; nothing: not within `most`.
    std::optional<std::chrono::milliseconds> until(bool raised, const Alarm::Reading& reading,
                                                   std::chrono::milliseconds most) {
        for (std::chrono::milliseconds past{0}; past <= most; past += kTick) {
            now += kTick;
            alarm.look(reading, now, instant_from_unix(1'000'000));
            if (alarm.is_raised() == raised) return past;
        }
        return std::nullopt;
    }
};

TEST(Alarm, NoticesAFloodWithinTwoSecondsAndItsEndWithinFive) {
    Watch watch;
    EXPECT_FALSE(watch.until(true, kCalm, 10s));
    const auto noticed = watch.until(true, kFlood, 10s);
    ASSERT_TRUE(noticed);
    EXPECT_LE(*noticed, 2s);
    EXPECT_EQ(watch.alarm.reason(), Reason::crowded);
    EXPECT_FALSE(watch.until(false, kFlood, 60s));
    const auto over = watch.until(false, kCalm, 10s);
    ASSERT_TRUE(over);
    EXPECT_LE(*over, 3s);
    EXPECT_EQ(watch.alarm.log().size(), 1U);
    EXPECT_EQ(watch.alarm.log().front().prefix, "a");
}

TEST(Alarm, IsWatchfulForAMinute) {
    Watch watch;
    watch.until(true, kFlood, 10s);
    watch.until(false, kCalm, 10s);
    EXPECT_LE(*watch.until(true, kFlood, 10s), Alarm::kSignFor + kTick);
    watch.until(false, kCalm, 10s);
    EXPECT_FALSE(watch.until(true, kCalm, 61s));
    EXPECT_GE(*watch.until(true, kFlood, 10s), Alarm::kPressedFor - kTick);
}

TEST(Alarm, ManyWithoutACrowdAreNoFlood) {
    Watch watch;
    EXPECT_FALSE(watch.until(
        true, {.pressure = 1, .top_share = 0.12, .newcomer_writes = 10, .usual_writes = 2}, 60s));
}

TEST(Alarm, NoticesFarMoreWritingThanUsual) {
    Watch watch;
    const Alarm::Reading surge{
        .pressure = 1, .top_share = 0.1, .newcomer_writes = 17, .usual_writes = 2};
    EXPECT_TRUE(watch.until(true, surge, 10s));
    EXPECT_EQ(watch.alarm.reason(), Reason::surge);
}

// 5 writes a second from one place, where nothing is short: 72 in the faded count.
TEST(Alarm, NoticesTheNightOfNovember2020WithinAMinute) {
    Watch watch;
    const auto noticed = watch.until(true,
                                     {.pressure = 0.1,
                                      .usual_writes = 2,
                                      .top_writes = 72,
                                      .top_recent = 9,
                                      .other_writes = 1.4},
                                     60s);
    ASSERT_TRUE(noticed);
    EXPECT_LE(*noticed, 45s);
    EXPECT_EQ(watch.alarm.reason(), Reason::concentrated);
}

// What was written in a fast flood is remembered for a while; the alarm is not.
TEST(Alarm, AFastFloodLeavesNothingBehind) {
    Watch watch;
    Alarm::Reading flood = kFlood;
    flood.top_writes = 60'000;
    flood.top_recent = Alarm::kMostRecent;
    watch.until(false, flood, 60s);
    double past_s = 0;
    const auto fades = [&](double half_life_s) { return std::exp2(-past_s / half_life_s); };
    for (; past_s < 60; past_s += 0.1) {
        watch.until(watch.alarm.is_raised(),
                    {.pressure = 0.2,
                     .usual_writes = 2,
                     .top_writes = 60'000 * fades(10),
                     .top_recent = Alarm::kMostRecent * fades(2)},
                    0s);
        if (past_s > 5) ASSERT_FALSE(watch.alarm.is_raised()) << past_s;
    }
}

// A town in a hurry comes through the addresses of a few carriers.
TEST(Alarm, EightBusyPrefixesAreNotOneThatStandsOut) {
    Watch watch;
    EXPECT_FALSE(watch.until(true,
                             {.pressure = 0.8,
                              .usual_writes = 2,
                              .top_writes = 160,
                              .top_recent = 10,
                              .other_writes = 150},
                             120s));
}

}  // namespace
}  // namespace emplettes::web
