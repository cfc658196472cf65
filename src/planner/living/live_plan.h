#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/plan.h"
#include "planner/search/instance.h"
#include "planner/search/solution.h"

namespace emplettes::planner {

// The stops of a plan as the search knows them; those of orders that are gone and
// those that are done are left out.
std::vector<std::vector<int>> stops_in(const Instance& instance, const Plan& plan);

// What one courier would take for a new order in one slot.
struct Offer {
    int shift = 0;
    std::size_t slot = 0;  // of those asked for
    Time paid = 0;         // ticks more from first duty to release
    std::int64_t cents = 0;
    Time pickup_start = 0;    // of the first pickup, if there is any
    Time delivery_start = 0;  // when it would be there

    bool operator==(const Offer&) const = default;
};

// Asks of a plan that is being ridden what a new order would cost, without changing it. Refers to
// problem and plan.
class LivePlan {
  public:
    // A plan of this day, or of its morning: what is done since is left out of it.
    LivePlan(const Problem& problem, const Plan& plan);

    // For each slot the courier who takes it at the least cost, the cheapest first; slots that
    // nobody can keep are missing. `order` has places of the problem; each slot replaces the
    // windows of its delivery.
    std::vector<Offer> quote(const Order& order, const std::vector<Window>& slots) const;

  private:
    std::vector<Route> routes_in(const Instance& instance) const;
    std::optional<Offer> cheapest(const Instance& instance, const std::vector<Route>& routes,
                                  int order) const;

    const Problem* problem_;
    Instance instance_;
    std::vector<std::vector<StopRef>> stops_;  // by shift
};

}  // namespace emplettes::planner
