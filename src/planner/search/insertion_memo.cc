#include "planner/search/insertion_memo.h"

#include <algorithm>
#include <bit>

namespace emplettes::planner {
namespace {

constexpr std::size_t kEntriesMin = std::size_t{1} << 12;
constexpr std::size_t kEntriesMax = std::size_t{1} << 18;  // 6 MB
constexpr std::size_t kEntriesPerOrder = 512;
constexpr std::size_t kLatestMax = std::size_t{1} << 18;

std::size_t entries_for(int orders) {
    const std::size_t wanted = kEntriesPerOrder * static_cast<std::size_t>(orders + 1);
    return std::bit_ceil(std::clamp(wanted, kEntriesMin, kEntriesMax));
}

}  // namespace

InsertionMemo::InsertionMemo(const Instance& instance)
    : finder_(instance),
      entries_(entries_for(instance.order_count())),
      mask_(entries_.size() - 1),
      latest_(std::min(kLatestMax,
                       std::size_t{1} + static_cast<std::size_t>(instance.order_count()) *
                                            static_cast<std::size_t>(instance.shift_count()))),
      shifts_(static_cast<std::size_t>(instance.shift_count())) {}

std::uint64_t InsertionMemo::key_of(const Route& route, int order) {
    const std::uint64_t spread = (static_cast<std::uint64_t>(order) + 1) * 0x9e3779b97f4a7c15U;
    const std::uint64_t key = route.fingerprint() ^ spread ^ (spread >> 32);
    return key == 0 ? 1 : key;
}

const Insertion& InsertionMemo::find(const Route& route, int order) {
    const std::uint64_t key = key_of(route, order);
    Entry& latest = latest_of(order, route.shift());
    if (latest.key == key) return latest.insertion;
    Entry& entry = entry_of(key);
    if (entry.key != key) entry = {.key = key, .insertion = finder_.find(route, order)};
    latest = entry;
    return latest.insertion;
}

void InsertionMemo::forbid(const Route& route, int order) {
    const std::uint64_t key = key_of(route, order);
    entry_of(key) = {.key = key, .insertion = {}};
    latest_of(order, route.shift()) = entry_of(key);
}

}  // namespace emplettes::planner
