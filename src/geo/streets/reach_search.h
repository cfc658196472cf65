#pragma once
#include <cstdint>
#include <vector>

#include "geo/streets/street_router.h"
#include "geo/streets/time_queue.h"

namespace emplettes::geo {

// Everything that is reached from one point within a time: "what is there within ten minutes".
// Dijkstra's search on the network itself, whose cost is that of the part reached. One object for
// each thread; it may be run again and again. The router must outlive it.
class ReachSearch {
  public:
    explicit ReachSearch(const StreetRouter& router);

    // `limit_ms` included; kFar: everything.
    void run(const Snap& from, std::uint32_t limit_ms);

    // Of the last run: kFar when it takes longer than its limit.
    std::uint32_t time_to(const Snap& to) const;
    struct Reached {
        std::uint32_t street = 0;   // as in NetworkArc
        std::uint32_t time_ms = 0;  // until its end
    };
    // Streets that are travelled to their end within the limit, each with the earliest time; in the
    // order of their numbers. Not the street where one set out.
    std::vector<Reached> streets() const;

  private:
    const StreetRouter& router_;
    Snap from_;
    std::uint32_t limit_ms_ = 0;
    std::vector<std::uint32_t> time_ms_;  // of each node
    std::vector<std::uint32_t> touched_;
    TimeQueue queue_;
};

}  // namespace emplettes::geo
