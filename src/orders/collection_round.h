#pragma once
#include <chrono>
#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "catalogue/hours.h"
#include "orders/walk_times.h"

namespace emplettes::orders {

// The walk that collects what several shops keep. Pure.

inline constexpr std::size_t kRoundStopsMax = 10;
inline constexpr std::chrono::minutes kAtShop{5};
// One walk, not a day on one's feet: what is left out is fetched another time.
inline constexpr std::chrono::hours kRoundLongest{4};

struct RoundStop {
    std::vector<catalogue::OpenSpan> open;  // in order; what is not certain counts as open
    Instant until;                          // it keeps nothing after that
};

struct RoundWish {
    Instant earliest;  // to set out
    std::vector<RoundStop> stops;
    WalkTimes walks;  // between the stops, in their order, and last where one sets out and returns
};

struct RoundCall {
    std::size_t stop = 0;
    std::chrono::seconds walk{0};  // to it
    Instant arrives_at;
    Instant enters_at;  // later than arrives_at: one waits until it opens
    Instant leaves_at;

    bool operator==(const RoundCall&) const = default;
};

struct CollectionRound {
    Instant leaves_at;
    std::vector<RoundCall> calls;       // in the order of the walk; empty: no shop is open in time
    std::vector<std::size_t> left_out;  // stops that are in no one walk with the others
    Instant back_at;
    std::chrono::seconds walking{0};

    bool operator==(const CollectionRound&) const = default;
};

// A walk of kRoundLongest at most that enters every shop while it is open and leaves it before it
// closes: as many shops as possible, then soonest, then back earliest, then the least walking; set
// out as late as that allows. For each of the departures that are tried (at once, as a shop opens,
// two hours before) it is the best of all orders (Held and Karp 1962, with times of opening: to be
// earlier at the same shop, after the same others, is never worse, since one may wait). At most
// kRoundStopsMax stops.
CollectionRound plan_round(const RoundWish& wish);

}  // namespace emplettes::orders
