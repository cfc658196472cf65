#pragma once
#include <vector>

#include "planner/search/instance.h"

namespace emplettes::planner {

// For each stop the others, nearest first, by the way there and back; at most kNeighboursMax.
class Neighbours {
  public:
    explicit Neighbours(const Instance& instance);

    const std::vector<int>& of(int stop) const { return near_[static_cast<std::size_t>(stop)]; }

  private:
    std::vector<std::vector<int>> near_;
};

}  // namespace emplettes::planner
