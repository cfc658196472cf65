#pragma once
#include <cstdint>
#include <vector>

#include "web/shield/worth.h"

namespace emplettes::web {

// What is remembered of a network. Counts fade: each has half its weight after kHalfLife.
struct Tally {
    std::uint64_t key = 0;  // from a KeyedHash; 0: nobody's
    SteadyTime first_seen{};
    SteadyTime counted_at{};
    float asked = 0;            // requests that take a turn
    float newcomer_writes = 0;  // and those of them
    float recent_writes = 0;    // the same, fading after kShortLife
    float cost_us = 0;          // of what was done
    float refused = 0;
    bool is_kept = false;  // it may not be pushed out

    static constexpr std::chrono::seconds kHalfLife{10};
    static constexpr std::chrono::seconds kShortLife{2};
    void fade(SteadyTime now);
};

// A fixed number of tallies. In each set of kWays the one for a new network takes the place of one
// that is not kept, at random out of the older half: nobody can foresee whom they push out.
// Constant time. Not thread-safe; the time is passed in.
class PrefixTable {
  public:
    static constexpr std::size_t kWays = 16;

    // `tallies` is a power of two, at least kWays. `seed` decides who has to go.
    PrefixTable(std::size_t tallies, std::uint64_t seed);

    // That of this network, faded to now. Null only when all of its set are kept.
    Tally* touch(std::uint64_t key, SteadyTime now);
    const Tally* find(std::uint64_t key) const;
    Tally* find(std::uint64_t key);

    std::size_t bytes() const { return tallies_.size() * sizeof(Tally); }

  private:
    std::size_t first_of(std::uint64_t key) const;
    std::size_t chance(std::size_t below);

    std::vector<Tally> tallies_;
    std::size_t sets_;
    std::uint64_t state_;
};

}  // namespace emplettes::web
