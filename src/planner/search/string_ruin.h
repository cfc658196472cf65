#pragma once
#include <vector>

#include "planner/search/dice.h"
#include "planner/search/neighbours.h"
#include "planner/search/solution.h"

namespace emplettes::planner {

struct RuinSettings {
    double stops_mean = 10;       // removed, their orders' other stops apart
    int string_max = 10;          // stops of one route
    double split_chance = 0.5;    // that some stops within a string stay
    double longer_chance = 0.01;  // that one more stays
};

// Slack induction by string removals (Christiaens and Vanden Berghe 2020): around a stop by chance,
// strings of neighbouring stops leave the routes that pass nearby, and with each stop the whole of
// its order.
class StringRuin {
  public:
    StringRuin(const Instance& instance, const Neighbours& neighbours,
               const RuinSettings& settings);

    // Whose orders were removed is at the end of solution.unserved().
    void ruin(Solution& solution, Dice& dice);
    // Around this stop.
    void ruin_around(Solution& solution, int seed, Dice& dice);
    // All of one route, rather a short one: so that a shift can close.
    void ruin_route(Solution& solution, Dice& dice);

  private:
    void remove_string(Solution& solution, int stop, int length, Dice& dice);

    const Neighbours* neighbours_;
    RuinSettings settings_;
    std::vector<char> is_ruined_;  // by shift
    std::vector<int> ruined_;
    std::vector<int> orders_;
};

}  // namespace emplettes::planner
