#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/checker.h"
#include "planner/living/live_plan.h"
#include "planner/living/replan.h"
#include "planner/test_days.h"

namespace emplettes::planner {
namespace {

using testing::IsEmpty;

struct Running {
    Problem problem;
    Plan plan;
};

Running running(std::uint64_t seed) {
    Dice dice(seed);
    Running day{.problem = make_day({.orders = 40, .shifts = 8, .has_law = true}, dice)};
    day.plan = make_plan(day.problem, {.budget = {.iterations_max = 800}}).plan;
    return day;
}

Order new_order(std::uint64_t seed) {
    Dice dice(seed);
    Order order = make_day({.orders = 1}, dice).orders[0];
    order.name = "new";
    order.skills.clear();
    for (Task& pickup : order.pickups) pickup.windows.clear();
    if (order.delivery) order.delivery->windows.clear();
    return order;
}

TEST(LivePlanTest, QuotesWhatThePlanThenCosts) {
    int quoted = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Running day = running(seed);
        const LivePlan live(day.problem, day.plan);
        const auto offers = live.quote(new_order(seed), {{28'800, 36'000}, {36'000, 50'000}});
        for (const Offer& offer : offers) {
            ++quoted;
            EXPECT_GE(offer.paid, 0);
            EXPECT_EQ(offer.cents, (1500LL * offer.paid + 1800) / 3600);
            if (offer.delivery_start > 0) {
                EXPECT_GE(offer.delivery_start, offer.slot == 0 ? 28'800 : 36'000);
            }
        }
        if (offers.size() == 2) {
            EXPECT_LE(offers[0].paid, offers[1].paid);
        }
    }
    EXPECT_GT(quoted, 6);
}

TEST(ReplanTest, ANewOrderMovesFewOthers) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Running day = running(seed);
        day.problem.orders.push_back(new_order(seed));
        const Replanned again = replan(day.problem, day.plan, {.budget = {.iterations_max = 300}});
        EXPECT_THAT(find_breaches(day.problem, again.plan), IsEmpty()) << seed;
        EXPECT_LE(again.plan.unserved.size(), day.plan.unserved.size() + 1);
        const auto moved =
            std::ranges::count(again.changes, PlanChange::Kind::moved, &PlanChange::kind);
        EXPECT_LE(moved, 6) << seed;
    }
}

TEST(ReplanTest, ACourierWhoIsOutHasNothingToDo) {
    Running day = running(3);
    const int out = day.plan.rounds.front().shift;
    day.problem.shifts[static_cast<std::size_t>(out)].off_because = "a flat tyre";
    const Replanned again = replan(day.problem, day.plan, {.budget = {.iterations_max = 300}});
    EXPECT_THAT(find_breaches(day.problem, again.plan), IsEmpty());
    for (const Round& round : again.plan.rounds) EXPECT_NE(round.shift, out);
    EXPECT_FALSE(again.changes.empty());
}

TEST(ReplanTest, ACancelledOrderIsGone) {
    Running day = running(4);
    const int gone = day.plan.rounds.front().visits.front().stop.order;
    day.problem.orders[static_cast<std::size_t>(gone)].is_cancelled = true;
    const Replanned again = replan(day.problem, day.plan, {.budget = {.iterations_max = 100}});
    EXPECT_THAT(find_breaches(day.problem, again.plan), IsEmpty());
    for (const Round& round : again.plan.rounds)
        for (const Visit& visit : round.visits) EXPECT_NE(visit.stop.order, gone);
}

TEST(ReplanTest, TellsChangesInWords) {
    Problem problem;
    problem.orders = {{.name = "anna"}, {.name = "louise"}, {.name = "marc"}};
    problem.shifts = {{.name = "ana"}, {.name = "bo"}};
    const auto round = [](int shift, int order, Time start) {
        return Round{.shift = shift, .visits = {{.stop = {.order = order}, .start = start}}};
    };
    const Plan before{.rounds = {round(0, 0, 1000), round(1, 1, 1000)}};
    const Plan after{.rounds = {round(1, 0, 1000), round(0, 2, 500)}, .unserved = {1}};
    std::vector<std::string> words;
    for (const PlanChange& change : find_changes(problem, before, after))
        words.push_back(words_of(problem, change));
    EXPECT_THAT(words, testing::ElementsAre("anna: with bo instead of ana",
                                            "louise: nobody brings it any more, was with bo",
                                            "marc: new, with ana"));
}

}  // namespace
}  // namespace emplettes::planner
