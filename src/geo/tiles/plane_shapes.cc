#include "geo/tiles/plane_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace emplettes::geo {
namespace {

// Where a line crosses one edge of a box: it is inside while `inside` of its coordinate holds.
struct Edge {
    enum class Side { west, north, east, south } side;
    std::int32_t at = 0;

    bool is_inside(PlanePoint p) const {
        switch (side) {
            case Side::west: return p.x >= at;
            case Side::north: return p.y >= at;
            case Side::east: return p.x <= at;
            case Side::south: return p.y <= at;
        }
        return false;
    }
    // Computed from the smaller end, so that both directions of a line give the same point.
    PlanePoint crossing(PlanePoint a, PlanePoint b) const {
        if (b < a) std::swap(a, b);
        const double dx = static_cast<double>(b.x) - a.x;
        const double dy = static_cast<double>(b.y) - a.y;
        if (side == Side::west || side == Side::east) {
            const double y = a.y + dy * ((static_cast<double>(at) - a.x) / dx);
            return {at, static_cast<std::int32_t>(std::lround(y))};
        }
        const double x = a.x + dx * ((static_cast<double>(at) - a.y) / dy);
        return {static_cast<std::int32_t>(std::lround(x)), at};
    }
};

std::array<Edge, 4> edges_of(const PlaneBox& box) {
    return {Edge{Edge::Side::west, box.west}, Edge{Edge::Side::east, box.east},
            Edge{Edge::Side::north, box.north}, Edge{Edge::Side::south, box.south}};
}

void add_point(PlaneLine& line, PlanePoint point) {
    if (line.empty() || line.back() != point) line.push_back(point);
}

PlaneLine clip_at(const PlaneLine& ring, const Edge& edge) {
    PlaneLine clipped;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint from = ring[i == 0 ? ring.size() - 1 : i - 1];
        const PlanePoint to = ring[i];
        if (edge.is_inside(from) != edge.is_inside(to)) add_point(clipped, edge.crossing(from, to));
        if (edge.is_inside(to)) add_point(clipped, to);
    }
    return clipped;
}

// One straight piece of a line within a box; false when nothing is.
bool clip_segment(PlanePoint& a, PlanePoint& b, const PlaneBox& box) {
    for (const Edge& edge : edges_of(box)) {
        const bool has_a = edge.is_inside(a);
        const bool has_b = edge.is_inside(b);
        if (!has_a && !has_b) return false;
        if (has_a && has_b) continue;
        (has_a ? b : a) = edge.crossing(a, b);
    }
    return true;
}

double squared_distance(PlanePoint p, PlanePoint a, PlanePoint b) {
    const double dx = static_cast<double>(b.x) - a.x;
    const double dy = static_cast<double>(b.y) - a.y;
    const double px = static_cast<double>(p.x) - a.x;
    const double py = static_cast<double>(p.y) - a.y;
    const double length2 = dx * dx + dy * dy;
    const double along = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0;
    const double ex = px - along * dx;
    const double ey = py - along * dy;
    return ex * ex + ey * ey;
}

// Marks the points that stay between two that do.
void mark_kept(std::span<const PlanePoint> line, double tolerance, std::vector<bool>& is_kept) {
    std::vector<std::pair<std::size_t, std::size_t>> open = {{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double farthest2 = tolerance * tolerance;
        std::size_t split = 0;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double distance2 = squared_distance(line[i], line[first], line[last]);
            if (distance2 <= farthest2) continue;
            farthest2 = distance2;
            split = i;
        }
        if (split == 0) continue;
        is_kept[split] = true;
        open.emplace_back(first, split);
        open.emplace_back(split, last);
    }
}

// Where a level cuts the rings, from west to east.
std::vector<double> cuts_at(const std::vector<PlaneLine>& rings, double y) {
    std::vector<double> cuts;
    for (const PlaneLine& ring : rings)
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const PlanePoint a = ring[i];
            const PlanePoint b = ring[(i + 1) % ring.size()];
            if ((a.y > y) == (b.y > y)) continue;
            cuts.push_back(a.x + (y - a.y) * (static_cast<double>(b.x) - a.x) /
                                     (static_cast<double>(b.y) - a.y));
        }
    std::ranges::sort(cuts);
    return cuts;
}

}  // namespace

