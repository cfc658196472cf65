#include "planner/reasons/relaxation.h"

#include <algorithm>
#include <bit>

#include "planner/checker.h"
#include "planner/living/live_plan.h"
#include "planner/search/insertion.h"
#include "planner/search/timetable.h"

namespace emplettes::planner {
namespace {

constexpr Time kMinutesMax = 120;
constexpr Time kMinuteSeconds = 60;

using Kind = Relaxation::Kind;

// Tries an order in the routes of a plan, with one thing made easier at a time.
class Trial {
  public:
    Trial(const Problem& problem, const Plan& plan, int order)
        : day_(problem),
          plan_(plan),
          order_(order),
          instance_(problem),
          stops_(stops_in(instance_, plan)),
          minute_(problem.objective == Objective::paid ? kMinuteSeconds : problem.ticks_per_unit) {}

    // The smallest of one kind over all shifts.
    std::optional<Relaxation> smallest(Kind kind, StopRef stop) {
        std::optional<Relaxation> best;
        for (int shift = 0; shift < instance_.shift_count(); ++shift) {
            if (instance_.bike(shift).is_off) continue;
            Relaxation tried{.kind = kind, .shift = shift, .stop = stop};
            tried.by = (best ? best->by : kMinutesMax * minute_);
            if (best) tried.by -= minute_;
            if (tried.by <= 0 || !serves(tried)) continue;
            shrink(tried);
            best = tried;
        }
        return best && holds(*best) ? best : std::nullopt;
    }
    std::optional<Relaxation> missing_skill() {
        std::optional<Relaxation> best;
        for (int shift = 0; shift < instance_.shift_count(); ++shift) {
            Relaxation tried{.kind = Kind::skill, .shift = shift};
            tried.skills = instance_.errand(order_).skills & ~instance_.bike(shift).skills;
            if (tried.skills == 0 || instance_.bike(shift).is_off) continue;
            if (best && std::popcount(best->skills) <= std::popcount(tried.skills)) continue;
            if (serves(tried)) best = tried;
        }
        return best && holds(*best) ? best : std::nullopt;
    }
    std::optional<Relaxation> missing_room() {
        std::optional<Relaxation> best;
        for (int shift = 0; shift < instance_.shift_count(); ++shift)
            for (std::size_t d = 0; d < instance_.dimensions(); ++d) {
                Relaxation tried{.kind = Kind::more_room, .shift = shift, .dimension = d};
                tried.amount = instance_.errand(order_).load[d];
                if (best && best->amount <= tried.amount) continue;
                if (tried.amount > 0 && serves(tried)) best = tried;
            }
        return best && holds(*best) ? best : std::nullopt;
    }

  private:
    // The fewest minutes that still do, by halving: what is enough stays enough when it is more.
    void shrink(Relaxation& enough) const {
        Time too_little = 0;
        Time minutes = enough.by / minute_;
        while (minutes - too_little > 1) {
            Relaxation tried = enough;
            const Time middle = too_little + (minutes - too_little) / 2;
            tried.by = middle * minute_;
            (serves(tried) ? minutes : too_little) = middle;
        }
        enough.by = minutes * minute_;
    }

    Instance eased(const Relaxation& by) const {
        Instance easier = instance_;
        switch (by.kind) {
            case Kind::later_window:
                for (const int number : easier.errand(order_).stops)
                    if (easier.stop(number).pickup == by.stop.pickup) easier.widen(number, by.by);
                break;
            case Kind::longer_shift: easier.lengthen(by.shift, {.open = 0, .close = by.by}); break;
            case Kind::earlier_shift: easier.lengthen(by.shift, {.open = by.by, .close = 0}); break;
            case Kind::more_room: easier.enlarge(by.shift, by.dimension, by.amount); break;
            case Kind::skill: easier.teach(by.shift, by.skills); break;
        }
        return easier;
    }

    // The route of the shift with the order in it.
    std::optional<Route> route_with(const Instance& instance, int shift) const {
        if (!instance.may_serve(shift, order_)) return std::nullopt;
        Route route(instance, shift);
        const auto& stops = stops_[static_cast<std::size_t>(shift)];
        if (!stops.empty()) route.assign(stops);
        if (!route.is_possible()) return std::nullopt;
        InsertionFinder finder(instance);
        const Insertion insertion = finder.find(route, order_);
        if (!insertion.is_possible()) return std::nullopt;
        finder.apply(route, order_, insertion);
        if (!route.is_possible()) return std::nullopt;
        return route;
    }
    bool serves(const Relaxation& relaxation) const {
        if (!instance_.may_serve(relaxation.shift, order_) && relaxation.kind != Kind::skill)
            return false;
        const Instance easier = eased(relaxation);
        return route_with(easier, relaxation.shift).has_value();
    }

