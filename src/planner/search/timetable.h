#pragma once
#include <optional>

#include "planner/plan.h"
#include "planner/search/route.h"

namespace emplettes::planner {

// The times of a route with the break of its duty: as late as its span allows first, and in any
// case early enough. None when something cannot be kept, which is only what must not be aboard too
// long. `route` is not empty or has begun.
std::optional<Round> find_timetable(const Instance& instance, const Route& route);

// What a solution comes to.
Plan plan_of(const class Solution& solution);

}  // namespace emplettes::planner
