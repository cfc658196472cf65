#pragma once
#include <cstdint>
#include <vector>

#include "planner/search/budget.h"
#include "planner/search/ejection.h"
#include "planner/search/recreate.h"
#include "planner/search/string_ruin.h"

namespace emplettes::planner {

struct FleetSettings {
    double share_max = 0.5;         // of the budget, for the whole phase
    double patience = 0.2;          // of the budget, without one shift fewer
    double ejection_chance = 0.15;  // of a trial; else it ruins and recreates
    double around_chance = 0.2;     // that it ruins around an order that is left over
    double temperature = 1;         // times the mean energy of a stop
};

// Does without one shift after the other: its orders are left over until there is place for them
// again. Orders are ejected for those left over, the rarely ejected ones first (guided ejection
// search, Nagata and Kobayashi 2010); between that, string ruins shake the rest, which is a far
// stronger shake than the single moves of the literature.
class FleetPhase {
  public:
    FleetPhase(const Instance& instance, StringRuin& ruin, Recreate& recreate, Dice& dice);

    // `solution` serves all orders; afterwards, too, with as many shifts or fewer. Ends at
    // `shifts_min`, when its share or its patience is spent.
    void run(Solution& solution, const FleetSettings& settings, int shifts_min, Spending& spending);

  private:
    void close_easiest(Solution& solution);
    bool serve_all(Solution& solution, const FleetSettings& settings, double until,
                   Spending& spending);
    bool eject(Solution& solution);
    bool shake(Solution& solution, const FleetSettings& settings, double temperature);
    int any_left_over(const Solution& solution);

    const Instance* instance_;
    StringRuin* ruin_;
    Recreate* recreate_;
    Dice* dice_;
    Ejection ejection_;
    std::vector<std::int64_t> hardness_;  // by order: how often there was no place for it
};

}  // namespace emplettes::planner
