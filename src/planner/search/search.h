#pragma once
#include <functional>
#include <vector>

#include "planner/search/annealing.h"
#include "planner/search/fleet_phase.h"

namespace emplettes::planner {

struct SearchSettings {
    std::uint64_t seed = 1;
    Budget budget;
    RuinSettings ruin;
    FleetSettings fleet;
    AnnealingSettings annealing;
    std::size_t nearby_above = 150;  // so many orders, only shifts nearby are asked for a place
    // Hears of each plan that is better than all before; the solution is there only for the call.
    std::function<void(const Solution&)> on_better = [](const Solution&) {};
};

// With what was measured best for the kind and size of the instance (docs/benchmarks.md).
SearchSettings settings_for(const Instance& instance);

struct SearchReport {
    std::int64_t iterations = 0;
    std::int64_t fleet_iterations = 0;  // of them, to do with fewer shifts
};

// Makes `solution` better until the budget is spent: any start will do, an empty one too. For one
// seed, instance, start and number of iterations the result is the same.
SearchReport search(Solution& solution, const SearchSettings& settings);

}  // namespace emplettes::planner
