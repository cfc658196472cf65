#include "catalogue/feed_pace.h"

#include <algorithm>

namespace emplettes::catalogue {

Instant next_reading(const FeedPace& pace, Instant now) {
    if (pace.failures <= 0) return now + pace.every;
    std::chrono::seconds wait = kFeedRetryFirst;
    for (std::int64_t n = 1; n < pace.failures && wait < kFeedRetryMost; ++n) wait *= 2;
    return now + std::min({wait, std::chrono::seconds{kFeedRetryMost}, pace.every});
}

}  // namespace emplettes::catalogue
