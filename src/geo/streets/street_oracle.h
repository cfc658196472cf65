#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "geo/streets/street_index.h"
#include "geo/streets/street_plan.h"

namespace emplettes::geo {

// The fastest times on a plan as its rules say them, by plain Dijkstra over the streets travelled:
// no junction is copied, nothing is contracted, no part is left out. For tests.
class StreetOracle {
  public:
    // `is_entered`: of each arc, whether people come along it from elsewhere. Where nobody does,
    // nobody sets out either.
    StreetOracle(const StreetPlan& plan, std::vector<bool> is_entered);

    // Edges are the plan's. Whoever sets out has come along the street, for the signs at its end,
    // and does not turn round there. No way ends where one cannot come back from, such as in a
    // one-way street that leaves the map.
    void set_out(const Snap& from);
    std::uint32_t time_to(const Snap& to) const;  // kFar: there is no way

  private:
    // How wary one is of turning round: 2 at the end of a street with a sign, 1 at the next
    // junction after it, else 0.
    using State = std::pair<std::uint32_t, int>;  // the arc travelled last, and that

    bool has_sign(std::uint32_t arc) const;
    bool may_go(const State& state, std::uint32_t arc) const;
    State state_after(const State& state, std::uint32_t arc) const;
    void reach(const State& state, std::uint32_t time_ms);
    void find_returns();

    const StreetPlan& plan_;
    std::vector<bool> is_entered_;
    std::vector<std::vector<std::uint32_t>> leaving_;  // open arcs of each junction
    std::set<std::pair<std::uint32_t, std::uint32_t>> bans_;
    Snap from_;
    std::map<State, std::uint32_t> times_ms_;
    std::set<std::pair<std::uint32_t, State>> queue_;
    std::set<State> returns_;  // from which one comes back to where one set out
};

}  // namespace emplettes::geo
