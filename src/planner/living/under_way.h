#pragma once
#include "planner/plan.h"

namespace emplettes::planner {

// Makes of a day the same day at `now`, if everything went as published: what is finished or under
// way is done, the way to the next stop included; who is released stays so; nobody else begins
// before `now`.
void ride_until(Problem& problem, const Plan& published, Time now);

}  // namespace emplettes::planner
