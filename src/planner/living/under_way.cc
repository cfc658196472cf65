#include "planner/living/under_way.h"

#include <algorithm>

namespace emplettes::planner {
namespace {

// One round as far as it has been ridden.
class Ride {
  public:
    Ride(const Problem& problem, const Round& round, Time now)
        : problem_(problem), round_(round), now_(now) {
        progress_.begun_at = round.begin;
        progress_.free_at = round.begin;
        rested_at_ = round.begin;
    }

    // None: it cannot be said where it began.
    std::optional<Progress> progress(const Shift& shift) {
        auto place = shift.start_place;
        for (std::size_t next = 0; next <= round_.visits.size(); ++next) {
            rest(next);
            if (progress_.free_at >= now_) break;
            const bool is_last = next == round_.visits.size();
            const Pause* ahead = break_ahead(next);
            if (ahead == nullptr) {
                if (!is_last || shift.end_place) place = place_of(next, shift);
                go_on(next);
                continue;
            }
            // Waits for the break: where the next stop is, when it is taken on arrival.
            progress_.free_at = now_;
            if (!is_on_arrival(next, *ahead)) break;
            place = place_of(next, shift);
            progress_.free_at =
                std::max(now_, is_last ? ahead->start : round_.visits[next].arrival);
            break;
        }
        if (!place) return std::nullopt;
        progress_.place = *place;
        progress_.worked_since_break = progress_.free_at - rested_at_;
        return progress_;
    }
    Time paused() const { return paused_; }

  private:
    // Breaks behind so many visits that have begun. One on arrival at the next stop is done with
    // it.
    void rest(std::size_t visits) {
        for (const Pause& pause : round_.pauses) {
            if (pause.after != visits || pause.start >= now_) continue;
            if (!is_on_arrival(visits, pause))
                progress_.free_at = std::max(progress_.free_at, pause.finish);
            rested_at_ = pause.finish;
            paused_ += pause.finish - pause.start;
        }
    }
    // The next stop, or, behind the last one, home.
    void go_on(std::size_t next) {
        if (next == round_.visits.size()) {
            progress_.free_at = round_.release;
            return;
        }
        progress_.done.push_back(round_.visits[next].stop);
        progress_.free_at = round_.visits[next].finish;
    }
    std::optional<int> place_of(std::size_t next, const Shift& shift) const {
        if (next == round_.visits.size()) return shift.end_place;
        return task_of(problem_, round_.visits[next].stop).place;
    }
    const Pause* break_ahead(std::size_t visits) const {
        const auto ahead = std::ranges::find_if(round_.pauses, [&](const Pause& pause) {
            return pause.after == visits && pause.start >= now_;
        });
        return ahead == round_.pauses.end() ? nullptr : &*ahead;
    }
    bool is_on_arrival(std::size_t visits, const Pause& pause) const {
        // Behind the last stop: at home, when it ends the day.
        if (visits == round_.visits.size()) return pause.finish == round_.release;
        return pause.start >= round_.visits[visits].arrival;
    }

    const Problem& problem_;
    const Round& round_;
    Time now_;
    Progress progress_;
    Time rested_at_ = 0;
    Time paused_ = 0;
};

}  // namespace

void ride_until(Problem& problem, const Plan& published, Time now) {
    for (int number = 0; number < static_cast<int>(problem.shifts.size()); ++number) {
        Shift& shift = problem.shifts[static_cast<std::size_t>(number)];
        if (shift.progress) continue;
        const auto round = std::ranges::find(published.rounds, number, &Round::shift);
        if (round == published.rounds.end() || round->begin >= now) {
            shift.window.open = std::max(shift.window.open, std::min(now, shift.window.close));
            if (shift.window.close < now && shift.off_because.empty())
                shift.off_because = "the shift is over";
            continue;
        }
        Ride ride(problem, *round, now);
        shift.progress = ride.progress(shift);
        if (!shift.progress) continue;
        if (ride.paused() > 0) {
            shift.limits.needs_break = false;
            if (shift.limits.work_max < kTimeMax) shift.limits.work_max += ride.paused();
        }
        if (round->release <= now && shift.off_because.empty()) shift.off_because = "is released";
    }
}

}  // namespace emplettes::planner
