#include "geo/streets/street_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "geo/streets/measured_line.h"
#include "geo/streets/street_router.h"
#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

// Two-way streets of random shapes around one junction, so that none is left out.
StreetPlan star(std::mt19937_64& random, Point middle, std::size_t streets) {
    StreetPlan plan{.junctions = 1, .names = {""}};
    const auto near = [&](double degrees) {
        const auto offset = static_cast<std::int64_t>(random() % 200'000) - 100'000;
        auto value = std::llround(degrees * 1e7) + offset;
        if (value > 1'800'000'000) value -= 3'600'000'000;
        if (value < -1'800'000'000) value += 3'600'000'000;
        return static_cast<std::int32_t>(value);
    };
    for (std::size_t i = 0; i < streets; ++i) {
        StreetEdge edge{.time_ms = {100, 100},
                        .length_cm = 100,
                        .first_shape = static_cast<std::uint32_t>(plan.shapes.size()),
                        .shape_count = static_cast<std::uint32_t>(2 + random() % 4)};
        for (std::uint32_t j = 0; j < edge.shape_count; ++j)
            plan.shapes.push_back({.lat_e7 = near(middle.lat), .lon_e7 = near(middle.lon)});
        plan.edges.push_back(edge);
    }
    return plan;
}

// Looks at every street, at a thousand places of each segment.
double nearest_m(const StreetNetwork& network, Point from) {
    double nearest = 1e300;
    for (std::uint32_t edge = 0; edge < network.edge_count(); ++edge) {
        const auto line = network.shape(edge);
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            for (int step = 0; step <= 1000; ++step)
                nearest = std::min(
                    nearest,
                    distance_m(from, MeasuredLine(line.subspan(i, 2)).point_at(step / 1000.0)));
    }
    return nearest;
}

RC_GTEST_PROP(StreetIndex, FindsTheNearestPlace, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Point middle = seed % 3 == 0 ? Point{-17.0, 179.999} : Point{48.88, 2.34};
    const StreetNetwork network = StreetNetwork::make(star(random, middle, 1 + random() % 12));
    const StreetIndex index(network);
    for (int i = 0; i < 3; ++i) {
        const auto aside = [&] { return static_cast<double>(random() % 1000) * 4e-5 - 0.02; };
        Point from{middle.lat + aside(), middle.lon + aside()};
        from.lon = std::remainder(from.lon, 360.0);
        const auto snap = index.nearest(network, from, 1e5);
        RC_ASSERT(snap.has_value());
        RC_ASSERT(std::abs(snap->distance_m - nearest_m(network, from)) < 3.5);
        RC_ASSERT(std::abs(snap->distance_m - distance_m(from, snap->point)) <
                  0.1 + snap->distance_m / 1000);
        RC_ASSERT(snap->along >= 0 && snap->along <= 1);
        const Point place = MeasuredLine(network.shape(snap->edge)).point_at(snap->along);
        RC_ASSERT(distance_m(place, snap->point) < 0.01);
        RC_ASSERT(!index.nearest(network, from, snap->distance_m * 0.99).has_value());
        RC_ASSERT(index.nearest(network, from, snap->distance_m).has_value());
        // What is on the street stays where it is.
        const auto again = index.nearest(network, snap->point, 1e5);
        RC_ASSERT(again->distance_m < 0.01);
    }
}

TEST(StreetIndex, MeasuresInTheMiddleOfAStreet) {
    const auto router = StreetRouter::build(crossing().read(), Profile::foot);
    const Point beside{48.8805, 2.3401};  // 7.3 m to the east of way 40
    const auto snap = router->snap(beside, 100);
    ASSERT_TRUE(snap);
    EXPECT_NEAR(snap->distance_m, 7.31, 0.02);
    EXPECT_NEAR(snap->along, 0.5 / 0.9, 1e-6);
    EXPECT_NEAR(snap->point.lon, 2.34, 1e-9);
    EXPECT_FALSE(router->snap(beside, 7));
}

// Both sides of a street lie on the same place of it, and its two directions add up.
TEST(StreetIndex, BothSidesAreTheSamePlace) {
    const auto router = StreetRouter::build(crossing().read(), Profile::foot);
    const auto east = router->snap({48.8805, 2.3401}, 100);
    const auto west = router->snap({48.8805, 2.3399}, 100);
    ASSERT_TRUE(east && west);
    EXPECT_EQ(east->edge, west->edge);
    EXPECT_NEAR(east->along, west->along, 1e-9);
    EXPECT_NEAR(east->distance_m, west->distance_m, 1e-6);
    const auto departures = router->departures(*east);
    const auto arrivals = router->arrivals(*east);
    ASSERT_EQ(departures.size(), 2U);
    ASSERT_EQ(arrivals.size(), 2U);
    const std::uint32_t whole_ms = router->network().time_ms(2 * east->edge);
    EXPECT_EQ(departures[0].time_ms + departures[1].time_ms, whole_ms);
    EXPECT_EQ(arrivals[0].time_ms + arrivals[1].time_ms, whole_ms);
    EXPECT_EQ(departures[0].node, arrivals[1].node);
}

}  // namespace
}  // namespace emplettes::geo
