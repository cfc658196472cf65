#include "planner/plan.h"

namespace emplettes::planner {

const char* name_of(Level level) {
    switch (level) {
        case Level::unserved: return "unserved";
        case Level::paid: return "paid";
        case Level::opened: return "opened";
        case Level::travel: return "travel";
        case Level::metres: return "metres";
        case Level::unfairness: return "unfairness";
        case Level::changes: return "changes";
    }
    return "";
}

const std::vector<Level>& levels_of(Objective objective) {
    static const std::vector<Level> kPaid = {Level::unserved, Level::paid,       Level::opened,
                                             Level::metres,   Level::unfairness, Level::changes};
    static const std::vector<Level> kVehicles = {Level::unserved, Level::opened, Level::travel};
    static const std::vector<Level> kDistance = {Level::unserved, Level::travel};
    switch (objective) {
        case Objective::paid: return kPaid;
        case Objective::vehicles: return kVehicles;
        case Objective::distance: return kDistance;
    }
    return kPaid;
}

bool is_better(const Levels& a, const Levels& b, Objective objective) {
    for (const Level level : levels_of(objective))
        if (a[level] != b[level]) return a[level] < b[level];
    return false;
}

std::int64_t unfairness_of(Time span) {
    const std::int64_t minutes = span / 60;
    return minutes * minutes;
}

std::int64_t unserved_weight(const Order& order) { return 1 + order.priority; }

}  // namespace emplettes::planner
