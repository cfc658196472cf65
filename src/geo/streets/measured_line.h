#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "geo/streets/street_map.h"

namespace emplettes::geo {

// A line of at least two points with its length; it must not outlive the points. Places on it are
// shares of the length, 0 to 1.
class MeasuredLine {
  public:
    explicit MeasuredLine(std::span<const FixedPoint> points);

    double length_m() const { return up_to_m_.back(); }
    // The place at `share` of the segment between points i and i + 1.
    double place_in(std::size_t segment, double share) const;
    Point point_at(double place) const;
    // From one place to a later one: both and what lies between them.
    std::vector<Point> part(double begin, double end) const;

  private:
    std::span<const FixedPoint> points_;
    std::vector<double> up_to_m_;  // each point, from the first
};

}  // namespace emplettes::geo
