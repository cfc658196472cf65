#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "geo/streets/street_index.h"
#include "geo/streets/street_plan.h"

namespace emplettes::geo {

// The fastest times on a plan as its rules say them, by plain Dijkstra over the streets travelled:
// no junction is copied, nothing is contracted. For tests.
class StreetOracle {
  public:
    // `is_served`: of each arc, whether a router says that it is part of where one comes everywhere
    // and back.
    StreetOracle(const StreetPlan& plan, std::vector<bool> is_served);

    // What is served is all that is reached, by the rules, from any of it and back. Where that is
    // not so, there are no times.
    bool is_whole_part() const { return part_.has_value(); }

    // Edges are the plan's, and served. Whoever sets out has come along the street, for the signs
    // at its end, and does not turn round there.
    void set_out(const Snap& from);
    std::uint32_t time_to(const Snap& to) const;  // kFar: there is no way

  private:
    // How wary one is of turning round: 2 at the end of a street with a sign, 1 at the next
    // junction after it, else 0.
    using State = std::pair<std::uint32_t, int>;  // the arc travelled last, and that

    static std::size_t number_of(const State& state) {
        return std::size_t{3} * state.first + static_cast<std::size_t>(state.second);
    }
    template <typename F>
    void for_each_step(F f) const;  // f(state, next state), whether or not anybody comes there
    void find_parts();
    bool has_sign(std::uint32_t arc) const;
    bool may_go(const State& state, std::uint32_t arc) const;
    State state_after(const State& state, std::uint32_t arc) const;
    std::optional<std::size_t> find_served_part() const;
    bool is_in_part(const State& state) const { return part_of_[number_of(state)] == part_; }
    void reach(const State& state, std::uint32_t time_ms);

    const StreetPlan& plan_;
    std::vector<bool> is_served_;
    std::vector<std::vector<std::uint32_t>> leaving_;  // open arcs of each junction
    std::set<std::pair<std::uint32_t, std::uint32_t>> bans_;
    std::vector<std::size_t> part_of_;  // of each state: the strongly connected part it is in
    std::optional<std::size_t> part_;   // the one that is served
    Snap from_;
    std::map<State, std::uint32_t> times_ms_;
    std::set<std::pair<std::uint32_t, State>> queue_;
};

}  // namespace emplettes::geo
