#pragma once
#include <compare>
#include <optional>
#include <string_view>

namespace emplettes::geo {

// A place on the Earth, WGS 84, in degrees.
struct Point {
    double lat = 0;
    double lon = 0;

    auto operator<=>(const Point&) const = default;
};

// "48.8670,2.3640": latitude, longitude; none when it is no place on Earth.
std::optional<Point> parse_point(std::string_view text);

// Great-circle distance in metres (haversine on a sphere of 6,371,008.8 m, IUGG mean radius).
double distance_m(Point a, Point b);

// To seven decimals, a centimetre: as exactly as maps are, and short when written.
double rounded_degrees(double degrees);

struct Bounds {
    double south = 0;
    double west = 0;
    double north = 0;
    double east = 0;

    auto operator<=>(const Bounds&) const = default;
    bool contains(Point p) const;
};

}  // namespace emplettes::geo
