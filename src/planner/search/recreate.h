#pragma once
#include <vector>

#include "planner/search/dice.h"
#include "planner/search/insertion_memo.h"
#include "planner/search/nearby_orders.h"
#include "planner/search/solution.h"

namespace emplettes::planner {

struct RecreateSettings {
    double blink_chance = 0.01;  // that a route is not looked at for an order
    bool may_open = true;        // shifts that have nothing to do
};

// Puts unserved orders back, one by one in an order by chance, each where it costs least.
class Recreate {
  public:
    explicit Recreate(const Instance& instance);

    // From now on asks only the shifts that have an order nearby, and all others only where none of
    // these takes it. `nearby` outlives this.
    void look_nearby(const NearbyOrders& nearby) { nearby_ = &nearby; }

    void run(Solution& solution, const RecreateSettings& settings, Dice& dice);
    // Where it fits best into one shift's route; false, and nothing changed, when the law forbids
    // it.
    bool insert(Solution& solution, int order, int shift);
    InsertionMemo& memo() { return memo_; }

  private:
    enum class Rule : std::uint8_t { chance, load, far, near, narrow, early, late };

    struct Place {
        Energy delta = kImpossible;
        int shift = -1;
    };

    void place(Solution& solution, int order, const RecreateSettings& settings, Dice& dice);
    Place cheapest(const Solution& solution, int order, const std::vector<int>& shifts,
                   double blink_chance, Dice& dice);
    const std::vector<int>& shifts_nearby(const Solution& solution, int order);
    static Rule choose_rule(Dice& dice);
    void sort(std::vector<int>& orders, Dice& dice) const;
    double rank(int order, Rule rule) const;

    const Instance* instance_;
    InsertionMemo memo_;
    const NearbyOrders* nearby_ = nullptr;
    std::vector<int> shifts_nearby_;
    std::vector<char> is_nearby_;  // by shift
    std::vector<int> waiting_;
    std::vector<int> openable_;
    struct Ranked {
        double rank;
        int order;
    };
    mutable std::vector<Ranked> ranked_;
    std::vector<std::vector<double>> ranks_;  // by rule and order
};

}  // namespace emplettes::planner
