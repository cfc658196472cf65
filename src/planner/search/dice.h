#pragma once
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace emplettes::planner {

// Chance for a search: xoroshiro128+ (Blackman and Vigna 2018). The same everywhere for the same
// seed, which std's distributions are not. Not for secrets.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : low_(scramble(seed)), high_(scramble(seed + 1)) {}

    std::uint64_t next() {
        const std::uint64_t result = low_ + high_;
        high_ ^= low_;
        low_ = turned(low_, 24) ^ high_ ^ (high_ << 16);
        high_ = turned(high_, 37);
        return result;
    }
    // In [0, bound), bound > 0; the bias of 2^-32 does not matter here.
    int below(int bound) {
        return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(bound)) >> 32);
    }
    // In [0, 1).
    double fraction() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    bool chance(double probability) { return fraction() < probability; }
    // Natural logarithm of a number in (0, 1].
    double log_fraction() { return std::log(1.0 - fraction()); }

    template <typename T>
    void shuffle(std::vector<T>& values) {
        for (int i = static_cast<int>(values.size()); i > 1; --i)
            std::swap(values[static_cast<std::size_t>(i - 1)],
                      values[static_cast<std::size_t>(below(i))]);
    }

  private:
    static std::uint64_t turned(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
    // splitmix64
    static std::uint64_t scramble(std::uint64_t x) {
        x = x * 0x9e3779b97f4a7c15U + 0x9e3779b97f4a7c15U;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31);
    }

    std::uint64_t low_;
    std::uint64_t high_;
};

}  // namespace emplettes::planner
