#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "geo/streets/street_plan.h"

namespace emplettes::geo {

// Nodes by time, earliest first; of equal times the lower node. A node may be in it several times:
// who takes it out asks whether it has been settled since. A heap of four children to a parent:
// half as deep as one of two, and its children lie side by side.
class TimeQueue {
  public:
    struct Entry {
        std::uint32_t time_ms;
        std::uint32_t node;
    };

    bool empty() const { return heap_.empty(); }
    void clear() { heap_.clear(); }
    std::uint32_t earliest_ms() const {
        return heap_.empty() ? kFar : static_cast<std::uint32_t>(heap_.front() >> 32);
    }
    void push(std::uint32_t time_ms, std::uint32_t node) {
        const std::uint64_t key = std::uint64_t{time_ms} << 32 | node;
        std::size_t at = heap_.size();
        heap_.push_back(key);
        while (at > 0 && key < heap_[(at - 1) / kChildren]) {
            heap_[at] = heap_[(at - 1) / kChildren];
            at = (at - 1) / kChildren;
        }
        heap_[at] = key;
    }
    Entry pop() {
        const std::uint64_t first = heap_.front();
        const std::uint64_t key = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) sink(key);
        return {.time_ms = static_cast<std::uint32_t>(first >> 32),
                .node = static_cast<std::uint32_t>(first)};
    }

  private:
    static constexpr std::size_t kChildren = 4;

    void sink(std::uint64_t key) {
        std::size_t at = 0;
        while (true) {
            const std::size_t begin = at * kChildren + 1;
            if (begin >= heap_.size()) break;
            const std::size_t end = std::min(begin + kChildren, heap_.size());
            std::size_t least = begin;
            for (std::size_t child = begin + 1; child < end; ++child)
                if (heap_[child] < heap_[least]) least = child;
            if (key <= heap_[least]) break;
            heap_[at] = heap_[least];
            at = least;
        }
        heap_[at] = key;
    }

    std::vector<std::uint64_t> heap_;
};

}  // namespace emplettes::geo
