#include "search/place_tree.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emplettes::search {
namespace {

bool is_position(geo::Point point) {
    return std::isfinite(point.lat) && std::isfinite(point.lon) && std::abs(point.lat) <= 90 &&
           std::abs(point.lon) <= 360;
}

// The median in each direction: outliers do not move it.
geo::Point middle_of(std::span<const geo::Point> points) {
    std::vector<double> lats;
    std::vector<double> lons;
    for (const geo::Point point : points) {
        if (!is_position(point)) continue;
        lats.push_back(point.lat);
        lons.push_back(point.lon);
    }
    if (lats.empty()) return {};
    const auto half = static_cast<std::ptrdiff_t>(lats.size() / 2);
    std::nth_element(lats.begin(), lats.begin() + half, lats.end());
    std::nth_element(lons.begin(), lons.begin() + half, lons.end());
    return {.lat = lats[static_cast<std::size_t>(half)],
            .lon = lons[static_cast<std::size_t>(half)]};
}

// Of the points with these indices, at least one.
PlaceTree::Box box_around(std::span<const PlanePosition> points,
                          std::span<const std::uint32_t> indices) {
    PlaceTree::Box box{points[indices[0]], points[indices[0]]};
    for (const std::uint32_t index : indices) {
        const PlanePosition point = points[index];
        box.low = {std::min(box.low.east_m, point.east_m),
                   std::min(box.low.north_m, point.north_m)};
        box.high = {std::max(box.high.east_m, point.east_m),
                    std::max(box.high.north_m, point.north_m)};
    }
    return box;
}

}  // namespace

PlaceTree::PlaceTree(std::span<const geo::Point> points)
    : plane_(middle_of(points)), order_(points.size()), positions_(points.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    const auto unplaced = std::stable_partition(
        order_.begin(), order_.end(), [&](std::uint32_t i) { return is_position(points[i]); });
    placed_ = static_cast<std::uint32_t>(unplaced - order_.begin());

    std::vector<PlanePosition> flat(points.size());
    std::transform(points.begin(), points.end(), flat.begin(),
                   [&](geo::Point point) { return plane_.place(point); });
    split(flat, {0, placed_});
    for (std::size_t i = 0; i < order_.size(); ++i) positions_[i] = flat[order_[i]];
    const std::span<const std::uint32_t> placed(order_.data(), placed_);
    for (std::size_t begin = 0; begin < placed_; begin += kGroupPlaces) {
        const std::size_t size = std::min<std::size_t>(kGroupPlaces, placed_ - begin);
        groups_.push_back(box_around(flat, placed.subspan(begin, size)));
    }
}

void PlaceTree::split(std::span<const PlanePosition> points, NumberRange range) {
    if (range.end - range.begin <= kLeafPlaces) return;
    const auto begin = order_.begin() + range.begin;
    const auto end = order_.begin() + range.end;
    const Box box = box_around(points, {begin, end});
    const bool is_wide = box.high.east_m - box.low.east_m > box.high.north_m - box.low.north_m;
    const std::uint32_t middle = range.begin + (range.end - range.begin) / 2;
    std::nth_element(begin, order_.begin() + middle, end, [&](std::uint32_t a, std::uint32_t b) {
        const float left = is_wide ? points[a].east_m : points[a].north_m;
        const float right = is_wide ? points[b].east_m : points[b].north_m;
        return left != right ? left < right : a < b;
    });
    split(points, {range.begin, middle});
    split(points, {middle, range.end});
}

std::size_t PlaceTree::bytes() const {
    return order_.size() * sizeof(std::uint32_t) + positions_.size() * sizeof(PlanePosition) +
           groups_.size() * sizeof(Box);
}

}  // namespace emplettes::search
