#include "planner/search/neighbours.h"

#include <algorithm>

namespace emplettes::planner {
namespace {

constexpr std::size_t kNeighboursMax = 300;

}  // namespace

Neighbours::Neighbours(const Instance& instance) {
    const auto& stops = instance.stops();
    const TravelTable& travel = instance.travel(instance.bike(0));
    std::vector<std::pair<std::int64_t, int>> by_way(stops.size());
    for (const Stop& from : stops) {
        for (std::size_t i = 0; i < stops.size(); ++i)
            by_way[i] = {std::int64_t{travel.time(from.place, stops[i].place)} +
                             travel.time(stops[i].place, from.place),
                         static_cast<int>(i)};
        const std::size_t count = std::min(by_way.size(), kNeighboursMax);
        const auto end = by_way.begin() + static_cast<std::ptrdiff_t>(count);
        if (count < by_way.size()) std::nth_element(by_way.begin(), end, by_way.end());
        std::sort(by_way.begin(), end);
        auto& near = near_.emplace_back();
        near.reserve(count);
        for (std::size_t i = 0; i < count; ++i) near.push_back(by_way[i].second);
    }
}

}  // namespace emplettes::planner
