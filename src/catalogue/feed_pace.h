#pragma once
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace emplettes::catalogue {

inline constexpr std::chrono::minutes kFeedRetryFirst{5};
inline constexpr std::chrono::hours kFeedRetryMost{1};

// How often a keeper may want an address read.
inline constexpr std::chrono::minutes kFeedEveryMin{15};
inline constexpr std::chrono::days kFeedEveryMax{7};

struct FeedPace {
    std::chrono::seconds every{0};  // as the keeper wishes
    std::int64_t failures = 0;      // in a row
};

// When a feed is read again after one reading. After failures soon at first, then twice as late
// each time, but never later than kFeedRetryMost or than it is read anyway: a server that was away
// for hours costs its feed nothing but age.
Instant next_reading(const FeedPace& pace, Instant now);

}  // namespace emplettes::catalogue
