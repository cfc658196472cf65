#include "geo/street_names.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>

namespace emplettes::geo {
namespace {

constexpr double kCell_m =
    700;  // neighbouring cells hold points at most 2 km apart, 1 km typically
constexpr double kMetresPerDegree = 111'195;

using Cell = std::pair<std::int64_t, std::int64_t>;

Cell cell_of(Point point, double metres_per_degree_lon) {
    return {static_cast<std::int64_t>(std::floor(point.lat * kMetresPerDegree / kCell_m)),
            static_cast<std::int64_t>(std::floor(point.lon * metres_per_degree_lon / kCell_m))};
}

// The point nearest to the middle of all.
Point central(const std::vector<Point>& points) {
    Point middle;
    for (const Point& point : points) {
        middle.lat += point.lat / static_cast<double>(points.size());
        middle.lon += point.lon / static_cast<double>(points.size());
    }
    return *std::ranges::min_element(points, {},
                                     [middle](Point point) { return distance_m(point, middle); });
}

// Takes the cell's points and those of all cells that touch it, and touch those, out of the map.
std::vector<Point> take_neighbourhood(std::map<Cell, std::vector<Point>>& cells) {
    std::vector<Point> points;
    std::vector<Cell> next = {cells.begin()->first};
    while (!next.empty()) {
        const auto found = cells.find(next.back());
        next.pop_back();
        if (found == cells.end()) continue;
        const Cell cell = found->first;
        points.insert(points.end(), found->second.begin(), found->second.end());
        cells.erase(found);
        for (const int north : {-1, 0, 1})
            for (const int east : {-1, 0, 1})
                next.emplace_back(cell.first + north, cell.second + east);
    }
    return points;
}

void join(const std::string& name, const std::vector<Point>& points,
          std::vector<OsmStreet>& streets) {
    const double metres_per_degree_lon =
        kMetresPerDegree * std::cos(points.front().lat * std::numbers::pi / 180);
    std::map<Cell, std::vector<Point>> cells;
    for (const Point& point : points) cells[cell_of(point, metres_per_degree_lon)].push_back(point);
    while (!cells.empty())
        streets.push_back({.name = name, .position = central(take_neighbourhood(cells))});
}

}  // namespace

std::vector<OsmStreet> StreetNames::joined() const {
    std::vector<OsmStreet> streets;
    for (const auto& [name, points] : pieces_) join(name, points, streets);
    for (const auto& [name, points] : addresses_)
        if (!pieces_.contains(name)) join(name, points, streets);
    std::ranges::stable_sort(streets, {}, [](const OsmStreet& street) {
        return std::tie(street.name, street.position);
    });
    return streets;
}

}  // namespace emplettes::geo
