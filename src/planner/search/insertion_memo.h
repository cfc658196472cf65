#pragma once
#include <cstdint>
#include <vector>

#include "planner/search/insertion.h"

namespace emplettes::planner {

// Remembers insertions by order and content of the route (Route::fingerprint): a route that comes
// back, after a trial that was undone or by another way, is known again. The newest of those that
// fall together stays. Two contents have the same name once in 2^64. In front of it, a small table
// by order and shift answers for routes that did not change since they were last asked for.
class InsertionMemo {
  public:
    explicit InsertionMemo(const Instance& instance);

    const Insertion& find(const Route& route, int order);
    // From now on this route does not take this order: it was tried, and the law forbids it.
    void forbid(const Route& route, int order);
    void apply(Route& route, int order, const Insertion& insertion) {
        finder_.apply(route, order, insertion);
    }

  private:
    struct Entry {
        std::uint64_t key = 0;
        Insertion insertion;
    };

    static std::uint64_t key_of(const Route& route, int order);
    Entry& entry_of(std::uint64_t key) { return entries_[key & mask_]; }
    Entry& latest_of(int order, int shift) {
        return latest_[(static_cast<std::size_t>(order) * shifts_ +
                        static_cast<std::size_t>(shift)) %
                       latest_.size()];
    }

    InsertionFinder finder_;
    std::vector<Entry> entries_;
    std::uint64_t mask_;
    std::vector<Entry> latest_;
    std::size_t shifts_;
};

}  // namespace emplettes::planner
