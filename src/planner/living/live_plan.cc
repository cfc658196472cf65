#include "planner/living/live_plan.h"

#include <algorithm>
#include <map>

#include "planner/search/insertion.h"
#include "planner/search/timetable.h"

namespace emplettes::planner {
namespace {

// Where the search keeps the stops of a problem.
std::map<std::pair<int, int>, int> numbers_of(const Instance& instance) {
    std::map<std::pair<int, int>, int> numbers;
    for (int number = 0; number < static_cast<int>(instance.stops().size()); ++number)
        numbers[{instance.stop(number).order, instance.stop(number).pickup}] = number;
    return numbers;
}

std::int64_t cents_for(const Shift& shift, Time paid) {
    constexpr std::int64_t kHour = 3600;
    return (std::int64_t{shift.cents_per_hour} * paid + kHour / 2) / kHour;
}

}  // namespace

std::vector<std::vector<int>> stops_in(const Instance& instance, const Plan& plan) {
    const auto numbers = numbers_of(instance);
    std::vector<std::vector<int>> stops(static_cast<std::size_t>(instance.shift_count()));
    for (const Round& round : plan.rounds)
        for (const Visit& visit : round.visits) {
            const auto number = numbers.find({visit.stop.order, visit.stop.pickup});
            if (number != numbers.end() && !instance.stop(number->second).is_done)
                stops[static_cast<std::size_t>(round.shift)].push_back(number->second);
        }
    return stops;
}

LivePlan::LivePlan(const Problem& problem, const Plan& plan)
    : problem_(&problem), instance_(problem), stops_(problem.shifts.size()) {
    const auto numbers = stops_in(instance_, plan);
    for (std::size_t shift = 0; shift < numbers.size(); ++shift)
        for (const int number : numbers[shift]) {
            const Stop& stop = instance_.stop(number);
            if (!instance_.errand(stop.order).is_done)
                stops_[shift].push_back({.order = stop.order, .pickup = stop.pickup});
        }
}

std::vector<Offer> LivePlan::quote(const Order& order, const std::vector<Window>& slots) const {
    // All of the problem but its matrices, which are large and stay where they are.
    Problem asked{.name = problem_->name,
                  .ticks_per_unit = problem_->ticks_per_unit,
                  .objective = problem_->objective,
                  .orders = problem_->orders,
                  .shifts = problem_->shifts};
    asked.orders.push_back(order);
    const int number = static_cast<int>(asked.orders.size()) - 1;
    Instance instance(asked, instance_);
    const auto routes = routes_in(instance);
    std::vector<Offer> offers;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (order.delivery) instance.promise(instance.errand(number).stops.back(), slots[slot]);
        auto offer = cheapest(instance, routes, number);
        if (!offer) continue;
        offer->slot = slot;
        offers.push_back(*offer);
    }
    std::ranges::stable_sort(offers, {}, &Offer::paid);
    return offers;
}

std::vector<Route> LivePlan::routes_in(const Instance& instance) const {
    const auto numbers = numbers_of(instance);
    std::vector<Route> routes;
    std::vector<int> stops;
    for (int shift = 0; shift < instance.shift_count(); ++shift) {
        stops.clear();
        for (const StopRef stop : stops_[static_cast<std::size_t>(shift)])
            stops.push_back(numbers.at({stop.order, stop.pickup}));
        routes.emplace_back(instance, shift);
        if (!stops.empty()) routes.back().assign(stops);
    }
    return routes;
}

std::optional<Offer> LivePlan::cheapest(const Instance& instance, const std::vector<Route>& routes,
                                        int order) const {
    InsertionFinder finder(instance);
    std::optional<Offer> best;
    for (int shift = 0; shift < instance.shift_count(); ++shift) {
        if (!instance.may_serve(shift, order)) continue;
        Route route = routes[static_cast<std::size_t>(shift)];
        // Somebody is late for what was promised already.
        if (!route.is_possible()) continue;
        const Time paid_before =
            route.is_empty() && !instance.bike(shift).has_begun ? 0 : route.paid_span();
        const Insertion insertion = finder.find(route, order);
        if (!insertion.is_possible()) continue;
        finder.apply(route, order, insertion);
        if (!route.is_possible()) continue;
        const Time paid = route.paid_span() - paid_before;
        if (best && best->paid <= paid) continue;
        const auto round = find_timetable(instance, route);
        if (!round) continue;
        best = Offer{.shift = shift, .paid = paid};
        best->cents = cents_for(problem_->shifts[static_cast<std::size_t>(shift)], paid);
        for (const Visit& visit : round->visits) {
            if (visit.stop.order != order) continue;
            if (visit.stop.pickup < 0) best->delivery_start = visit.start;
            if (visit.stop.pickup >= 0 && best->pickup_start == 0) best->pickup_start = visit.start;
        }
    }
    return best;
}

}  // namespace emplettes::planner
