#pragma once
#include <functional>

#include "planner/search/budget.h"
#include "planner/search/recreate.h"
#include "planner/search/string_ruin.h"

namespace emplettes::planner {

struct AnnealingSettings {
    double hot = 4;       // temperature at first, times the mean energy of an order
    double cold = 0.005;  // at last
    double blink_chance = 0.01;
    double route_chance = 0;  // that a trial ruins a whole route
    // Which plan is the best: the energy says, in which every change to the published plan weighs;
    // else the levels.
    bool is_near_published = false;
};

// Ruins and recreates, accepts what is little worse, the less the later (simulated annealing), and
// keeps the best.
class Annealing {
  public:
    Annealing(StringRuin& ruin, Recreate& recreate, Dice& dice);

    // Until the spending comes to `until`. `on_better` hears of each plan that is better than all
    // before. Leaves the best in `solution`.
    void run(Solution& solution, const AnnealingSettings& settings, double until,
             Spending& spending, const std::function<void(const Solution&)>& on_better);

  private:
    class Best;

    StringRuin* ruin_;
    Recreate* recreate_;
    Dice* dice_;
};

}  // namespace emplettes::planner
