#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/streets/route_query.h"

namespace emplettes::geo {

// The seeds of many points, one after the other.
class SeedLists {
  public:
    void add(std::span<const Seed> seeds) {
        seeds_.insert(seeds_.end(), seeds.begin(), seeds.end());
        first_.push_back(static_cast<std::uint32_t>(seeds_.size()));
    }
    std::size_t size() const { return first_.size() - 1; }
    std::span<const Seed> of(std::size_t point) const {
        return std::span(seeds_).subspan(first_[point], first_[point + 1] - first_[point]);
    }
    std::span<const Seed> all() const { return seeds_; }

  private:
    std::vector<Seed> seeds_;
    std::vector<std::uint32_t> first_ = {0};
};

// The fastest times from each point to each other, in rows of `to`; kFar where there is no way.
// RPHAST (Delling, Goldberg, Werneck 2011): the nodes from which one comes down to a target are
// gathered once, in the order of their ranks; then each source costs one search up and one sweep
// down over them. Several sources are swept at once.
std::vector<std::uint32_t> make_time_matrix(const Hierarchy& hierarchy, const SeedLists& from,
                                            const SeedLists& to, RouteScratch& scratch);

}  // namespace emplettes::geo
