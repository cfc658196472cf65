#include "geo/point.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/text.h"

namespace emplettes::geo {
namespace {

constexpr double kEarthRadius_m = 6'371'008.8;  // IUGG mean radius R1 (Moritz 2000, GRS 80)
constexpr double kRadiansPerDegree = std::numbers::pi / 180;

}  // namespace

std::optional<Point> parse_point(std::string_view text) {
    const auto parts = split(text, ',');
    const auto lat = parts.size() == 2 ? parse_double(trim(parts[0])) : std::nullopt;
    const auto lon = parts.size() == 2 ? parse_double(trim(parts[1])) : std::nullopt;
    if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) return std::nullopt;
    return Point{.lat = *lat, .lon = *lon};
}

double distance_m(Point a, Point b) {
    const double half_lat = (b.lat - a.lat) * kRadiansPerDegree / 2;
    const double half_lon = (b.lon - a.lon) * kRadiansPerDegree / 2;
    const double h = std::sin(half_lat) * std::sin(half_lat) +
                     std::cos(a.lat * kRadiansPerDegree) * std::cos(b.lat * kRadiansPerDegree) *
                         std::sin(half_lon) * std::sin(half_lon);
    return 2 * kEarthRadius_m * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

double rounded_degrees(double degrees) { return std::round(degrees * 1e7) / 1e7; }

bool Bounds::contains(Point p) const {
    return p.lat >= south && p.lat <= north && p.lon >= west && p.lon <= east;
}

}  // namespace emplettes::geo
