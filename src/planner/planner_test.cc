#include "planner/planner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "planner/checker.h"
#include "planner/test_days.h"

namespace emplettes::planner {
namespace {

// Of each kind; PLANNER_DAYS=2500 planner_test --gtest_filter='*Sound' makes ten thousand of them.
int days() {
    const char* asked = std::getenv("PLANNER_DAYS");
    return asked == nullptr ? 150 : std::atoi(asked);
}
constexpr std::int64_t kIterations = 60;

PlanResult plan(const Problem& problem, std::uint64_t seed, std::int64_t iterations) {
    return make_plan(problem, {.seed = seed, .budget = {.iterations_max = iterations}});
}

// Every plan of every kind of day keeps everything, and its levels add up.
void expect_sound_days(const DaySettings& settings, std::uint64_t seed) {
    Dice dice(seed);
    std::size_t served = 0;
    for (int day = 0; day < days(); ++day) {
        const Problem problem = make_day(settings, dice);
        ASSERT_EQ(find_fault(problem), std::nullopt) << find_fault(problem)->sentence();
        const Plan made = plan(problem, seed, kIterations).plan;
        ASSERT_THAT(find_breaches(problem, made), testing::IsEmpty()) << "day " << day;
        ASSERT_EQ(count_levels(problem, made), made.levels) << "day " << day;
        served += problem.orders.size() - made.unserved.size();
    }
    EXPECT_GT(served, static_cast<std::size_t>(days()));
}

TEST(PlannerTest, PlainDaysAreSound) { expect_sound_days({}, 1); }

TEST(PlannerTest, DaysWithGroupsJobsAndSeveralWindowsAreSound) {
    expect_sound_days({.has_groups = true}, 2);
}

TEST(PlannerTest, DaysUnderTheLawAreSound) {
    expect_sound_days({.has_law = true, .has_groups = true}, 3);
}

TEST(PlannerTest, DaysUnderWayAreSound) {
    expect_sound_days({.has_law = true, .has_groups = true, .has_progress = true}, 4);
}

TEST(PlannerTest, IsTheSameForTheSameSeed) {
    Dice dice(5);
    const Problem problem = make_day({.orders = 30, .has_law = true, .has_groups = true}, dice);
    const Plan one = plan(problem, 7, 100).plan;
    EXPECT_EQ(plan(problem, 7, 100).plan.rounds, one.rounds);
    EXPECT_NE(plan(problem, 8, 1).plan.rounds, plan(problem, 9, 100).plan.rounds);
}

TEST(PlannerTest, TellsEachBetterPlanAndNoneThatIsWorse) {
    Dice dice(6);
    const Problem problem = make_day({.orders = 30}, dice);
    std::vector<Plan> told;
    PlanSettings settings{.budget = {.iterations_max = 2000}};
    settings.on_better = [&](const Plan& better) { told.push_back(better); };
    const Plan last = make_plan(problem, settings).plan;
    ASSERT_GT(told.size(), 2U);
    EXPECT_EQ(told.back().rounds, last.rounds);
    EXPECT_LE(last.levels[Level::unserved], told.front().levels[Level::unserved]);
}

TEST(PlannerTest, StopsWhenItIsCancelled) {
    Dice dice(7);
    const Problem problem = make_day({}, dice);
    PlanSettings settings;
    settings.budget.is_cancelled = [] { return true; };
    const PlanResult result = make_plan(problem, settings);
    EXPECT_LE(result.iterations, 1);
    EXPECT_THAT(find_breaches(problem, result.plan), testing::IsEmpty());
}

TEST(PlannerTest, MoreTimeIsNeverWorse) {
    Dice dice(8);
    for (int day = 0; day < 10; ++day) {
        const Problem problem = make_day({.orders = 20}, dice);
        const Levels little = plan(problem, 1, 1).plan.levels;
        const Levels much = plan(problem, 1, 2000).plan.levels;
        EXPECT_FALSE(is_better(little, much, problem.objective)) << day;
    }
}

TEST(PlannerTest, WhoCannotWorkServesNobody) {
    Dice dice(9);
    Problem problem = make_day({}, dice);
    for (Shift& shift : problem.shifts) shift.off_because = "a red episode of heat";
    EXPECT_EQ(plan(problem, 1, 10).plan.unserved.size(), problem.orders.size());
}

}  // namespace
}  // namespace emplettes::planner
