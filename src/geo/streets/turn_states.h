#pragma once
#include <cstdint>
#include <vector>

#include "geo/streets/street_plan.h"

namespace emplettes::geo {

// Where a traveller is, as far as it matters for where they may go next. Nearly always that is the
// junction alone: states 0 … junctions - 1. Behind them come copies of a junction for who has come
// along one street in particular:
//   * a street at whose end a sign forbids a turn: that turn is left out, and so is turning round;
//   * a street taken right after such a sign: turning round is left out at its end. Otherwise the
//     sign would be passed by going on to the next corner and coming back.
// In a dead end one may always turn round. Elsewhere turning round is allowed and never shorter.
struct StateArc {
    std::uint32_t tail = 0;  // states
    std::uint32_t head = 0;
    std::uint32_t street = 0;  // arc of the plan

    auto operator<=>(const StateArc&) const = default;
};

struct TurnStates {
    std::vector<std::uint32_t> junction;  // of each state
    std::vector<StateArc> arcs;           // by tail, then head
};

// A graph in which every path obeys the signs: the plan's open arcs, some of them several times.
TurnStates make_turn_states(const StreetPlan& plan);

}  // namespace emplettes::geo
