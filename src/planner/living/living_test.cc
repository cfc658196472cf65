#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/checker.h"
#include "planner/living/day_news.h"
#include "planner/living/live_plan.h"
#include "planner/living/replan.h"
#include "planner/living/under_way.h"
#include "planner/search/insertion.h"
#include "planner/search/solution.h"
#include "planner/search/timetable.h"
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

// The published plan, and in it the new order as it was offered: paid ticks.
Time paid_with(const Running& day, const Order& order, const Offer& offer) {
    Problem problem = day.problem;
    problem.orders.push_back(order);
    const Instance instance(problem);
    const auto stops = stops_in(instance, day.plan);
    Route route(instance, offer.shift);
    route.assign(stops[static_cast<std::size_t>(offer.shift)]);
    const int number = static_cast<int>(problem.orders.size()) - 1;
    InsertionFinder finder(instance);
    finder.apply(route, number, finder.find(route, number));
    Solution solution(instance);
    auto with = stops;
    with[static_cast<std::size_t>(offer.shift)] = route.stops();
    solution.load(with);
    const Plan plan = plan_of(solution);
    EXPECT_THAT(find_breaches(problem, plan), IsEmpty());
    return static_cast<Time>(plan.levels[Level::paid]);
}

TEST(LivePlanTest, QuotesWhatThePlanThenCosts) {
    const std::vector<Window> slots{{28'800, 36'000}, {36'000, 50'000}};
    int quoted = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Running day = running(seed);
        const Plan standing = remaining_plan(day.problem, day.plan);
        const LivePlan live(day.problem, day.plan);
        Order order = new_order(seed);
        for (const Offer& offer : live.quote(order, slots)) {
            ++quoted;
            if (order.delivery) order.delivery->windows = {slots[offer.slot]};
            EXPECT_EQ(paid_with(day, order, offer), standing.levels[Level::paid] + offer.paid)
                << seed;
            EXPECT_EQ(offer.cents, (1500LL * offer.paid + 1800) / 3600);
            if (order.delivery) {
                EXPECT_GE(offer.delivery_start, slots[offer.slot].open);
                EXPECT_LE(offer.delivery_start, slots[offer.slot].close);
            }
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

TEST(UnderWayTest, ThePlanGoesOnAsItWas) {
    int under_way = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Running day = running(seed);
        const Time now = 30'000 + static_cast<Time>(seed % 20) * 1500;
        ride_until(day.problem, day.plan, now);
        ASSERT_EQ(find_fault(day.problem), std::nullopt) << find_fault(day.problem)->sentence();
        const Plan rest = remaining_plan(day.problem, day.plan);
        EXPECT_THAT(find_breaches(day.problem, rest), IsEmpty()) << seed;
        EXPECT_EQ(rest.unserved, day.plan.unserved) << seed;
        EXPECT_LE(rest.levels[Level::paid], day.plan.levels[Level::paid]) << seed;
        for (const Shift& shift : day.problem.shifts) under_way += shift.progress ? 1 : 0;
        for (const Round& round : rest.rounds)
            for (const Visit& visit : round.visits) EXPECT_GE(visit.finish, now) << seed;
    }
    EXPECT_GT(under_way, 20);
}

// Whatever happens at any time, the new plan can be ridden.
TEST(DayNewsTest, EveryNewPlanCanBeRidden) {
    Dice dice(17);
    int changed = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Running day = running(seed % 10 + 1);
        ride_until(day.problem, day.plan, 30'000 + dice.below(25'000));
        const int shift = dice.below(static_cast<int>(day.problem.shifts.size()));
        const int order = dice.below(static_cast<int>(day.problem.orders.size()));
        const DayNews news[] = {
            OrderCancelled{.order = order}, CourierLate{.shift = shift, .by = 1800},
            CourierOut{.shift = shift, .why = "a flat tyre"},
            ShopNotReady{.stop = {.order = order, .pickup = 0}, .until = 45'000}};
        apply(day.problem, day.plan, news[seed % 4]);
        ASSERT_EQ(find_fault(day.problem), std::nullopt) << find_fault(day.problem)->sentence();
        EXPECT_FALSE(words_of(day.problem, news[seed % 4]).empty());
        const Replanned again = replan(day.problem, day.plan, {.budget = {.iterations_max = 50}});
        EXPECT_THAT(find_breaches(day.problem, again.plan), IsEmpty()) << seed;
        for (const PlanChange& change : again.changes)
            EXPECT_FALSE(words_of(day.problem, change).empty());
        changed += again.changes.empty() ? 0 : 1;
    }
    EXPECT_GT(changed, 15);
}

// Ana has a parcel aboard when her tyre goes flat: bo picks it up where she stands.
TEST(DayNewsTest, WhatIsAboardIsTakenOver) {
    Problem problem;
    problem.matrices.push_back({.places = 3,
                                .times = {0, 600, 600, 600, 0, 600, 600, 600, 0},
                                .metres = {0, 1, 1, 1, 0, 1, 1, 1, 0}});
    for (const char* name : {"ana", "bo"})
        problem.shifts.push_back({.name = name,
                                  .start_place = 0,
                                  .end_place = 0,
                                  .window = {.open = 0, .close = 40'000},
                                  .capacity = {10, 10, 10, 10}});
    Order order{.name = "anna"};
    order.pickups = {{.place = 1, .service = 60, .takes = {5, 0, 0, 0}}};
    order.delivery = Task{.place = 2, .windows = {{.open = 3000, .close = 9000}}, .service = 60};
    order.delivery->leaves = {5, 0, 0, 0};
    problem.orders = {order};
    problem.shifts[0].progress =
        Progress{.begun_at = 0, .free_at = 700, .place = 1, .done = {{.order = 0, .pickup = 0}}};
    problem.shifts[1].window.open = 700;
    const Plan published{.rounds = {{.shift = 0, .visits = {{.stop = {.order = 0}}}}}};
    apply(problem, published, CourierOut{.shift = 0, .why = "a flat tyre"});
    EXPECT_EQ(words_of(problem, CourierOut{.shift = 0, .why = "a flat tyre"}),
              "ana is out: a flat tyre; somebody takes over anna");
    const Replanned again = replan(problem, published, {.budget = {.iterations_max = 20}});
    EXPECT_THAT(find_breaches(problem, again.plan), IsEmpty());
    EXPECT_THAT(again.plan.unserved, IsEmpty());
    const auto bo = std::ranges::find(again.plan.rounds, 1, &Round::shift);
    ASSERT_NE(bo, again.plan.rounds.end());
    EXPECT_EQ(bo->visits.size(), 2U);
    EXPECT_EQ(task_of(problem, bo->visits[0].stop).place, 1);
}

TEST(DayNewsTest, AShopThatIsNotReadyIsVisitedLater) {
    Running day = running(5);
    const Round& round = day.plan.rounds.front();
    const auto visit =
        std::ranges::find_if(round.visits, [](const Visit& each) { return each.stop.pickup >= 0; });
    ASSERT_NE(visit, round.visits.end());
    const Time until = visit->start + 900;
    apply(day.problem, day.plan, ShopNotReady{.stop = visit->stop, .until = until});
    const Replanned again = replan(day.problem, day.plan, {.budget = {.iterations_max = 100}});
    int visited = 0;
    for (const Round& each : again.plan.rounds)
        for (const Visit& later : each.visits)
            if (later.stop == visit->stop) {
                ++visited;
                EXPECT_GE(later.start, until);
            }
    EXPECT_EQ(visited, 1);
}

// Who misses one window does not lose all that comes after it.
TEST(ReplanTest, OnlyWhatComesTooLateIsLeftOver) {
    Problem problem;
    problem.matrices.push_back({.places = 2, .times = {0, 600, 600, 0}, .metres = {0, 1, 1, 0}});
    problem.shifts.push_back({.name = "ana",
                              .start_place = 0,
                              .end_place = 0,
                              .window = {.open = 0, .close = 40'000},
                              .capacity = {10, 10, 10, 10}});
    const auto order = [](const char* name, Window window) {
        Order made{.name = name};
        made.delivery = Task{.place = 1, .windows = {window}, .service = 60};
        return made;
    };
    problem.orders = {order("anna", {.open = 0, .close = 900}),
                      order("louise", {.open = 0, .close = 30'000}),
                      order("marc", {.open = 0, .close = 30'000})};
    const auto visit = [](int of) { return Visit{.stop = {.order = of}}; };
    const Plan published{.rounds = {{.shift = 0, .visits = {visit(0), visit(1), visit(2)}}}};
    EXPECT_THAT(remaining_plan(problem, published).unserved, IsEmpty());
    apply(problem, published, CourierLate{.shift = 0, .by = 1800});
    EXPECT_THAT(remaining_plan(problem, published).unserved, testing::ElementsAre(0));
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
    EXPECT_THAT(words, testing::ElementsAre("anna: with bo instead of ana, at 00:16",
                                            "louise: nobody brings it any more, was with bo",
                                            "marc: new, with ana, at 00:08"));
}

}  // namespace
}  // namespace emplettes::planner
