#include "planner/search/search.h"

#include "planner/search/fleet_bound.h"

namespace emplettes::planner {

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
