#include "geo/point.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace emplettes::geo {
namespace {

constexpr Point kNotreDame{.lat = 48.8530, .lon = 2.3499};

rc::Gen<Point> any_point() {
    return rc::gen::map(rc::gen::pair(rc::gen::inRange(-90'000'000, 90'000'001),
                                      rc::gen::inRange(-180'000'000, 180'000'001)),
                        [](const std::pair<int, int>& millionths) {
                            return Point{.lat = millionths.first / 1e6,
                                         .lon = millionths.second / 1e6};
                        });
}

// Independent: the angle between two unit vectors.
double distance_by_vectors_m(Point a, Point b) {
    const auto unit = [](Point p) {
        const double lat = p.lat * std::numbers::pi / 180;
        const double lon = p.lon * std::numbers::pi / 180;
        return std::array{std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon),
                          std::sin(lat)};
    };
    const auto u = unit(a);
    const auto v = unit(b);
    const double dot = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    const double x = u[1] * v[2] - u[2] * v[1];
    const double y = u[2] * v[0] - u[0] * v[2];
    const double z = u[0] * v[1] - u[1] * v[0];
    return 6'371'008.8 * std::atan2(std::sqrt(x * x + y * y + z * z), dot);
}

TEST(Distance, OneDegreeOfAMeridian) {
    EXPECT_NEAR(distance_m({.lat = 0, .lon = 0}, {.lat = 1, .lon = 0}), 111'195.1, 0.1);
    EXPECT_NEAR(distance_m({.lat = 60, .lon = 0}, {.lat = 60, .lon = 1}), 55'595.5, 3);
    EXPECT_NEAR(distance_m({.lat = 0, .lon = 179}, {.lat = 0, .lon = -179}), 222'390.2, 0.1);
    EXPECT_EQ(distance_m(kNotreDame, kNotreDame), 0);
}

RC_GTEST_PROP(Distance, EqualsTheAngleBetweenVectors, ()) {
    const Point a = *any_point();
    const Point b = *any_point();
    RC_ASSERT(std::abs(distance_m(a, b) - distance_by_vectors_m(a, b)) < 0.5);
    RC_ASSERT(distance_m(a, b) == distance_m(b, a));
}

TEST(Bounds, ContainsItsEdges) {
    const Bounds quarter{.south = 48.85, .west = 2.34, .north = 48.86, .east = 2.36};
    EXPECT_TRUE(quarter.contains(kNotreDame));
    EXPECT_TRUE(quarter.contains({.lat = 48.85, .lon = 2.36}));
    EXPECT_FALSE(quarter.contains({.lat = 48.87, .lon = 2.35}));
    EXPECT_FALSE(quarter.contains({.lat = 48.855, .lon = 2.3}));
}

}  // namespace
}  // namespace emplettes::geo
