#pragma once
#include "planner/search/segment.h"

namespace emplettes::planner {

class Instance;
class Route;

// How a route keeps the law: with which break, if it needs one.
struct Duty {
    bool is_lawful = false;
    Segment whole;               // with the break
    Time span = 0;               // from first duty to release
    int break_gap = -1;          // behind which position the break is; -1: none
    bool is_on_arrival = false;  // after the way to the next position, not before it

    bool operator==(const Duty&) const = default;
};

// The shortest lawful duty of a possible route, exact for at most one break where each stop has one
// window. Waiting is work, unless it makes a break longer. No break is taken with cold load aboard.
Duty find_duty(const Instance& instance, const Route& route);

}  // namespace emplettes::planner