PlaneBox box_of(std::span<const PlanePoint> points) {
    PlaneBox box{points[0].x, points[0].y, points[0].x, points[0].y};
    for (const PlanePoint& p : points) {
        box.west = std::min(box.west, p.x);
        box.east = std::max(box.east, p.x);
        box.north = std::min(box.north, p.y);
        box.south = std::max(box.south, p.y);
    }
    return box;
}

double area_of(std::span<const PlanePoint> ring) {
    double twice = 0;
    for (std::size_t i = 2; i < ring.size(); ++i) {
        const double ax = static_cast<double>(ring[i - 1].x) - ring[0].x;
        const double ay = static_cast<double>(ring[i - 1].y) - ring[0].y;
        const double bx = static_cast<double>(ring[i].x) - ring[0].x;
        const double by = static_cast<double>(ring[i].y) - ring[0].y;
        twice += ax * by - bx * ay;
    }
    return twice / 2;
}

bool is_within(const std::vector<PlaneLine>& rings, PlanePoint point) {
    const std::vector<double> cuts = cuts_at(rings, point.y);
    return std::ranges::count_if(cuts, [&](double x) { return x <= point.x; }) % 2 == 1;
}

PlanePoint point_within(const std::vector<PlaneLine>& rings) {
    const PlaneBox box = box_of(rings.front());
    // Off the grid, where no corner can lie; the middle is where a name looks right.
    const double y = std::floor((static_cast<double>(box.north) + box.south) / 2) + 0.5;
    const std::vector<double> cuts = cuts_at(rings, y);
    double widest = -1;
    PlanePoint middle = rings.front().front();
    for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
        if (cuts[i + 1] - cuts[i] <= widest) continue;
        widest = cuts[i + 1] - cuts[i];
        middle = {static_cast<std::int32_t>(std::lround((cuts[i] + cuts[i + 1]) / 2)),
                  static_cast<std::int32_t>(y)};
    }
    return middle;
}

std::vector<PlaneLine> clip_line(std::span<const PlanePoint> line, const PlaneBox& box) {
    std::vector<PlaneLine> pieces;
    PlaneLine piece;
    const auto finish = [&] {
        if (piece.size() > 1) pieces.push_back(std::move(piece));
        piece.clear();
    };
    for (std::size_t i = 1; i < line.size(); ++i) {
        PlanePoint from = line[i - 1];
        PlanePoint to = line[i];
        if (!clip_segment(from, to, box)) {
            finish();
            continue;
        }
        if (!piece.empty() && piece.back() != from) finish();
        add_point(piece, from);
        add_point(piece, to);
        if (to != line[i]) finish();
    }
    finish();
    return pieces;
}

PlaneLine clip_ring(std::span<const PlanePoint> ring, const PlaneBox& box) {
    PlaneLine clipped(ring.begin(), ring.end());
    for (const Edge& edge : edges_of(box)) {
        clipped = clip_at(clipped, edge);
        if (clipped.empty()) return clipped;
    }
    while (clipped.size() > 1 && clipped.front() == clipped.back()) clipped.pop_back();
    if (clipped.size() < 3) clipped.clear();
    return clipped;
}

PlaneLine simplify_line(std::span<const PlanePoint> line, double tolerance) {
    if (line.empty()) return {};
    std::vector<bool> is_kept(line.size());
    is_kept.front() = true;
    is_kept.back() = true;
    mark_kept(line, tolerance, is_kept);
    PlaneLine simple;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (is_kept[i]) add_point(simple, line[i]);
    return simple;
}

PlaneLine simplify_ring(std::span<const PlanePoint> ring, double tolerance) {
    if (ring.size() < 3) return {};
    // Begun at a corner that stays in any case, whatever its first point is.
    const auto corner = std::ranges::min_element(ring);
    PlaneLine closed(corner, ring.end());
    closed.insert(closed.end(), ring.begin(), corner);
    closed.push_back(closed.front());
    PlaneLine simple = simplify_line(closed, tolerance);
    simple.pop_back();
    if (simple.size() < 3) simple.clear();
    return simple;
}

}  // namespace emplettes::geo
