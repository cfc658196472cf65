#pragma once
#include <atomic>
#include <cstdint>

#include "base/clock.h"
#include "base/id.h"

namespace emplettes {

// Makes ids: 41 bits of milliseconds since 2026-01-01, 4 bits of node, 8 bits of sequence; so
// they grow with time, never repeat in one process, and do not collide between nodes. A burst of
// more than 256 ids in a millisecond borrows from the next ones. Thread-safe, lock-free.
class IdSource {
  public:
    // `node` is 0 to 15: two programs that write to one database at a time need different ones.
    IdSource(const Clock& clock, int node);

    // Ids from here on are those of a time after this, however the clock is set: for one that was
    // set back while the program was away, and would give again what it gave before.
    void start_after(Instant latest);

    template <typename SomeId>
    SomeId next() {
        return SomeId{next_value()};
    }

  private:
    std::int64_t next_value();

    const Clock& clock_;
    const std::int64_t node_;
    std::atomic<std::int64_t> last_tick_{0};  // (milliseconds << 8) | sequence
};

}  // namespace emplettes
