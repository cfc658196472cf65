#include "geo/streets/measured_line.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace emplettes::geo {
namespace {

constexpr double kFullCircle = 360;

Point point_between(const Point& a, const Point& b, double share) {
    const double lon = a.lon + share * std::remainder(b.lon - a.lon, kFullCircle);
    return {.lat = a.lat + share * (b.lat - a.lat), .lon = std::remainder(lon, kFullCircle)};
}

}  // namespace

MeasuredLine::MeasuredLine(std::span<const FixedPoint> points) : points_(points) {
    check(points.size() >= 2);
    up_to_m_.reserve(points.size());
    up_to_m_.push_back(0);
    for (std::size_t i = 1; i < points.size(); ++i)
        up_to_m_.push_back(up_to_m_.back() + distance_m(points[i - 1].point(), points[i].point()));
}

double MeasuredLine::place_in(std::size_t segment, double share) const {
    if (length_m() <= 0) return 0;
    const double at_m = up_to_m_[segment] + share * (up_to_m_[segment + 1] - up_to_m_[segment]);
    return std::clamp(at_m / length_m(), 0.0, 1.0);
}

Point MeasuredLine::point_at(double place) const {
    const double at_m = place * length_m();
    const auto behind = std::ranges::upper_bound(up_to_m_, at_m);
    if (behind == up_to_m_.begin()) return points_.front().point();
    if (behind == up_to_m_.end()) return points_.back().point();
    const auto i = static_cast<std::size_t>(behind - up_to_m_.begin());
    const double share = (at_m - up_to_m_[i - 1]) / (up_to_m_[i] - up_to_m_[i - 1]);
    return point_between(points_[i - 1].point(), points_[i].point(), share);
}

std::vector<Point> MeasuredLine::part(double begin, double end) const {
    std::vector<Point> part = {point_at(begin)};
    for (std::size_t i = 1; i + 1 < points_.size(); ++i)
        if (up_to_m_[i] > begin * length_m() && up_to_m_[i] < end * length_m())
            part.push_back(points_[i].point());
    part.push_back(point_at(end));
    return part;
}

}  // namespace emplettes::geo
