#include "geo/streets/street_index.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <queue>

#include "geo/streets/measured_line.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kBoxesInBox = StreetIndex::kBoxesInBox;
constexpr double kMetresPerDegree = 6'371'008.8 * std::numbers::pi / 180;  // as distance_m
constexpr double kAround = 360;
constexpr double kAsFarMetres = 1e-6;  // what is so little further than the limit counts

// Every second bit of the result is one of `value`.
std::uint64_t spread_bits(std::uint32_t value) {
    std::uint64_t bits = value;
    bits = (bits | bits << 16) & 0x0000FFFF0000FFFFULL;
    bits = (bits | bits << 8) & 0x00FF00FF00FF00FFULL;
    bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0FULL;
    bits = (bits | bits << 2) & 0x3333333333333333ULL;
    return (bits | bits << 1) & 0x5555555555555555ULL;
}

// Place on Morton's curve.
std::uint64_t curve_place(const FixedPoint& point) {
    const auto unsigned_of = [](std::int32_t value) {
        return static_cast<std::uint32_t>(value) ^ 0x80000000U;
    };
    return spread_bits(unsigned_of(point.lat_e7)) << 1 | spread_bits(unsigned_of(point.lon_e7));
}

double gap(double low, double high) { return std::max({0.0, low, -high}); }

// The plane that touches the Earth at a point; there are x to the east, y to the north, in metres.
class TangentPlane {
  public:
    explicit TangentPlane(Point origin)
        : origin_(origin),
          x_per_degree_(kMetresPerDegree * std::cos(origin.lat * std::numbers::pi / 180)) {}

    // Of two longitudes the shorter way round.
    double x_between(double lon_from, double lon_to) const {
        return std::remainder(lon_to - lon_from, kAround) * x_per_degree_;
    }
    double x(double lon) const { return x_between(origin_.lon, lon); }
    double y(double lat) const { return (lat - origin_.lat) * kMetresPerDegree; }

    double distance_to_box(const Point& south_west, const Point& north_east) const {
        double east_west = std::numeric_limits<double>::infinity();
        for (const double turn : {-kAround, 0.0, kAround}) {
            const double lon = origin_.lon + turn;
            east_west = std::min(east_west, gap(south_west.lon - lon, north_east.lon - lon));
        }
        return std::hypot(east_west * x_per_degree_, gap(y(south_west.lat), y(north_east.lat)));
    }

  private:
    Point origin_;
    double x_per_degree_;
};

// The nearest place on a line of points.
struct NearestOnLine {
    double distance_m = std::numeric_limits<double>::infinity();
    std::size_t segment = 0;
    double share = 0;  // of that segment
};

NearestOnLine nearest_on_line(const TangentPlane& plane, std::span<const FixedPoint> line) {
    NearestOnLine nearest;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Point a = line[i].point();
        const Point b = line[i + 1].point();
        const double ax = plane.x(a.lon);
        const double ay = plane.y(a.lat);
        const double dx = plane.x_between(a.lon, b.lon);
        const double dy = plane.y(b.lat) - ay;
        const double square = dx * dx + dy * dy;
        const double share = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0.0;
        const double distance_m = std::hypot(ax + share * dx, ay + share * dy);
        if (distance_m < nearest.distance_m)
            nearest = {.distance_m = distance_m, .segment = i, .share = share};
    }
    return nearest;
}

Snap snap_on(std::uint32_t edge, const MeasuredLine& line, const NearestOnLine& nearest) {
    const double along = line.place_in(nearest.segment, nearest.share);
    return {.edge = edge,
            .along = along,
            .point = line.point_at(along),
            .distance_m = nearest.distance_m};
}

// Looks into the nearest box first, until the nearest street is nearer than any box.
class NearestSearch {
  public:
    NearestSearch(const StreetIndex& index, const StreetNetwork& network, Point point)
        : index_(index), network_(network), plane_(point) {
        std::size_t begin = 0;
        for (std::size_t size = index.edges().size(); size > 0;
             size = size == 1 ? 0 : (size + kBoxesInBox - 1) / kBoxesInBox) {
            levels_.push_back({.begin = begin, .size = size});
            begin += size;
        }
    }

