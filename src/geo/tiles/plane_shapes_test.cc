#include "geo/tiles/plane_shapes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/tiles/line_joining.h"

namespace emplettes::geo {
namespace {

constexpr PlaneBox kField{-50, -50, 150, 150};
constexpr PlaneBox kWindow{0, 0, 100, 100};

PlanePoint any_point(std::mt19937& random) {
    std::uniform_int_distribution<std::int32_t> at(kField.west, kField.east);
    return {at(random), at(random)};
}

// Round a middle, so that it does not cross itself.
PlaneLine any_ring(std::mt19937& random) {
    const PlanePoint middle = any_point(random);
    std::uniform_real_distribution<double> radius(5, 90);
    std::uniform_int_distribution<int> count(3, 12);
    const int corners = count(random);
    PlaneLine ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 6.283185307179586 * i / corners;
        const double r = radius(random);
        ring.push_back({middle.x + static_cast<std::int32_t>(r * std::cos(angle)),
                        middle.y + static_cast<std::int32_t>(r * std::sin(angle))});
    }
    return ring;
}

double distance_to_ring(const PlaneLine& ring, PlanePoint p) {
    double nearest = 1e9;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint a = ring[i];
        const PlanePoint b = ring[(i + 1) % ring.size()];
        const double dx = b.x - a.x;
        const double dy = b.y - a.y;
        const double length2 = dx * dx + dy * dy;
        const double t =
            length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
        nearest = std::min(nearest, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return nearest;
}

// A clipped ring holds exactly the points of the window that the ring holds; beside its edges
// rounding may decide otherwise.
RC_GTEST_PROP(PlaneShapes, AClippedRingIsWhatTheWindowShows, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    const PlaneLine ring = any_ring(random);
    const PlaneLine clipped = clip_ring(ring, kWindow);
    for (const PlanePoint& point : clipped) RC_ASSERT(kWindow.contains(point));
    for (int i = 0; i < 200; ++i) {
        const PlanePoint p = any_point(random);
        if (distance_to_ring(ring, p) < 1.5) continue;
        const bool is_inside = p.x > 0 && p.y > 0 && p.x < 100 && p.y < 100;
        const bool is_shown = !clipped.empty() && is_within({clipped}, p);
        if (is_inside) RC_ASSERT(is_shown == is_within({ring}, p));
        if (!kWindow.contains(p)) RC_ASSERT(!is_shown);
    }
}

RC_GTEST_PROP(PlaneShapes, AClippedRingIsTurnedAsItWas, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    const PlaneLine ring = any_ring(random);
    const double area = area_of(clip_ring(ring, kWindow));
    RC_ASSERT(area == 0 || (area > 0) == (area_of(ring) > 0) || std::abs(area) < 50);
}

double distance_to_line(const PlaneLine& line, PlanePoint p) {
    PlaneLine there_and_back = line;
    there_and_back.insert(there_and_back.end(), line.rbegin() + 1, line.rend());
    return distance_to_ring(there_and_back, p);
}

// Cuts are rounded to whole units, twice at a corner: two units bound the way that a piece may
// leave the line. Lengths have no such bound: a line that grazes an edge enters it anywhere.
constexpr double kRounding = 2;
constexpr PlaneBox kWellWithin{2, 2, 98, 98};

RC_GTEST_PROP(PlaneShapes, ALineIsCutAtTheWindow, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    PlaneLine line;
    for (int i = 0; i < 6; ++i) line.push_back(any_point(random));
    const std::vector<PlaneLine> pieces = clip_line(line, kWindow);
    for (const PlaneLine& piece : pieces) {
        RC_ASSERT(piece.size() > 1U);
        for (const PlanePoint& point : piece) {
            RC_ASSERT(kWindow.contains(point));
            RC_ASSERT(distance_to_line(line, point) <= kRounding);
        }
    }
    for (std::size_t i = 1; i < line.size(); ++i) {
        for (int step = 0; step <= 100; ++step) {
            const PlanePoint p{line[i - 1].x + (line[i].x - line[i - 1].x) * step / 100,
                               line[i - 1].y + (line[i].y - line[i - 1].y) * step / 100};
            if (!kWellWithin.contains(p) || line[i] == line[i - 1]) continue;
            const auto is_shown = [&](const PlaneLine& piece) {
                return distance_to_line(piece, p) <= kRounding;
            };
            RC_ASSERT(std::any_of(pieces.begin(), pieces.end(), is_shown));
        }
    }
}

RC_GTEST_PROP(PlaneShapes, ASimplifiedLineStaysNear, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    PlaneLine line;
    for (int i = 0; i < 30; ++i) line.push_back(any_point(random));
    const PlaneLine simple = simplify_line(line, 10);
    RC_ASSERT(simple.front() == line.front());
    RC_ASSERT(simple.back() == line.back());
    for (const PlanePoint& point : line) RC_ASSERT(distance_to_line(simple, point) <= 10.001);
}

RC_GTEST_PROP(PlaneShapes, APointWithinIsWithin, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    std::vector<PlaneLine> rings = {any_ring(random)};
    PlaneLine hole = rings.front();
    PlanePoint middle{0, 0};
    for (const PlanePoint& p : hole) middle = {middle.x + p.x, middle.y + p.y};
    const auto count = static_cast<std::int32_t>(hole.size());
    middle = {middle.x / count, middle.y / count};
    for (PlanePoint& p : hole) p = {(p.x + middle.x) / 2, (p.y + middle.y) / 2};
    rings.push_back(hole);
    const PlanePoint p = point_within(rings);
    RC_ASSERT(is_within(rings, p) || distance_to_ring(rings[0], p) < 2 ||
              distance_to_ring(rings[1], p) < 2);
}

TEST(PlaneShapes, ClockwiseIsPositive) {
    const PlaneLine clockwise = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};  // y goes down
    EXPECT_EQ(area_of(clockwise), 100);
    EXPECT_EQ(area_of(PlaneLine(clockwise.rbegin(), clockwise.rend())), -100);
    EXPECT_EQ(area_of(PlaneLine{{1, 1}, {2, 2}}), 0);
    EXPECT_TRUE(is_within({clockwise}, {5, 5}));
    EXPECT_FALSE(is_within({clockwise}, {11, 5}));
}

TEST(PlaneShapes, NothingIsLeftOfWhatIsTooSmall) {
    EXPECT_TRUE(simplify_ring(PlaneLine{{0, 0}, {1, 0}, {1, 1}}, 4).empty());
    EXPECT_TRUE(simplify_ring(PlaneLine{{0, 0}, {1, 0}}, 0).empty());
    EXPECT_TRUE(simplify_line(PlaneLine{}, 1).empty());
    EXPECT_EQ(simplify_line(PlaneLine{{3, 3}, {3, 3}}, 1).size(), 1U);
    EXPECT_TRUE(clip_ring(PlaneLine{{-9, -9}, {-5, -9}, {-5, -5}}, kWindow).empty());
    EXPECT_TRUE(clip_line(PlaneLine{{-9, -9}, {-5, 900}}, kWindow).empty());
}

TEST(PlaneShapes, FarCoordinatesDoNotOverflow) {
    constexpr std::int32_t kFar = 1 << 30;
    const PlaneLine world = {{-kFar, -kFar}, {kFar, -kFar}, {kFar, kFar}, {-kFar, kFar}};
    EXPECT_GT(area_of(world), 4e18);
    EXPECT_EQ(clip_ring(world, kWindow).size(), 4U);
    EXPECT_EQ(clip_line(PlaneLine{{-kFar, -kFar}, {kFar, kFar}}, kWindow).size(), 1U);
    EXPECT_EQ(simplify_ring(world, 3).size(), 4U);
}

TEST(LineJoining, JoinsWhereTwoMeet) {
    const std::vector<PlaneLine> lines = {{{0, 0}, {1, 0}}, {{3, 0}, {2, 0}}, {{2, 0}, {1, 0}}};
    const auto joined = join_lines(lines, false);
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(joined[0], (PlaneLine{{0, 0}, {1, 0}, {2, 0}, {3, 0}}));
    EXPECT_EQ(join_lines(lines, true).size(), 2U) << "only the last two have one direction";
}

TEST(LineJoining, LeavesCrossingsAndRingsAlone) {
    const std::vector<PlaneLine> star = {{{0, 0}, {1, 1}}, {{2, 0}, {1, 1}}, {{1, 2}, {1, 1}}};
    EXPECT_EQ(join_lines(star, false).size(), 3U);
    const std::vector<PlaneLine> ring = {{{0, 0}, {1, 0}, {1, 1}, {0, 0}}};
    EXPECT_EQ(join_lines(ring, true), ring);
    const std::vector<PlaneLine> halves = {{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}, {0, 0}}};
    EXPECT_EQ(join_lines(halves, true).size(), 1U);
}

}  // namespace
}  // namespace emplettes::geo
