#pragma once
#include <vector>

#include "planner/search/instance.h"

namespace emplettes::planner {

// For every order those that would go well with it, the nearest first: near by way and by the time
// of the last stop. Of large days only the shifts that have one of these are asked for a place.
class NearbyOrders {
  public:
    explicit NearbyOrders(const Instance& instance);

    const std::vector<int>& of(int order) const { return near_[static_cast<std::size_t>(order)]; }

  private:
    std::vector<std::vector<int>> near_;
};

}  // namespace emplettes::planner