    std::optional<Snap> run(double distance_m_max) {
        if (levels_.empty()) return std::nullopt;
        const double furthest_m = distance_m_max + kAsFarMetres;
        nearest_.distance_m = furthest_m;
        look_at(levels_.size() - 1, 0);
        while (!waiting_.empty() && waiting_.top().distance_m < nearest_.distance_m) {
            const Waiting next = waiting_.top();
            waiting_.pop();
            open(next);
        }
        if (nearest_.distance_m >= furthest_m) return std::nullopt;
        return snap_on(edge_, MeasuredLine(network_.shape(edge_)), nearest_);
    }

  private:
    struct Level {
        std::size_t begin = 0;  // of its boxes
        std::size_t size = 0;
    };
    struct Waiting {
        double distance_m = 0;
        std::size_t level = 0;
        std::size_t place = 0;  // in the level

        bool operator>(const Waiting& other) const { return distance_m > other.distance_m; }
    };

    void look_at(std::size_t level, std::size_t place) {
        const auto& box = index_.boxes()[levels_[level].begin + place];
        const double distance_m =
            plane_.distance_to_box(box.south_west.point(), box.north_east.point());
        if (distance_m < nearest_.distance_m) waiting_.push({distance_m, level, place});
    }
    void open(const Waiting& box) {
        if (box.level > 0) {
            const std::size_t begin = box.place * kBoxesInBox;
            const std::size_t end = std::min(begin + kBoxesInBox, levels_[box.level - 1].size);
            for (std::size_t place = begin; place < end; ++place) look_at(box.level - 1, place);
            return;
        }
        const std::uint32_t edge = index_.edges()[box.place];
        const NearestOnLine found = nearest_on_line(plane_, network_.shape(edge));
        if (found.distance_m >= nearest_.distance_m) return;
        nearest_ = found;
        edge_ = edge;
    }

    const StreetIndex& index_;
    const StreetNetwork& network_;
    TangentPlane plane_;
    std::vector<Level> levels_;  // the edges' first
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
    NearestOnLine nearest_;
    std::uint32_t edge_ = 0;
};

}  // namespace

void StreetIndex::Box::add(const FixedPoint& point) { add(Box{point, point}); }

void StreetIndex::Box::add(const Box& box) {
    south_west.lat_e7 = std::min(south_west.lat_e7, box.south_west.lat_e7);
    south_west.lon_e7 = std::min(south_west.lon_e7, box.south_west.lon_e7);
    north_east.lat_e7 = std::max(north_east.lat_e7, box.north_east.lat_e7);
    north_east.lon_e7 = std::max(north_east.lon_e7, box.north_east.lon_e7);
}

void StreetIndex::Box::widen() {
    constexpr std::int64_t kHalfAround = 1'800'000'000;
    if (std::int64_t{north_east.lon_e7} - south_west.lon_e7 <= kHalfAround) return;
    south_west.lon_e7 = -kHalfAround;
    north_east.lon_e7 = kHalfAround;
}

StreetIndex::StreetIndex(const StreetNetwork& network) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    for (std::uint32_t edge = 0; edge < network.edge_count(); ++edge) {
        const auto line = network.shape(edge);
        order.emplace_back(curve_place(line[line.size() / 2]), edge);
    }
    std::ranges::sort(order);
    for (const auto& [place, edge] : order) {
        Box box;
        for (const FixedPoint& point : network.shape(edge)) box.add(point);
        box.widen();
        edges_.push_back(edge);
        boxes_.push_back(box);
    }
    add_levels();
}

void StreetIndex::add_levels() {
    std::size_t begin = 0;
    for (std::size_t size = boxes_.size(); size > 1;) {
        const std::size_t end = begin + size;
        for (std::size_t i = begin; i < end; i += kBoxesInBox) {
            Box box;
            for (std::size_t j = i; j < std::min(i + kBoxesInBox, end); ++j) box.add(boxes_[j]);
            boxes_.push_back(box);
        }
        begin = end;
        size = boxes_.size() - end;
    }
}

std::optional<Snap> StreetIndex::nearest(const StreetNetwork& network, Point point,
                                         double distance_m_max) const {
    return NearestSearch(*this, network, point).run(distance_m_max);
}

}  // namespace emplettes::geo
