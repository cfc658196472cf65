#include "planner/checker.h"

#include <algorithm>
#include <map>
#include <set>

namespace emplettes::planner {
namespace {

template <typename T>
const T& element(const std::vector<T>& values, int index) {
    return values[static_cast<std::size_t>(index)];
}

// Of a matrix; what one does not know where it is takes no time.
Time way(const Problem& problem, const Shift& shift, std::optional<int> from,
         std::optional<int> to) {
    if (!from || !to) return 0;
    const Matrix& matrix = element(problem.matrices, shift.bike);
    return matrix
        .times[static_cast<std::size_t>(*from) * matrix.places + static_cast<std::size_t>(*to)];
}

std::int64_t length(const Problem& problem, const Shift& shift, std::optional<int> from,
                    std::optional<int> to) {
    const Matrix& matrix = element(problem.matrices, shift.bike);
    if (!from || !to || matrix.metres.empty()) return 0;
    return matrix
        .metres[static_cast<std::size_t>(*from) * matrix.places + static_cast<std::size_t>(*to)];
}

std::string name_of_stop(const Problem& problem, StopRef stop) {
    const Order& order = element(problem.orders, stop.order);
    if (stop.pickup < 0) return "delivery of " + order.name;
    return "pickup " + std::to_string(stop.pickup + 1) + " of " + order.name;
}

// One round against its shift.
class RoundJudge {
  public:
    RoundJudge(const Problem& problem, const Plan& plan, const Round& round,
               std::vector<std::string>& breaches)
        : problem_(problem),
          plan_(plan),
          round_(round),
          shift_(element(problem.shifts, round.shift)),
          breaches_(breaches) {}

    void judge() {
        // Who is out has a round as far as it was ridden.
        if (!shift_.off_because.empty() && !round_.visits.empty()) say(shift_.off_because);
        judge_times();
        judge_pauses();
        judge_load();
        judge_orders();
        judge_work();
    }

  private:
    void say(const std::string& what) { breaches_.push_back("shift " + shift_.name + ": " + what); }

    void judge_times() {
        std::optional<int> place = shift_.start_place;
        Time time = round_.begin;
        if (shift_.progress) {
            place = shift_.progress->place;
            if (round_.begin != shift_.progress->begun_at) say("begins when it did not");
            time = shift_.progress->free_at;
        } else if (round_.begin < shift_.window.open || round_.begin > shift_.window.close) {
            say("begins outside its hours");
        }
        for (std::size_t i = 0; i < round_.visits.size(); ++i) {
            const Visit& visit = round_.visits[i];
            const Task& task = task_of(problem_, visit.stop);
            time += way(problem_, shift_, place, task.place) + paused_after(i);
            if (visit.arrival + paused_on_arrival(i) < time)
                say("reaches " + name_of_stop(problem_, visit.stop) + " faster than one can");
            judge_window(visit, task);
            time = visit.finish;
            place = task.place;
        }
        time += way(problem_, shift_, place, shift_.end_place) + paused_after(round_.visits.size());
        if (round_.release < time) say("is back faster than one can");
        Time latest = shift_.window.close;
        if (shift_.progress)
            latest = std::max(latest,
                              shift_.progress->free_at +
                                  way(problem_, shift_, shift_.progress->place, shift_.end_place));
        if (round_.release > latest) say("ends after its hours");
    }
    void judge_window(const Visit& visit, const Task& task) {
        const std::string name = name_of_stop(problem_, visit.stop);
        if (visit.start < visit.arrival) say(name + " begins before the arrival");
        if (visit.finish - visit.start < task.service) say(name + " is too short");
        const auto holds = [&](const Window& window) {
            return window.open <= visit.start && visit.start <= window.close;
        };
        if (!task.windows.empty() && std::ranges::none_of(task.windows, holds))
            say(name + " begins outside its windows");
    }
    // Breaks of one gap all count once: before the way, or, begun after it, on arrival.
    Time paused_after(std::size_t visits) const {
        Time sum = 0;
        for (const Pause& pause : round_.pauses)
            if (pause.after == visits) sum += pause.finish - pause.start;
        return sum;
    }
    Time paused_on_arrival(std::size_t visits) const {
        Time sum = 0;
        for (const Pause& pause : round_.pauses)
            if (pause.after == visits && pause.start >= round_.visits[visits].arrival)
                sum += pause.finish - pause.start;
        return sum;
    }

