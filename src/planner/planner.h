#pragma once
#include <cstdint>
#include <functional>

#include "planner/plan.h"
#include "planner/search/budget.h"

namespace emplettes::planner {

struct PlanSettings {
    std::uint64_t seed = 1;
    Budget budget;
    // Hears of each plan that is better than all before it, soon of a first one.
    std::function<void(const Plan&)> on_better;
};

struct PlanResult {
    Plan plan;
    std::int64_t iterations = 0;
};

// Plans the rounds of a problem without fault (find_fault). The same plan for the same problem,
// seed and number of iterations. One thread; several may run side by side.
PlanResult make_plan(const Problem& problem, const PlanSettings& settings);

}  // namespace emplettes::planner