    // The claim, replayed: the day with this change, the plan with the order in it, and the
    // checker, which shares no code with the search.
    bool holds(const Relaxation& relaxation) {
        const Instance easier = eased(relaxation);
        const auto route = route_with(easier, relaxation.shift);
        auto round = route ? find_timetable(easier, *route) : std::nullopt;
        if (!round) return false;
        Plan replayed = plan_;
        std::erase(replayed.unserved, order_);
        std::erase_if(replayed.rounds,
                      [&](const Round& other) { return other.shift == relaxation.shift; });
        replayed.rounds.push_back(*std::move(round));
        const Order order = day_.orders[static_cast<std::size_t>(order_)];
        const Shift shift = day_.shifts[static_cast<std::size_t>(relaxation.shift)];
        change_day(relaxation);
        const bool is_kept = find_breaches(day_, replayed).empty();
        day_.orders[static_cast<std::size_t>(order_)] = order;
        day_.shifts[static_cast<std::size_t>(relaxation.shift)] = shift;
        return is_kept;
    }
    void change_day(const Relaxation& by) {
        Order& order = day_.orders[static_cast<std::size_t>(order_)];
        Shift& shift = day_.shifts[static_cast<std::size_t>(by.shift)];
        switch (by.kind) {
            case Kind::later_window: {
                Task& task = by.stop.pickup < 0
                                 ? *order.delivery
                                 : order.pickups[static_cast<std::size_t>(by.stop.pickup)];
                task.windows = {{.open = task.windows.front().open,
                                 .close = task.windows.back().close + by.by}};
                break;
            }
            case Kind::longer_shift: shift.window.close += by.by; break;
            case Kind::earlier_shift:
                shift.window.open = std::max(shift.window.open - by.by, 0);
                break;
            case Kind::more_room: shift.capacity[by.dimension] += by.amount; break;
            case Kind::skill:
                for (int skill = 0; skill < static_cast<int>(kSkillsMax); ++skill)
                    if (((by.skills >> skill) & 1) != 0) shift.skills.push_back(skill);
                break;
        }
    }

    Problem day_;  // changed for a replay, and changed back: its matrices are large
    const Plan& plan_;
    int order_;
    Instance instance_;
    std::vector<std::vector<int>> stops_;
    Time minute_;
};

}  // namespace

std::vector<Relaxation> find_relaxations(const Problem& problem, const Plan& plan, int order) {
    Trial trial(problem, plan, order);
    std::vector<Relaxation> found;
    const auto note = [&](const std::optional<Relaxation>& relaxation) {
        if (relaxation) found.push_back(*relaxation);
    };
    for (const StopRef stop : stops_of(problem, order))
        if (!task_of(problem, stop).windows.empty()) note(trial.smallest(Kind::later_window, stop));
    note(trial.smallest(Kind::longer_shift, {}));
    note(trial.smallest(Kind::earlier_shift, {}));
    std::ranges::stable_sort(found, {}, &Relaxation::by);
    note(trial.missing_skill());
    note(trial.missing_room());
    return found;
}

std::string words_of(const Problem& problem, const Relaxation& relaxation) {
    const std::string& shift = problem.shifts[static_cast<std::size_t>(relaxation.shift)].name;
    const Time unit =
        problem.objective == Objective::paid ? kMinuteSeconds : problem.ticks_per_unit;
    const std::string minutes = std::to_string(relaxation.by / unit) +
                                (problem.objective == Objective::paid ? " minutes" : "");
    switch (relaxation.kind) {
        case Kind::later_window:
            return "a window " + minutes + " longer for the " +
                   (relaxation.stop.pickup < 0
                        ? "delivery"
                        : "pickup " + std::to_string(relaxation.stop.pickup + 1)) +
                   ", with " + shift;
        case Kind::longer_shift: return minutes + " more at the end of the shift " + shift;
        case Kind::earlier_shift: return minutes + " more at the beginning of the shift " + shift;
        case Kind::more_room:
            return "room for " + std::to_string(relaxation.amount) + " more on the bike of " +
                   shift;
        case Kind::skill: {
            std::string names;
            for (std::size_t skill = 0; skill < problem.skill_names.size(); ++skill)
                if (((relaxation.skills >> skill) & 1) != 0)
                    names += (names.empty() ? "" : " and ") + problem.skill_names[skill];
            return names + " for " + shift;
        }
    }
    return {};
}

}  // namespace emplettes::planner
