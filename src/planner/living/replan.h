#pragma once
#include <string>
#include <vector>

#include "planner/planner.h"

namespace emplettes::planner {

// One difference between two plans, for those whom it concerns: of an order, or (longer, shorter,
// opened, closed) of the time that a courier is paid for.
struct PlanChange {
    enum class Kind : std::uint8_t {
        served,
        refused,
        left_out,
        cancelled,
        moved,
        later,
        earlier,
        longer,
        shorter,
        opened,
        closed,
    };

    Kind kind = Kind::served;
    int order = -1;
    int from_shift = -1;
    int to_shift = -1;
    Time by = 0;  // of the delivery: later, earlier; of the courier: longer, shorter
    Time at = 0;  // the delivery, if it is brought; of a courier the release

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

const char* name_of(PlanChange::Kind kind);
// A published plan as it stands: without what is done, in new times where a courier is late; orders
// that do not fit any more are left over.
Plan remaining_plan(const Problem& problem, const Plan& published);

// Orders first, then couriers.
std::vector<PlanChange> find_changes(const Problem& problem, const Plan& before, const Plan& after);
// "anna: with bo instead of ana, at 11:40".
std::string words_of(const Problem& problem, const PlanChange& change);

}  // namespace emplettes::planner
