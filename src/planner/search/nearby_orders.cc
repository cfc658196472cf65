#include "planner/search/nearby_orders.h"

#include <algorithm>

namespace emplettes::planner {
namespace {

constexpr std::size_t kNearbyMax = 24;

// Between two windows; 0 where they overlap.
Time gap_between(const Stop& a, const Stop& b) {
    return std::max({a.open - b.close, b.open - a.close, 0});
}

std::int64_t distance(const Instance& instance, const TravelTable& travel, int a, int b) {
    const auto& from = instance.errand(a).stops;
    const auto& to = instance.errand(b).stops;
    const Stop& last = instance.stop(from.back());
    const Stop& other_last = instance.stop(to.back());
    const Stop& first = instance.stop(from.front());
    const Stop& other_first = instance.stop(to.front());
    return std::int64_t{travel.time(last.place, other_last.place)} +
           travel.time(first.place, other_first.place) / 2 + gap_between(last, other_last);
}

}  // namespace

NearbyOrders::NearbyOrders(const Instance& instance)
    : near_(static_cast<std::size_t>(instance.order_count())) {
    const TravelTable& travel = instance.travel(instance.bike(0));
    std::vector<std::pair<std::int64_t, int>> by_distance;
    for (const int order : instance.open_orders()) {
        by_distance.clear();
        for (const int other : instance.open_orders())
            if (other != order)
                by_distance.emplace_back(distance(instance, travel, order, other), other);
        const std::size_t count = std::min(by_distance.size(), kNearbyMax);
        const auto end = by_distance.begin() + static_cast<std::ptrdiff_t>(count);
        if (count < by_distance.size())
            std::nth_element(by_distance.begin(), end, by_distance.end());
        std::sort(by_distance.begin(), end);
        auto& near = near_[static_cast<std::size_t>(order)];
        for (auto each = by_distance.begin(); each != end; ++each) near.push_back(each->second);
    }
}

}  // namespace emplettes::planner
