#include "planner/living/replan.h"

#include <algorithm>
#include <map>
#include <optional>

#include "planner/living/live_plan.h"
#include "planner/search/search.h"
#include "planner/search/timetable.h"

namespace emplettes::planner {
namespace {

// Where an order is in a plan, and when its last stop begins.
struct Seat {
    int shift = 0;
    Time start = 0;
};

std::map<int, Seat> seats_of(const Plan& plan) {
    std::map<int, Seat> seats;
    for (const Round& round : plan.rounds)
        for (const Visit& visit : round.visits)
            seats[visit.stop.order] = {.shift = round.shift, .start = visit.start};
    return seats;
}

// Routes as they were published, without those that cannot be ridden any more: their orders are
// placed again, where they were if that can be.
void load_what_holds(Solution& solution, const Plan& published) {
    const Instance& instance = solution.instance();
    auto stops = stops_in(instance, published);
    for (int shift = 0; shift < instance.shift_count(); ++shift) {
        auto& wanted = stops[static_cast<std::size_t>(shift)];
        std::erase_if(wanted, [&](int number) {
            return !instance.may_serve(shift, instance.stop(number).order);
        });
        Route route(instance, shift);
        route.assign(wanted);
        // The last order that makes it impossible goes first.
        while (!wanted.empty() && !route.is_possible()) {
            const int order = instance.stop(wanted.back()).order;
            std::erase_if(wanted, [&](int n) { return instance.stop(n).order == order; });
            route.assign(wanted);
        }
    }
    solution.load(stops);
}

}  // namespace

Replanned replan(Problem problem, const Plan& published, const PlanSettings& settings) {
    for (const auto& [order, seat] : seats_of(published))
        if (static_cast<std::size_t>(order) < problem.orders.size())
            problem.orders[static_cast<std::size_t>(order)].published_to = seat.shift;
    const Instance instance(problem);
    Solution solution(instance);
    load_what_holds(solution, published);
    SearchSettings near{.seed = settings.seed, .budget = settings.budget};
    near.annealing.hot = 0.1;
    near.annealing.cold = 0.01;
    near.annealing.is_near_published = true;
    search(solution, near);
    Plan plan = plan_of(solution);
    auto changes = find_changes(problem, published, plan);
    return {.plan = std::move(plan), .changes = std::move(changes)};
}

std::vector<PlanChange> find_changes(const Problem& problem, const Plan& before,
                                     const Plan& after) {
    const auto old_seats = seats_of(before);
    const auto new_seats = seats_of(after);
    std::vector<PlanChange> changes;
    using enum PlanChange::Kind;
    for (int order = 0; order < static_cast<int>(problem.orders.size()); ++order) {
        const auto was = old_seats.find(order);
        const auto is = new_seats.find(order);
        if (is == new_seats.end()) {
            if (std::ranges::find(after.unserved, order) != after.unserved.end() &&
                was != old_seats.end())
                changes.push_back(
                    {.kind = left_out, .order = order, .from_shift = was->second.shift});
            continue;
        }
        PlanChange change{.order = order, .to_shift = is->second.shift};
        if (was == old_seats.end()) {
            changes.push_back(change);
            continue;
        }
        change.from_shift = was->second.shift;
        change.by = is->second.start - was->second.start;
        change.kind = change.by > 0 ? later : earlier;
        if (change.from_shift != change.to_shift) change.kind = moved;
        if (change.kind == moved || std::abs(change.by) >= kSameTime) changes.push_back(change);
    }
    return changes;
}

std::string words_of(const Problem& problem, const PlanChange& change) {
    const auto shift = [&](int number) {
        return problem.shifts[static_cast<std::size_t>(number)].name;
    };
    const std::string minutes = std::to_string((std::abs(change.by) + 30) / 60) + " minutes ";
    const std::string order = problem.orders[static_cast<std::size_t>(change.order)].name + ": ";
    switch (change.kind) {
        case PlanChange::Kind::served: return order + "new, with " + shift(change.to_shift);
        case PlanChange::Kind::left_out:
            return order + "nobody brings it any more, was with " + shift(change.from_shift);
        case PlanChange::Kind::moved:
            return order + "with " + shift(change.to_shift) + " instead of " +
                   shift(change.from_shift);
        case PlanChange::Kind::later: return order + minutes + "later";
        case PlanChange::Kind::earlier: return order + minutes + "earlier";
    }
    return order;
}

}  // namespace emplettes::planner
