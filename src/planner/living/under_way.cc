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
        for (std::size_t i = 0; i <= round_.visits.size(); ++i) {
            rest(i, shift);
            if (i == round_.visits.size() || progress_.free_at >= now_) break;
            const Visit& visit = round_.visits[i];
            place = task_of(problem_, visit.stop).place;
            progress_.done.push_back(visit.stop);
            progress_.free_at = visit.finish;
            ridden_ = i + 1;
        }
        if (ridden_ == round_.visits.size() && progress_.free_at < now_) {
            progress_.free_at = round_.release;
            if (shift.end_place) place = shift.end_place;
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
    void rest(std::size_t visits, const Shift& /*shift*/) {
        for (const Pause& pause : round_.pauses) {
            if (pause.after != visits || pause.start >= now_) continue;
            const bool is_on_arrival =
                visits < round_.visits.size() && pause.start >= round_.visits[visits].arrival;
            if (!is_on_arrival) progress_.free_at = std::max(progress_.free_at, pause.finish);
            rested_at_ = pause.finish;
            paused_ += pause.finish - pause.start;
        }
    }

    const Problem& problem_;
    const Round& round_;
    Time now_;
    Progress progress_;
    Time rested_at_ = 0;
    Time paused_ = 0;
    std::size_t ridden_ = 0;
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
