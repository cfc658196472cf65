#pragma once
#include <cstdint>
#include <vector>

#include "geo/tiles/plane_shapes.h"

namespace emplettes::geo {

// The sea within a box.
struct Sea {
    std::vector<std::vector<PlaneLine>> areas;  // each with its islands as holes
    std::int64_t broken = 0;                    // coasts that end far from the edge of the box
};

// Closes lines of coast, which have land on their left, along the edge of a box. Ways are joined
// end to beginning first. An end that lies within the box, as in a file that was cut, is led to the
// nearest edge; when that is farther than an eighth of the box, the coast is left out and counted.
// Without any coast there is no sea: a box of nothing but water cannot be told from land.
Sea make_sea(std::vector<PlaneLine> coast, const PlaneBox& box);

}  // namespace emplettes::geo
