#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "planner/readers/read_error.h"

namespace emplettes::planner {

// Our own JSON: a day with its places, bikes, shifts and orders (docs/planner.md).
Read<Problem> read_day(std::string_view json);
// VROOM's: jobs, shipments, vehicles with at most one break each, matrices.
Read<Problem> read_vroom(std::string_view json);
// Our own JSON with what has come since, each an order or {"places": […], "orders": […]}. Fields
// are named as in one document: what has come counts on from the day's own. Checked by find_fault.
Read<Problem> read_day_with(std::string_view day, const std::vector<std::string>& more);
// Whatever of our formats and the benchmarks' it is, by its look; checked by find_fault.
Read<Problem> read_problem(std::string_view text);

}  // namespace emplettes::planner
