#pragma once
#include "planner/search/instance.h"

namespace emplettes::planner {

// So many shifts are needed at least to serve all orders: orders of which no two can share one, and
// what loads at the start need of bikes. Only where all shifts are alike; else 1.
int fleet_bound(const Instance& instance);

}  // namespace emplettes::planner
