#pragma once
#include <string>
#include <vector>

#include "planner/plan.h"

namespace emplettes::planner {

// What a plan breaks, in words: "shift ana: 12 minutes of work too many". Empty: it can be ridden
// as it stands. Judges by problem and plan alone, with none of the search's code, so that neither
// can excuse the other: slow, plain, and the last word.
std::vector<std::string> find_breaches(const Problem& problem, const Plan& plan);

// The levels of a plan, added up from its times.
Levels count_levels(const Problem& problem, const Plan& plan);

}  // namespace emplettes::planner
