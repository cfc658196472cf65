#pragma once
#include <vector>

#include "geo/tiles/mercator.h"

namespace emplettes::geo {

// Joins lines that look alike to longer ones, so that a name has room: where exactly two of them
// end at the same point. Directed lines are joined only end to beginning; others may be turned.
// The order is that of the first part of each.
std::vector<PlaneLine> join_lines(std::vector<PlaneLine> lines, bool is_directed);

}  // namespace emplettes::geo
