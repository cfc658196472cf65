#include "planner/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner.h"
#include "planner/test_days.h"

namespace emplettes::planner {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// One courier, one pickup and one delivery, 600 seconds apart, from and to place 0.
Problem small_day() {
    Problem problem;
    problem.matrices.push_back({.places = 3,
                                .times = {0, 600, 900, 600, 0, 600, 900, 600, 0},
                                .metres = {0, 2, 3, 2, 0, 2, 3, 2, 0}});
    Shift shift{.name = "ana", .start_place = 0, .end_place = 0};
    shift.window = {.open = 0, .close = 40'000};
    shift.capacity = {10, 0, 0, 0};
    problem.shifts.push_back(shift);
    Order order{.name = "anna"};
    order.pickups.push_back({.place = 1, .service = 60, .takes = {5, 0, 0, 0}});
    order.delivery = Task{.place = 2, .service = 60, .leaves = {5, 0, 0, 0}};
    order.delivery->windows = {{.open = 2000, .close = 3000}};
    problem.orders.push_back(order);
    return problem;
}

Plan small_plan() {
    Round round{.shift = 0, .begin = 740, .release = 2960};
    round.visits = {
        {.stop = {.order = 0, .pickup = 0}, .arrival = 1340, .start = 1340, .finish = 1400},
        {.stop = {.order = 0, .pickup = -1}, .arrival = 2000, .start = 2000, .finish = 2060}};
    return {.rounds = {round}};
}

std::vector<std::string> after(void (*change)(Problem&, Plan&)) {
    Problem problem = small_day();
    Plan plan = small_plan();
    change(problem, plan);
    return find_breaches(problem, plan);
}

TEST(CheckerTest, FindsNothingWrongWithAGoodPlan) {
    EXPECT_THAT(find_breaches(small_day(), small_plan()), IsEmpty());
    EXPECT_EQ(count_levels(small_day(), small_plan())[Level::paid], 2220);
    EXPECT_EQ(count_levels(small_day(), small_plan())[Level::metres], 7);
}

TEST(CheckerTest, SeesEachBreach) {
    EXPECT_THAT(after([](Problem& p, Plan&) { p.orders[0].delivery->windows[0].close = 1999; }),
                Contains(HasSubstr("outside its windows")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].capacity[0] = 4; }),
                Contains(HasSubstr("overloaded after pickup 1 of anna")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].limits.work_max = 2219; }),
                Contains(HasSubstr("works too long")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].limits.span_max = 2219; }),
                Contains(HasSubstr("on duty too long")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].limits.stretch_max = 2219; }),
                Contains(HasSubstr("without a break")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].limits.needs_break = true; }),
                Contains(HasSubstr("has no break")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.orders[0].aboard_max = 599; }),
                Contains(HasSubstr("aboard too long")));
    EXPECT_THAT(after([](Problem& p, Plan&) {
                    p.skill_names = {"cold box"};
                    p.orders[0].skills = {0};
                }),
                Contains(HasSubstr("needs cold box")));
    EXPECT_THAT(after([](Problem& p, Plan&) { p.shifts[0].window.close = 2959; }),
                Contains(HasSubstr("ends after its hours")));
    EXPECT_THAT(after([](Problem&, Plan& plan) { plan.rounds[0].begin = 741; }),
                Contains(HasSubstr("faster than one can")));
    EXPECT_THAT(after([](Problem&, Plan& plan) { plan.rounds[0].release = 2959; }),
                Contains(HasSubstr("back faster")));
    EXPECT_THAT(after([](Problem&, Plan& plan) { plan.rounds[0].visits.pop_back(); }),
                Contains(HasSubstr("not done as a whole")));
    EXPECT_THAT(after([](Problem&, Plan& plan) { plan.rounds.clear(); }),
                Contains(HasSubstr("neither served nor")));
    EXPECT_THAT(after([](Problem&, Plan& plan) { plan.rounds[0].visits[0].stop.order = 9; }),
                Contains(HasSubstr("of no order")));
    EXPECT_THAT(after([](Problem& p, Plan& plan) {
                    p.orders[0].is_cold = true;
                    plan.rounds[0].pauses = {{.after = 1, .start = 1400, .finish = 1400}};
                }),
                Contains(HasSubstr("cold load aboard")));
    EXPECT_THAT(after([](Problem& p, Plan& plan) {
                    p.shifts[0].limits.break_min = 1200;
                    plan.rounds[0].pauses = {{.after = 0, .start = 740, .finish = 800}};
                }),
                Contains(HasSubstr("break is too short")));
}

// What the planner never does on its own: the checker must see it in plans that were spoilt.
TEST(CheckerTest, SeesMadeUpPlansThatWereSpoilt) {
    Dice dice(3);
    int seen = 0;
    int spoilt = 0;
    for (int day = 0; day < 100; ++day) {
        const Problem problem = make_day({.has_law = true, .has_groups = true}, dice);
        Plan plan = make_plan(problem, {.budget = {.iterations_max = 5}}).plan;
        if (plan.rounds.empty() || plan.rounds[0].visits.size() < 2) continue;
        auto& visits = plan.rounds[0].visits;
        if (visits.front().stop.order == visits.back().stop.order) continue;
        std::swap(visits.front().stop, visits.back().stop);
        ++spoilt;
        seen += find_breaches(problem, plan).empty() ? 0 : 1;
    }
    EXPECT_GT(spoilt, 20);
    EXPECT_GT(seen, spoilt * 9 / 10);
}

}  // namespace
}  // namespace emplettes::planner
