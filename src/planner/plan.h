#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "planner/problem.h"

namespace emplettes::planner {

// One stop of a round, with its times.
struct Visit {
    StopRef stop;
    Time arrival = 0;
    Time start = 0;  // of the service, after waiting
    Time finish = 0;

    bool operator==(const Visit&) const = default;
};

// A break after the visits before it: `after` of them are finished.
struct Pause {
    std::size_t after = 0;
    Time start = 0;
    Time finish = 0;

    bool operator==(const Pause&) const = default;
};

// What one shift does. Times of what is done already are not repeated in it.
struct Round {
    int shift = 0;
    Time begin = 0;    // first duty
    Time release = 0;  // everything done, back where the shift ends
    std::vector<Visit> visits;
    std::vector<Pause> pauses;

    bool operator==(const Round&) const = default;
};

// The levels of the objective. Times are ticks.
enum class Level : std::uint8_t { unserved, paid, opened, travel, metres, unfairness, changes };
inline constexpr std::size_t kLevels = 7;

class Levels {
  public:
    std::int64_t& operator[](Level level) { return values_[static_cast<std::size_t>(level)]; }
    std::int64_t operator[](Level level) const { return values_[static_cast<std::size_t>(level)]; }
    bool operator==(const Levels&) const = default;

  private:
    std::array<std::int64_t, kLevels> values_{};
};

const char* name_of(Level level);
// The levels that count, the most important first.
const std::vector<Level>& levels_of(Objective objective);
bool is_better(const Levels& a, const Levels& b, Objective objective);

// What a shift's span adds to unfairness: long ones more than twice the half.
std::int64_t unfairness_of(Time span);

// How much leaving out one order weighs: priorities 0 to 100 are 1 to 101.
std::int64_t unserved_weight(const Order& order);

struct Plan {
    std::vector<Round> rounds;  // of shifts that have anything to do, by shift
    std::vector<int> unserved;  // orders, ascending
    Levels levels;
};

}  // namespace emplettes::planner
