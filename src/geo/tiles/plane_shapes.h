#pragma once
#include <span>
#include <vector>

#include "geo/tiles/mercator.h"

namespace emplettes::geo {

// What a map does to lines and rings before it draws them. Coordinates stay within ±2^30.

PlaneBox box_of(std::span<const PlanePoint> points);  // of at least one

// Positive when the ring runs clockwise as one looks at it, y going down.
double area_of(std::span<const PlanePoint> ring);

// A point within the area of a ring and its holes; for a ring without any area, one of its points.
PlanePoint point_within(const std::vector<PlaneLine>& rings);

// Whether a point lies within rings, holes counted out (even-odd); on the edge it may be either.
bool is_within(const std::vector<PlaneLine>& rings, PlanePoint point);

// The pieces of a line within a box, its edge included; each has at least two points.
std::vector<PlaneLine> clip_line(std::span<const PlanePoint> line, const PlaneBox& box);

// The part of a ring's area within a box (Sutherland and Hodgman, 1974). Parts that hang together
// only through the outside stay joined along the edge of the box. Empty when nothing is left.
PlaneLine clip_ring(std::span<const PlanePoint> ring, const PlaneBox& box);

// Without points that lie nearer than `tolerance` to the line without them (Douglas and Peucker,
// 1973), nor the same point twice in a row; both ends stay.
PlaneLine simplify_line(std::span<const PlanePoint> line, double tolerance);
// The same for a ring. Fewer than three points: nothing is left of it.
PlaneLine simplify_ring(std::span<const PlanePoint> ring, double tolerance);

}  // namespace emplettes::geo
