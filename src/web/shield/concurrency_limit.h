#pragma once
#include <cstddef>
#include <cstdint>

namespace emplettes::web {

// How many requests are worked on at once, found from how long they take: Gradient2 of Netflix's
// concurrency-limits (github.com/Netflix/concurrency-limits, Gradient2Limit). While answers come
// as fast as usual the limit grows; when they take longer because there are too many, it falls.
// There, latencies are those of one service; here they are measured in what the same route usually
// takes, so that a slow page after a fast one is no sign of anything. Not thread-safe.
class ConcurrencyLimit {
  public:
    struct Range {
        std::size_t min;
        std::size_t max;  // also the first limit
    };
    explicit ConcurrencyLimit(Range range);

    struct Finished {
        std::int64_t took_us;
        std::int64_t usual_us;  // of its route
        std::size_t in_flight;  // when it ended, itself included
    };
    void add(const Finished& request);
    std::size_t limit() const { return static_cast<std::size_t>(limit_); }

  private:
    const Range range_;
    double limit_;
    double usual_ = 0;  // how long requests take, as a multiple of what is usual; slow mean
    int seen_ = 0;
};

}  // namespace emplettes::web
