#include "web/shield/prefix_table.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace emplettes::web {

void Tally::fade(SteadyTime now) {
    if (now <= counted_at) return;
    const float past_s = std::chrono::duration<float>(now - counted_at).count();
    const float rest = std::exp2(-past_s / std::chrono::duration<float>(kHalfLife).count());
    recent_writes *= std::exp2(-past_s / std::chrono::duration<float>(kShortLife).count());
    asked *= rest;
    newcomer_writes *= rest;
    cost_us *= rest;
    refused *= rest;
    counted_at = now;
}

PrefixTable::PrefixTable(std::size_t tallies, std::uint64_t seed)
    : tallies_(tallies), sets_(tallies / kWays), state_(seed | 1) {
    check(tallies >= kWays && (tallies & (tallies - 1)) == 0);
}

std::size_t PrefixTable::first_of(std::uint64_t key) const { return key % sets_ * kWays; }

// xorshift64* (Vigna 2016): quick, and its seed is a secret.
std::size_t PrefixTable::chance(std::size_t below) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::size_t>((state_ * 2685821657736338717ULL) >> 33) % below;
}

Tally* PrefixTable::find(std::uint64_t key) {
    Tally* const first = &tallies_[first_of(key)];
    Tally* const found =
        std::find_if(first, first + kWays, [&](const Tally& one) { return one.key == key; });
    return found == first + kWays ? nullptr : found;
}

const Tally* PrefixTable::find(std::uint64_t key) const {
    return const_cast<PrefixTable*>(this)->find(key);
}

Tally* PrefixTable::touch(std::uint64_t key, SteadyTime now) {
    if (key == 0) key = 1;  // 0 is an empty place
    if (Tally* found = find(key)) {
        found->fade(now);
        return found;
    }
    std::array<Tally*, kWays> idle;
    std::size_t count = 0;
    Tally* const first = &tallies_[first_of(key)];
    for (Tally* one = first; one != first + kWays; ++one)
        if (!one->is_kept) idle[count++] = one;
    if (count == 0) return nullptr;
    const std::size_t older = (count + 1) / 2;
    std::nth_element(idle.begin(), idle.begin() + static_cast<std::ptrdiff_t>(older - 1),
                     idle.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Tally* a, const Tally* b) { return a->counted_at < b->counted_at; });
    Tally* const chosen = idle[chance(older)];
    *chosen = {.key = key, .first_seen = now, .counted_at = now};
    return chosen;
}

}  // namespace emplettes::web
