#include "planner/search/search.h"

#include <algorithm>
#include <optional>

#include "planner/search/fleet_bound.h"

namespace emplettes::planner {

SearchSettings settings_for(const Instance& instance) {
    constexpr std::size_t kManyOrders = 75;
    SearchSettings settings;
    switch (instance.problem().objective) {
        case Objective::paid:
            // The more orders, the fewer trials there are for each: nearly downhill then.
            settings.annealing = {.hot = std::clamp(100.0 / (instance.order_count() + 1), 0.1, 1.0),
                                  .cold = 0.01,
                                  .route_chance = instance.order_count() > 300 ? 0.0 : 0.05};
            break;
        case Objective::distance: settings.annealing = {.hot = 4, .cold = 0.005}; break;
        case Objective::vehicles:
            // Large fleets shrink late: the last shifts go after a third of the time.
            if (instance.open_orders().size() <= kManyOrders) break;
            settings.annealing.cold = 0.05;
            settings.fleet = {.share_max = 0.7, .patience = 0.4, .temperature = 4};
            break;
    }
    return settings;
}

SearchReport search(Solution& solution, const SearchSettings& settings) {
    const Instance& instance = solution.instance();
    if (instance.open_orders().empty()) return {};
    Spending spending(settings.budget);
    Dice dice(settings.seed);
    Recreate recreate(instance);
    solution.begin_trial();
    recreate.run(solution, {.blink_chance = 0}, dice);
    solution.keep();
    settings.on_better(solution);
    const Neighbours neighbours(instance);
    std::optional<NearbyOrders> nearby;
    if (instance.open_orders().size() > settings.nearby_above) {
        nearby.emplace(instance);
        recreate.look_nearby(*nearby);
    }
    SearchReport report;
    StringRuin ruin(instance, neighbours, settings.ruin);
    if (instance.problem().objective == Objective::vehicles && solution.unserved().empty()) {
        FleetPhase fleet(instance, ruin, recreate, dice);
        fleet.run(solution, settings.fleet, fleet_bound(instance), spending);
        settings.on_better(solution);
        report.fleet_iterations = spending.iterations();
    }
    Annealing annealing(ruin, recreate, dice);
    annealing.run(solution, settings.annealing, 1.0, spending, settings.on_better);
    report.iterations = spending.iterations();
    return report;
}

}  // namespace emplettes::planner
