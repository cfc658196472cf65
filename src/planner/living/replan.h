#pragma once
#include <string>
#include <vector>

#include "planner/planner.h"

namespace emplettes::planner {

// One difference between two plans, for those whom it concerns.
struct PlanChange {
    enum class Kind : std::uint8_t { served, left_out, moved, later, earlier };

    Kind kind = Kind::served;
    int order = 0;
    int from_shift = -1;
    int to_shift = -1;
    Time by = 0;  // of the delivery: later, earlier

    bool operator==(const PlanChange&) const = default;
};

// Differences of less than this are not told.
inline constexpr Time kSameTime = 300;

struct Replanned {
    Plan plan;
    std::vector<PlanChange> changes;
};

// A new plan for a day that is under way, near the one that couriers and neighbours know. `problem`
// is the day as it is now: new orders at its end, others cancelled, shifts with what they have done
// or with off_because where a courier is out. Moving an order to another courier must save more
// than five paid minutes.
Replanned replan(Problem problem, const Plan& published, const PlanSettings& settings);

std::vector<PlanChange> find_changes(const Problem& problem, const Plan& before, const Plan& after);
// "anna: with Bo instead of Ana".
std::string words_of(const Problem& problem, const PlanChange& change);

}  // namespace emplettes::planner
