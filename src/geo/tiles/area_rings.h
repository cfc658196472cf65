#pragma once
#include <optional>
#include <span>
#include <vector>

#include "geo/streets/street_map.h"

namespace emplettes::geo {

// A way of a multipolygon: its nodes and where they are.
struct RingWay {
    std::vector<std::int64_t> nodes;
    std::vector<FixedPoint> points;  // as many
};

// One outer ring and the holes in it; each begins where it ends, written once.
using RingedArea = std::vector<std::vector<FixedPoint>>;

// Joins ways to the areas that they enclose, whatever their order, direction and roles (libosmium's
// assembler). None when they do not close or cross each other.
std::optional<std::vector<RingedArea>> ringed_areas(std::span<const RingWay> ways);

}  // namespace emplettes::geo
