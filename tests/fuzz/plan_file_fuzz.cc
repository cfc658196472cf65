#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "planner/checker.h"
#include "planner/planner.h"
#include "planner/readers/read_problem.h"

// Whatever somebody wants planned, in any of the formats: a field with a reason, or a problem whose
// plan the checker finds nothing wrong with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes::planner;
    constexpr std::size_t kPlannedMax = 30;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto problem = read_problem(text);
    if (!problem) {
        emplettes::check(!problem.error().field.empty() && !problem.error().reason.empty());
        return 0;
    }
    if (problem->orders.size() > kPlannedMax || problem->shifts.size() > kPlannedMax) return 0;
    const PlanResult result = make_plan(*problem, {.budget = {.iterations_max = 3}});
    emplettes::check(find_breaches(*problem, result.plan).empty());
    return 0;
}