    void judge_pauses() {
        for (const Pause& pause : round_.pauses) {
            if (pause.finish - pause.start < shift_.limits.break_min) say("a break is too short");
            if (pause.after > 0 && pause.start < round_.visits[pause.after - 1].finish)
                say("a break begins before the stop is finished");
            if (pause.after < round_.visits.size() &&
                pause.finish > round_.visits[pause.after].start)
                say("a break ends after the next stop has begun");
            if (pause.start < shift_.limits.break_window.open ||
                pause.start > shift_.limits.break_window.close)
                say("a break begins outside its window");
            if (carries_cold(pause.after)) say("a break with cold load aboard");
        }
    }
    bool carries_cold(std::size_t visits) const {
        std::set<int> aboard;
        const auto load = [&](StopRef stop) {
            if (!element(problem_.orders, stop.order).is_cold) return;
            stop.pickup >= 0 ? void(aboard.insert(stop.order)) : void(aboard.erase(stop.order));
        };
        for (const Visit& visit : round_.visits)
            if (element(problem_.orders, visit.stop.order).pickups.empty())
                load({.order = visit.stop.order, .pickup = 0});
        if (shift_.progress)
            for (const StopRef stop : shift_.progress->done) load(stop);
        for (std::size_t i = 0; i < visits; ++i) load(round_.visits[i].stop);
        return !aboard.empty();
    }

    void judge_load() {
        for (std::size_t d = 0; d < kDimensions; ++d) {
            std::int64_t aboard = 0;
            const auto step = [&](StopRef stop) {
                aboard += task_of(problem_, stop).takes[d] - task_of(problem_, stop).leaves[d];
            };
            // What has no pickup was loaded at the start.
            const auto load_at_start = [&](StopRef stop) {
                if (element(problem_.orders, stop.order).pickups.empty())
                    aboard += task_of(problem_, stop).leaves[d];
            };
            if (shift_.progress)
                for (const StopRef stop : shift_.progress->done) load_at_start(stop);
            for (const Visit& visit : round_.visits) load_at_start(visit.stop);
            if (shift_.progress)
                for (const StopRef stop : shift_.progress->done) step(stop);
            if (aboard > shift_.capacity[d] && !shift_.progress) say("is overloaded at the start");
            for (const Visit& visit : round_.visits) {
                step(visit.stop);
                if (aboard > shift_.capacity[d])
                    say("is overloaded after " + name_of_stop(problem_, visit.stop));
            }
        }
    }

    void judge_orders() {
        std::map<int, std::vector<StopRef>> seen;
        std::map<int, Time> picked;
        if (shift_.progress)
            for (const StopRef stop : shift_.progress->done)
                if (!element(problem_.orders, stop.order).is_cancelled)
                    seen[stop.order].push_back(stop);
        for (const Visit& visit : round_.visits) {
            const Order& order = element(problem_.orders, visit.stop.order);
            auto& stops = seen[visit.stop.order];
            stops.push_back(visit.stop);
            if (visit.stop.pickup >= 0) picked[visit.stop.order] = visit.finish;
            if (visit.stop.pickup < 0 && order.aboard_max > 0 &&
                picked.contains(visit.stop.order) &&
                visit.start - picked[visit.stop.order] > order.aboard_max)
                say(order.name + " is aboard too long");
            for (const int skill : order.skills)
                if (std::ranges::find(shift_.skills, skill) == shift_.skills.end())
                    say(order.name + " needs " + element(problem_.skill_names, skill));
        }
        // What was begun and cannot be finished is said to be unserved.
        for (const auto& [order, stops] : seen)
            if (std::ranges::find(plan_.unserved, order) == plan_.unserved.end())
                judge_order(order, stops);
    }
    // All stops of an order, once each, the delivery last.
    void judge_order(int order, const std::vector<StopRef>& stops) {
        auto wanted = stops_of(problem_, order);
        const std::string& name = element(problem_.orders, order).name;
        if (stops.size() != wanted.size()) say(name + " is not done as a whole");
        for (const StopRef stop : wanted)
            if (std::ranges::count(stops, stop) != 1)
                say(name_of_stop(problem_, stop) + " is not done once");
        if (wanted.size() > 1 && stops.back().pickup >= 0)
            say(name + " is delivered before all is picked up");
    }

    void judge_work() {
        const DutyLimits& limits = shift_.limits;
        if (round_.visits.empty()) return;
        Time paused = 0;
        Time stretch_begin = round_.begin;
        Time worked_before = 0;
        if (shift_.progress) {
            stretch_begin = shift_.progress->free_at;
            worked_before = shift_.progress->worked_since_break;
        }
        const auto judge_stretch = [&](Time until) {
            if (worked_before + until - stretch_begin > limits.stretch_max)
                say("works too long without a break");
        };
        for (const Pause& pause : round_.pauses) {
            judge_stretch(pause.start);
            worked_before = 0;
            stretch_begin = pause.finish;
            paused += pause.finish - pause.start;
        }
        judge_stretch(round_.release);
        const Time span = round_.release - round_.begin;
        if (span > limits.span_max) say("is on duty too long");
        if (span - paused > limits.work_max) say("works too long");
        if (limits.needs_break && round_.pauses.empty()) say("has no break");
    }

