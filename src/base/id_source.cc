#include "base/id_source.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes {
namespace {

constexpr int kSequenceBits = 8;
constexpr int kNodeBits = 4;
constexpr std::chrono::sys_days kEpoch = std::chrono::year{2026} / 1 / 1;

}  // namespace

IdSource::IdSource(const Clock& clock, int node) : clock_(clock), node_(node) {
    check(node >= 0 && node < (1 << kNodeBits));
}

std::int64_t IdSource::next_value() {
    const auto since =
        clock_.now_precise() - std::chrono::sys_time<std::chrono::milliseconds>(kEpoch);
    const std::int64_t earliest = std::max<std::int64_t>(since.count(), 1) << kSequenceBits;
    std::int64_t last = last_tick_.load(std::memory_order_relaxed);
    std::int64_t tick = 0;
    do {
        tick = std::max(last + 1, earliest);
    } while (!last_tick_.compare_exchange_weak(last, tick, std::memory_order_relaxed));
    const std::int64_t sequence = tick & ((1 << kSequenceBits) - 1);
    const std::int64_t ms = tick >> kSequenceBits;
    return (((ms << kNodeBits) | node_) << kSequenceBits) | sequence;
}

}  // namespace emplettes
