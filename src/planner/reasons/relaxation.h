#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/plan.h"
#include "planner/search/instance.h"

namespace emplettes::planner {

// A change of the day that would let one order be served.
struct Relaxation {
    enum class Kind : std::uint8_t { later_window, longer_shift, earlier_shift, more_room, skill };

    Kind kind = Kind::later_window;
    int shift = 0;              // that would bring it
    StopRef stop;               // later_window
    Time by = 0;                // of windows and shifts, ticks
    std::size_t dimension = 0;  // more_room
    std::int32_t amount = 0;    // more_room
    std::uint64_t skills = 0;   // skill: as bits

    bool operator==(const Relaxation&) const = default;
};

// The smallest single changes with which somebody could bring `order`, which `plan` leaves out, the
// smallest first and one of each kind; each has been tried and judged by the checker. The law is
// never changed. Empty where no single change of two hours or less would do.
std::vector<Relaxation> find_relaxations(const Problem& problem, const Plan& plan, int order);

// "12 minutes more at the end of the shift ana".
std::string words_of(const Problem& problem, const Relaxation& relaxation);

}  // namespace emplettes::planner
