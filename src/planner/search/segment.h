#pragma once
#include <algorithm>

#include "planner/problem.h"

namespace emplettes::planner {

// A piece of a round whose windows can be kept (Savelsbergh 1992; Vidal et al. 2013): whenever it
// is begun from `earliest` to `latest` it takes `span`, waiting included. Begun before, it waits
// until `earliest`; it cannot be begun later than `latest`.
struct Segment {
    Time span = 0;
    Time earliest = 0;
    Time latest = kTimeMax;

    bool operator==(const Segment&) const = default;
};

// Whether `next` can follow `first` after so much travel.
inline bool can_follow(const Segment& first, Time travel, const Segment& next) {
    return first.earliest + first.span + travel <= next.latest;
}

inline Segment joined(const Segment& first, Time travel, const Segment& next) {
    const Time reach = first.span + travel;
    const Time waiting = std::max(next.earliest - reach - first.latest, 0);
    return {.span = reach + waiting + next.span,
            .earliest = std::max(next.earliest - reach, first.earliest) - waiting,
            .latest = std::min(next.latest - reach, first.latest)};
}

}  // namespace emplettes::planner
