#include "search/place_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <set>

namespace emplettes::search {
namespace {

double great_circle_m(geo::Point a, geo::Point b) {
    const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
    const double north = std::sin(radians(b.lat - a.lat) / 2);
    const double east = std::sin(radians(b.lon - a.lon) / 2);
    const double h =
        north * north + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * east * east;
    return 2 * 6'371'008.8 * std::asin(std::sqrt(h));
}

RC_GTEST_PROP(LocalPlane, DistancesAreThoseOfTheGreatCircle, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> lat(-60, 60);
    std::uniform_real_distribution<double> lon(-180, 180);
    std::uniform_real_distribution<double> offset(-0.4, 0.4);  // up to 44 km and more
    const geo::Point middle{lat(random), lon(random)};
    const LocalPlane plane(middle);
    const geo::Point a{middle.lat + offset(random), middle.lon + offset(random)};
    const geo::Point b{middle.lat + offset(random), middle.lon + offset(random)};
    const double expected = great_circle_m(a, b);
    const double distance = plane.from(a).distance_m(plane.place(b));
    RC_ASSERT(std::abs(distance - expected) <= 0.001 * expected + 0.1);
}

RC_GTEST_PROP(PlaceTree, GroupsAreBoxesAroundTheirPlaces, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::size_t> count(0, 600);
    std::normal_distribution<double> offset(0, 0.02);
    std::vector<geo::Point> points(count(random));
    for (geo::Point& point : points) {
        point = {48.87 + offset(random), 2.34 + offset(random)};
        if (random() % 50 == 0) point.lat = std::numeric_limits<double>::quiet_NaN();
        if (random() % 50 == 0) point = {0, 0};
        if (random() % 5 == 0) point = {48.87, 2.34};
    }
    const PlaceTree tree(points);
    RC_ASSERT(std::set<std::uint32_t>(tree.order().begin(), tree.order().end()).size() ==
              points.size());
    const auto from = tree.plane().from({48.87 + offset(random), 2.34 + offset(random)});
    for (std::uint32_t number = 0; number < points.size(); ++number) {
        const bool has_position = std::isfinite(points[tree.order()[number]].lat);
        RC_ASSERT(tree.has_position(number) == has_position);
        if (!has_position) continue;
        const std::size_t group = number / kGroupPlaces;
        RC_ASSERT((tree.placed_in_group(group) >> (number % kGroupPlaces) & 1U) == 1U);
        const PlaceTree::Box& box = tree.groups()[group];
        const float distance_m = from.distance_m(tree.position(number));
        RC_ASSERT(from.distance_m_min(box.low, box.high) <= distance_m);
        RC_ASSERT(from.distance_m_max(box.low, box.high) >= distance_m);
    }
}

}  // namespace
}  // namespace emplettes::search
