#include "planner/search/timetable.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "planner/search/solution.h"

namespace emplettes::planner {
namespace {

// Steps through one route, from a moment of departure on.
class Stepping {
  public:
    Stepping(const Instance& instance, const Route& route)
        : instance_(instance),
          route_(route),
          bike_(instance.bike(route.shift())),
          not_before_(static_cast<std::size_t>(route.size()) + 2, 0) {}

    // Delays pickups until nothing is aboard too long: the least delays that will do, found by
    // going round until nothing moves any more.
    std::optional<Round> from(Time begin) {
        std::fill(not_before_.begin(), not_before_.end(), 0);
        for (int round = 0; round <= route_.size(); ++round) {
            auto made = step(begin);
            if (!made || !delay_pickups(*made)) return made;
        }
        return std::nullopt;
    }

  private:
    std::optional<Round> step(Time begin) const {
        Round round{.shift = route_.shift(), .begin = begin};
        Time time = begin + bike_.start.span;
        const Duty& duty = route_.duty();
        for (int at = 0; at <= route_.size(); ++at) {
            if (duty.break_gap == at && !duty.is_on_arrival) time = pause(round, time, at);
            time += route_.point(at).leg;
            const Time arrival = time;
            if (duty.break_gap == at && duty.is_on_arrival) time = pause(round, time, at);
            if (at == route_.size()) break;
            const Stop& stop = instance_.stop(route_.point(at + 1).stop);
            const Time wanted = std::max(time, not_before_[static_cast<std::size_t>(at) + 1]);
            const Time start = stop.start_from(wanted);
            if (start >= kNoWay) return std::nullopt;
            round.visits.push_back({.stop = {.order = stop.order, .pickup = stop.pickup},
                                    .arrival = arrival,
                                    .start = start,
                                    .finish = start + stop.service});
            time = start + stop.service;
        }
        round.release = time;
        if (time > bike_.end.close) return std::nullopt;
        return round;
    }
    // A break lasts until it is time to go to the next window.
    Time pause(Round& round, Time time, int gap) const {
        const DutyLimits& limits = bike_.limits;
        const Time start = std::max(time, limits.break_window.open);
        const Segment behind = route_.from(gap + 1);
        const Time leg = route_.duty().is_on_arrival ? 0 : route_.point(gap).leg;
        const Time finish = std::max(start + limits.break_min, behind.earliest - leg);
        round.pauses.push_back(
            {.after = static_cast<std::size_t>(gap), .start = start, .finish = finish});
        return finish;
    }
    bool delay_pickups(const Round& round) {
        bool moved = false;
        std::map<int, std::size_t> last_pickup;
        for (std::size_t i = 0; i < round.visits.size(); ++i) {
            const Visit& visit = round.visits[i];
            const Time most = instance_.errand(visit.stop.order).aboard_max;
            if (most == 0) continue;
            if (visit.stop.pickup >= 0) {
                last_pickup[visit.stop.order] = i;
                continue;
            }
            const auto picked = last_pickup.find(visit.stop.order);
            if (picked == last_pickup.end()) continue;
            const Visit& pickup = round.visits[picked->second];
            if (visit.start - pickup.finish <= most) continue;
            not_before_[picked->second + 1] = visit.start - most - (pickup.finish - pickup.start);
            moved = true;
        }
        return moved;
    }

    const Instance& instance_;
    const Route& route_;
    const Bike& bike_;
    std::vector<Time> not_before_;  // by position
};

bool keeps(const Bike& bike, const Round& round) {
    const DutyLimits& limits = bike.limits;
    const Time span = round.release - round.begin;
    Time paused = 0;
    Time since = round.begin + bike.start.span - bike.worked_since_break;
    for (const Pause& pause : round.pauses) {
        if (pause.start - since > limits.stretch_max) return false;
        paused += pause.finish - pause.start;
        since = pause.finish;
    }
    return round.release - since <= limits.stretch_max && span - paused <= limits.work_max &&
           span <= limits.span_max;
}

void measure_paid(Plan& plan) {
    plan.levels[Level::paid] = 0;
    plan.levels[Level::unfairness] = 0;
    for (const Round& round : plan.rounds) {
        plan.levels[Level::paid] += round.release - round.begin;
        plan.levels[Level::unfairness] += unfairness_of(round.release - round.begin);
    }
}

}  // namespace

std::optional<Round> find_timetable(const Instance& instance, const Route& route) {
    Stepping stepping(instance, route);
    auto round = stepping.from(route.duty().whole.latest);
    if (!round) round = stepping.from(route.duty().whole.earliest);
    if (!round || !route.has_aboard_limit()) return round;
    // Delays may have cost what the break was to keep apart.
    if (!keeps(instance.bike(route.shift()), *round)) return std::nullopt;
    return round;
}

Plan plan_of(const Solution& solution) {
    Plan plan{.unserved = solution.unserved(), .levels = solution.levels()};
    std::ranges::sort(plan.unserved);
    for (int shift = 0; shift < solution.instance().shift_count(); ++shift) {
        Route route = solution.route(shift);
        if (!solution.instance().pays_span() && !solution.instance().has_law())
            route.measure_spans();
        if (route.is_empty() && !solution.instance().bike(shift).has_begun) continue;
        auto round = find_timetable(solution.instance(), route);
        check(round.has_value());
        plan.rounds.push_back(*std::move(round));
    }
    measure_paid(plan);
    return plan;
}

}  // namespace emplettes::planner
