#pragma once
#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "geo/point.h"
#include "geo/streets/street_router.h"

namespace emplettes::orders {

// How long one walks from each of some places to each other.
class WalkTimes {
  public:
    explicit WalkTimes(std::size_t places) : places_(places), times_(places * places) {}

    std::size_t places() const { return places_; }
    std::chrono::seconds& at(std::size_t from, std::size_t to) {
        return times_[from * places_ + to];
    }
    std::chrono::seconds at(std::size_t from, std::size_t to) const {
        return times_[from * places_ + to];
    }

  private:
    std::size_t places_;
    std::vector<std::chrono::seconds> times_;
};

// Over the streets; where there are none (null), or none near a place or no way, the straight line
// times catalogue::kDetour stands in.
WalkTimes walk_times(const geo::StreetRouter* streets, std::span<const geo::Point> places);

}  // namespace emplettes::orders