    const Problem& problem_;
    const Plan& plan_;
    const Round& round_;
    const Shift& shift_;
    std::vector<std::string>& breaches_;
};

std::optional<std::string> find_nonsense(const Problem& problem, const Plan& plan) {
    const auto is_order = [&](int order) {
        return order >= 0 && static_cast<std::size_t>(order) < problem.orders.size();
    };
    std::set<int> shifts;
    for (const Round& round : plan.rounds) {
        if (round.shift < 0 || static_cast<std::size_t>(round.shift) >= problem.shifts.size())
            return "a round is of no shift";
        if (!shifts.insert(round.shift).second) return "a shift has two rounds";
        for (const Visit& visit : round.visits) {
            if (!is_order(visit.stop.order)) return "a visit is of no order";
            const Order& order = element(problem.orders, visit.stop.order);
            if (visit.stop.pickup < -1 ||
                visit.stop.pickup >= static_cast<int>(order.pickups.size()) ||
                (visit.stop.pickup < 0 && !order.delivery))
                return "a visit is of no stop of its order";
        }
        for (const Pause& pause : round.pauses)
            if (pause.after > round.visits.size()) return "a break is after no stop";
    }
    for (const int order : plan.unserved)
        if (!is_order(order)) return "what is unserved is no order";
    return std::nullopt;
}

// Each order in one round, or done, or said to be unserved.
void judge_completeness(const Problem& problem, const Plan& plan,
                        std::vector<std::string>& breaches) {
    std::map<int, std::set<int>> rounds_of;
    for (const Round& round : plan.rounds)
        for (const Visit& visit : round.visits) rounds_of[visit.stop.order].insert(round.shift);
    std::set<int> begun;
    for (std::size_t shift = 0; shift < problem.shifts.size(); ++shift)
        if (problem.shifts[shift].progress)
            for (const StopRef stop : problem.shifts[shift].progress->done) {
                rounds_of[stop.order].insert(static_cast<int>(shift));
                begun.insert(stop.order);
            }
    for (int order = 0; order < static_cast<int>(problem.orders.size()); ++order) {
        const std::string& name = element(problem.orders, order).name;
        const bool is_left_out = std::ranges::find(plan.unserved, order) != plan.unserved.end();
        if (rounds_of[order].size() > 1) breaches.push_back(name + " has two couriers");
        if (rounds_of[order].empty() && !is_left_out &&
            !element(problem.orders, order).is_cancelled)
            breaches.push_back(name + " is neither served nor said to be unserved");
        if (is_left_out && !rounds_of[order].empty() && !begun.contains(order))
            breaches.push_back(name + " is served and said to be unserved");
    }
}

}  // namespace

std::vector<std::string> find_breaches(const Problem& problem, const Plan& plan) {
    if (const auto nonsense = find_nonsense(problem, plan)) return {*nonsense};
    std::vector<std::string> breaches;
    judge_completeness(problem, plan, breaches);
    for (const Round& round : plan.rounds) RoundJudge(problem, plan, round, breaches).judge();
    return breaches;
}

Levels count_levels(const Problem& problem, const Plan& plan) {
    Levels levels;
    for (const int order : plan.unserved)
        levels[Level::unserved] += 1 + element(problem.orders, order).priority;
    for (const Round& round : plan.rounds) {
        const Shift& shift = element(problem.shifts, round.shift);
        ++levels[Level::opened];
        const std::int64_t span = round.release - round.begin;
        levels[Level::paid] += span;
        levels[Level::unfairness] += (span / 60) * (span / 60);
        std::optional<int> place = shift.progress ? shift.progress->place : shift.start_place;
        std::set<int> orders;
        for (const Visit& visit : round.visits) {
            const int next = task_of(problem, visit.stop).place;
            levels[Level::travel] += way(problem, shift, place, next);
            levels[Level::metres] += length(problem, shift, place, next);
            place = next;
            orders.insert(visit.stop.order);
        }
        levels[Level::travel] += way(problem, shift, place, shift.end_place);
        levels[Level::metres] += length(problem, shift, place, shift.end_place);
        for (const int order : orders) {
            const auto& published = element(problem.orders, order).published_to;
            if (published && *published != round.shift) ++levels[Level::changes];
        }
    }
    return levels;
}

}  // namespace emplettes::planner
