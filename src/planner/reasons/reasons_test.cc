#include "planner/reasons/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner.h"
#include "planner/reasons/relaxation.h"
#include "planner/test_days.h"

namespace emplettes::planner {
namespace {

using testing::HasSubstr;

// One courier until 10:00; the way to the delivery takes half an hour.
Problem short_day() {
    Problem problem;
    problem.matrices.push_back({.places = 2, .times = {0, 1800, 1800, 0}, .metres = {0, 1, 1, 0}});
    problem.skill_names = {"cold box"};
    Shift shift{.name = "ana", .start_place = 0, .end_place = 0};
    shift.window = {.open = 28'800, .close = 36'000};
    shift.capacity = {10, 0, 0, 0};
    problem.shifts.push_back(shift);
    Order order{.name = "anna"};
    order.delivery = Task{.place = 1, .windows = {{.open = 36'000, .close = 37'000}}};
    order.delivery->leaves = {5, 0, 0, 0};
    problem.orders.push_back(order);
    return problem;
}

std::string told(const Problem& problem) {
    const Plan plan = make_plan(problem, {.budget = {.iterations_max = 10}}).plan;
    return *explain(problem, plan, "anna");
}

TEST(ReasonsTest, TellsTheSmallestChangeThatWouldServeIt) {
    EXPECT_THAT(told(short_day()), HasSubstr("30 minutes more at the end of the shift ana"));
    Problem late = short_day();
    late.orders[0].delivery->windows = {{.open = 28'800, .close = 29'100}};
    EXPECT_THAT(told(late), HasSubstr("a window 25 minutes longer for the delivery, with ana"));
    EXPECT_THAT(told(late), HasSubstr("25 minutes more at the beginning of the shift ana"));
}

TEST(ReasonsTest, TellsRoomAndSkills) {
    Problem full = short_day();
    full.orders[0].delivery->windows.clear();
    full.shifts[0].capacity[0] = 4;
    EXPECT_THAT(told(full), HasSubstr("more on the bike of ana"));
    Problem cold = short_day();
    cold.orders[0].delivery->windows.clear();
    cold.orders[0].skills = {0};
    EXPECT_THAT(told(cold), HasSubstr("cold box for ana"));
}

TEST(ReasonsTest, PromisesNothingAgainstTheLaw) {
    Problem tired = short_day();
    tired.shifts[0].limits.work_max = 3000;
    EXPECT_THAT(told(tired), HasSubstr("no single change"));
}

// Every claim has been replayed by find_relaxations itself: here, that one minute less is not
// enough.
TEST(ReasonsTest, OneMinuteLessIsNotEnough) {
    Problem day = short_day();
    day.shifts[0].window.close += 29 * 60;
    EXPECT_FALSE(make_plan(day, {.budget = {.iterations_max = 10}}).plan.unserved.empty());
    day.shifts[0].window.close += 60;
    EXPECT_TRUE(make_plan(day, {.budget = {.iterations_max = 10}}).plan.unserved.empty());
}

TEST(ReasonsTest, TellsTheNextBestCourier) {
    Dice dice(4);
    const Problem problem = make_day({.orders = 25, .shifts = 6}, dice);
    const Plan plan = make_plan(problem, {.budget = {.iterations_max = 500}}).plan;
    int with_other = 0;
    for (int order = 0; order < 25; ++order) {
        const auto reason = find_seat_reason(problem, plan, order);
        if (!reason) continue;
        EXPECT_GE(reason->paid, 0);
        with_other += reason->next_best ? 1 : 0;
    }
    EXPECT_GT(with_other, 3);
    EXPECT_EQ(explain(problem, plan, "nobody"), std::nullopt);
}

}  // namespace
}  // namespace emplettes::planner
