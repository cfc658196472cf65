#include "base/id_source.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes {
namespace {

constexpr int kSequenceBits = 8;
constexpr int kNodeBits = 4;
constexpr std::chrono::sys_days kEpoch = std::chrono::year{2026} / 1 / 1;

std::int64_t first_tick(std::chrono::sys_time<std::chrono::milliseconds> at) {
    const auto since = at - std::chrono::sys_time<std::chrono::milliseconds>(kEpoch);
    return std::max<std::int64_t>(since.count(), 1) << kSequenceBits;
}

}  // namespace

IdSource::IdSource(const Clock& clock, int node) : clock_(clock), node_(node) {
    check(node >= 0 && node < (1 << kNodeBits));
}

void IdSource::start_after(Instant latest) {
    const std::int64_t floor = first_tick(latest + std::chrono::seconds{1});
    std::int64_t last = last_tick_.load();
    while (last < floor && !last_tick_.compare_exchange_weak(last, floor)) {
    }
}

std::int64_t IdSource::next_value() {
    const std::int64_t earliest = first_tick(clock_.now_precise());
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
