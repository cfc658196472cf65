#include "planner/planner.h"

#include "planner/search/search.h"
#include "planner/search/timetable.h"

namespace emplettes::planner {

PlanResult make_plan(const Problem& problem, const PlanSettings& settings) {
    const Instance instance(problem);
    Solution solution(instance);
    SearchSettings search_settings = settings_for(instance);
    search_settings.seed = settings.seed;
    search_settings.budget = settings.budget;
    if (settings.on_better)
        search_settings.on_better = [&](const Solution& better) {
            settings.on_better(plan_of(better));
        };
    const SearchReport report = search(solution, search_settings);
    return {.plan = plan_of(solution), .iterations = report.iterations};
}

}  // namespace emplettes::planner
