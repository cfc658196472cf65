#include "planner/duty/courier_record.h"

#include <gtest/gtest.h>

#include "planner/checker.h"
#include "planner/planner.h"

namespace emplettes::planner {
namespace {

constexpr LocalDay kDay{std::chrono::year{2026} / 12 / 1};
constexpr Time kWorkHour = 3600;

Shift day_shift() {
    Shift shift{.name = "ana"};
    shift.window = {.open = 6 * kWorkHour, .close = 21 * kWorkHour};
    return shift;
}

const law::WorkingTimeLaw& french() {
    static const auto kLaw = law::WorkingTimeLaw::built_in("FR");
    return *kLaw;
}

Shift obeyed(const CourierRecord& record, Heat heat = Heat::none) {
    Shift shift = day_shift();
    EXPECT_EQ(obey(shift, record, french(), kDay, heat), std::nullopt);
    return shift;
}

TEST(CourierRecordTest, AnAdultWorksTenHoursWithin13) {
    const DutyLimits limits = obeyed({}).limits;
    EXPECT_EQ(limits.work_max, 10 * kWorkHour);
    EXPECT_EQ(limits.span_max, 13 * kWorkHour);
    EXPECT_EQ(limits.stretch_max, 6 * kWorkHour);
    EXPECT_EQ(limits.break_min, 1200);
}

TEST(CourierRecordTest, AMinorWorksEightHoursAndNotAtNight) {
    const Shift shift = obeyed({.is_minor = true, .may_work_at_night = true});
    EXPECT_EQ(shift.limits.work_max, 8 * kWorkHour);
    EXPECT_EQ(shift.limits.span_max, 12 * kWorkHour);
    EXPECT_EQ(shift.limits.stretch_max, 16'200);
    EXPECT_EQ(shift.limits.break_min, 1800);
    EXPECT_LE(shift.window.close, 22 * kWorkHour);
}

// Released at 22:30: not before 09:30.
TEST(CourierRecordTest, RestsElevenHours) {
    EXPECT_EQ(obeyed({.previous_release = -5400}).window.open, 9 * kWorkHour + 1800);
    EXPECT_EQ(obeyed({.next_duty = 30 * kWorkHour}).window.close, 19 * kWorkHour);
}

// Eleven weeks of 44 hours and this one: no more than 44.
TEST(CourierRecordTest, KeepsTheAverageOfTwelveWeeks) {
    CourierRecord record{.week_work_min = 40 * 60, .weeks_work_min = std::vector<int>(11, 44 * 60)};
    EXPECT_EQ(obeyed(record).limits.work_max, 4 * kWorkHour);
    record.weeks_work_min = std::vector<int>(11, 35 * 60);
    EXPECT_EQ(obeyed(record).limits.work_max, 8 * kWorkHour);  // 48 in one week
    record.week_work_min = 48 * 60;
    Shift shift = day_shift();
    EXPECT_TRUE(obey(shift, record, french(), kDay, Heat::none));
}

TEST(CourierRecordTest, KeepsTheWeeksLongRest) {
    const Shift shift = obeyed({.previous_release = -20 * kWorkHour,
                                .next_duty = 50 * kWorkHour,
                                .has_weekly_rest = false});
    EXPECT_EQ(shift.window, (Window{6 * kWorkHour, 15 * kWorkHour}));
}

TEST(CourierRecordTest, NobodyRidesInTheHeat) {
    EXPECT_EQ(obeyed({}, Heat::orange).window, (Window{6 * kWorkHour, 12 * kWorkHour}));
    Shift shift = day_shift();
    EXPECT_TRUE(obey(shift, {}, french(), kDay, Heat::red));
}

// A day of stops every quarter of an hour that lasts so long.
Problem long_day(Time last) {
    Problem problem;
    problem.matrices.push_back({.places = 1, .times = {0}, .metres = {0}});
    Shift shift = day_shift();
    shift.window = {.open = 0, .close = kTimeMax};
    shift.limits = obeyed({}).limits;
    problem.shifts.push_back(shift);
    for (Time at = 0; at <= last; at += 900) {
        Order order{.name = std::to_string(at)};
        order.delivery = Task{.place = 0, .windows = {{.open = at, .close = at + 600}}};
        problem.orders.push_back(order);
    }
    return problem;
}

TEST(BreakTest, IsTakenBeforeMoreThanSixHours) {
    const Problem exact = long_day(6 * kWorkHour);
    const Plan six = make_plan(exact, {.budget = {.iterations_max = 50}}).plan;
    EXPECT_TRUE(six.unserved.empty());
    EXPECT_TRUE(six.rounds[0].pauses.empty());
    const Problem longer = long_day(6 * kWorkHour + 900);
    const Plan plan = make_plan(longer, {.budget = {.iterations_max = 50}}).plan;
    EXPECT_TRUE(find_breaches(longer, plan).empty());
    ASSERT_EQ(plan.rounds[0].pauses.size(), 1U);
    EXPECT_GE(plan.rounds[0].pauses[0].finish - plan.rounds[0].pauses[0].start, 1200);
}

TEST(BreakTest, NobodyWorksMoreThanTenHours) {
    const Problem problem = long_day(11 * kWorkHour);
    const Plan plan = make_plan(problem, {.budget = {.iterations_max = 50}}).plan;
    EXPECT_TRUE(find_breaches(problem, plan).empty());
    EXPECT_FALSE(plan.unserved.empty());
}

}  // namespace
}  // namespace emplettes::planner
