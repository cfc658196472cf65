#pragma once
#include <string>

#include "planner/plan.h"

namespace emplettes {

inline constexpr std::size_t kPlanFileBytesMax = 64UL << 20;

// The bytes of a file or, for "-", of standard input. Throws when it cannot be read or is too
// large.
std::string read_plan_file(const std::string& path);
// A problem of any kind that the planner reads; throws what is wrong, with the file's name.
planner::Problem load_problem(const std::string& path);

}  // namespace emplettes
