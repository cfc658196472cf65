#pragma once
#include "planner/problem.h"
#include "planner/search/dice.h"

namespace emplettes::planner {

// For tests: what a made-up day has.
struct DaySettings {
    int orders = 12;
    int shifts = 3;
    bool has_law = false;       // limits, breaks, cold load
    bool has_groups = false;    // several pickups, jobs, several windows
    bool has_progress = false;  // some couriers are under way
};

// A day in a town of 8 by 8 km, the same for the same dice: some orders cannot be served. Travel
// times obey the triangle inequality.
Problem make_day(const DaySettings& settings, Dice& dice);

}  // namespace emplettes::planner
