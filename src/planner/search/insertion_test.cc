#include "planner/search/insertion.h"

#include <gtest/gtest.h>

#include "planner/search/insertion_memo.h"
#include "planner/search/recreate.h"
#include "planner/search/string_ruin.h"
#include "planner/test_days.h"

namespace emplettes::planner {
namespace {

// The least energy of all places, by trying each: what find() must know without.
Energy by_trying(const Route& route, const std::vector<int>& stops) {
    Energy best = kImpossible;
    const auto try_one = [&](const Route& tried) {
        if (!tried.is_possible()) return;
        for (int at = 0; at <= tried.size(); ++at)
            for (const std::int32_t room : tried.room(at))
                if (room < 0) return;
        best = std::min(best, tried.energy() - route.energy());
    };
    for (int gap = 0; gap <= route.size(); ++gap) {
        if (stops.size() == 1) {
            Route tried = route;
            tried.insert(stops[0], gap);
            try_one(tried);
            continue;
        }
        for (int second = gap; second <= route.size(); ++second) {
            Route tried = route;
            tried.insert_pair(stops[0], gap, stops[1], second);
            try_one(tried);
        }
    }
    return best;
}

void expect_same_as_trying(Objective objective, std::uint64_t seed) {
    Dice dice(seed);
    int possible = 0;
    for (int day = 0; day < 40; ++day) {
        Problem problem = make_day({.orders = 16, .shifts = 2}, dice);
        problem.objective = objective;
        const Instance instance(problem);
        Solution solution(instance);
        Recreate recreate(instance);
        recreate.run(solution, {.blink_chance = 0.3}, dice);
        InsertionFinder finder(instance);
        for (const int order : solution.unserved())
            for (const int shift : solution.used()) {
                if (!instance.may_serve(shift, order)) continue;
                const Insertion found = finder.find(solution.route(shift), order);
                const Energy tried = by_trying(solution.route(shift), instance.errand(order).stops);
                ASSERT_EQ(found.delta, tried) << "day " << day << " order " << order;
                possible += found.is_possible() ? 1 : 0;
            }
    }
    EXPECT_GT(possible, 10);
}

TEST(InsertionTest, IsTheBestOfAllPlacesByDistance) {
    expect_same_as_trying(Objective::distance, 1);
}

TEST(InsertionTest, IsTheBestOfAllPlacesByPaidTime) { expect_same_as_trying(Objective::paid, 2); }

TEST(InsertionTest, AppliedItAddsWhatItSaid) {
    Dice dice(3);
    for (int day = 0; day < 40; ++day) {
        const Problem problem = make_day({.has_groups = day % 2 == 1}, dice);
        const Instance instance(problem);
        InsertionFinder finder(instance);
        for (const int order : instance.open_orders())
            for (int shift = 0; shift < instance.shift_count(); ++shift) {
                if (!instance.may_serve(shift, order)) continue;
                Route route(instance, shift);
                const Insertion found = finder.find(route, order);
                if (!found.is_possible()) continue;
                finder.apply(route, order, found);
                EXPECT_TRUE(route.is_possible());
                EXPECT_EQ(route.energy(), found.delta);
            }
    }
}

TEST(InsertionMemoTest, RemembersWhatThePlainSearchFinds) {
    Dice dice(4);
    const Problem problem = make_day({.orders = 30, .shifts = 4, .has_groups = true}, dice);
    const Instance instance(problem);
    const Neighbours neighbours(instance);
    Solution solution(instance);
    Recreate recreate(instance);
    StringRuin ruin(instance, neighbours, {});
    InsertionFinder plain(instance);
    for (int i = 0; i < 300; ++i) {
        solution.begin_trial();
        ruin.ruin(solution, dice);
        recreate.run(solution, {}, dice);
        for (const int order : solution.unserved())
            for (const int shift : solution.used())
                if (instance.may_serve(shift, order)) {
                    ASSERT_EQ(recreate.memo().find(solution.route(shift), order),
                              plain.find(solution.route(shift), order));
                }
        dice.chance(0.5) ? solution.keep() : solution.undo();
    }
}

TEST(SolutionTest, UndoRestoresEverything) {
    Dice dice(5);
    const Problem problem =
        make_day({.orders = 40, .shifts = 5, .has_law = true, .has_groups = true}, dice);
    const Instance instance(problem);
    const Neighbours neighbours(instance);
    Solution solution(instance);
    Recreate recreate(instance);
    StringRuin ruin(instance, neighbours, {});
    for (int i = 0; i < 300; ++i) {
        const auto stops = solution.stops();
        const auto unserved = solution.unserved();
        const auto used = solution.used();
        const Energy energy = solution.energy();
        solution.begin_trial();
        ruin.ruin(solution, dice);
        recreate.run(solution, {}, dice);
        Solution fresh(instance);
        fresh.load(solution.stops());
        ASSERT_EQ(fresh.energy(), solution.energy());
        if (dice.chance(0.3)) {
            solution.keep();
            continue;
        }
        solution.undo();
        ASSERT_EQ(solution.stops(), stops);
        ASSERT_EQ(solution.unserved(), unserved);
        ASSERT_EQ(solution.used(), used);
        ASSERT_EQ(solution.energy(), energy);
    }
}

}  // namespace
}  // namespace emplettes::planner
