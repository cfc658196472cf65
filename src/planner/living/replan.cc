#include "planner/living/replan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "planner/living/live_plan.h"
#include "planner/search/search.h"
#include "planner/search/timetable.h"
#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

// Where an order is in a plan, and when its last stop begins.
struct Seat {
    int shift = 0;
    Time start = 0;
};

std::map<int, Seat> seats_of(const Plan& plan) {
    std::map<int, Seat> seats;
    for (const Round& round : plan.rounds)
        for (const Visit& visit : round.visits)
            seats[visit.stop.order] = {.shift = round.shift, .start = visit.start};
    return seats;
}

// Routes as they were published, without those that cannot be ridden any more: their orders are
// placed again, where they were if that can be.
void load_what_holds(Solution& solution, const Plan& published) {
    const Instance& instance = solution.instance();
    auto stops = stops_in(instance, published);
    for (int shift = 0; shift < instance.shift_count(); ++shift) {
        auto& wanted = stops[static_cast<std::size_t>(shift)];
        std::erase_if(wanted, [&](int number) {
            return !instance.may_serve(shift, instance.stop(number).order);
        });
        Route route(instance, shift);
        route.assign(wanted);
        // What comes too late goes; where it is not one stop (the end, the law), the last one.
        while (!wanted.empty() && !route.is_possible()) {
            const int missed = route.first_missed();
            const int number =
                missed > 0 ? wanted[static_cast<std::size_t>(missed) - 1] : wanted.back();
            const int order = instance.stop(number).order;
            std::erase_if(wanted, [&](int n) { return instance.stop(n).order == order; });
            route.assign(wanted);
        }
    }
    solution.load(stops);
}

// Whose last stop is done.
std::set<int> done_orders(const Problem& problem) {
    std::set<int> done;
    for (const Shift& shift : problem.shifts) {
        if (!shift.progress) continue;
        for (const StopRef stop : shift.progress->done)
            if (stop.pickup < 0 || !problem.orders[static_cast<std::size_t>(stop.order)].delivery)
                done.insert(stop.order);
    }
    return done;
}

// What becomes of one order, if that is anything else.
std::optional<PlanChange> change_of(const Problem& problem, int order, const Seat* was,
                                    const Seat* is, bool is_left_out) {
    using enum PlanChange::Kind;
    PlanChange change{.order = order};
    if (was != nullptr) change.from_shift = was->shift;
    if (is == nullptr) {
        change.kind = was == nullptr ? refused : left_out;
        if (problem.orders[static_cast<std::size_t>(order)].is_cancelled) change.kind = cancelled;
        const bool is_news = was != nullptr || (is_left_out && change.kind == refused);
        return is_news ? std::optional(change) : std::nullopt;
    }
    change.to_shift = is->shift;
    change.at = is->start;
    if (was == nullptr) return change;
    change.by = is->start - was->start;
    change.kind = change.by > 0 ? later : earlier;
    if (change.from_shift != change.to_shift) change.kind = moved;
    if (change.kind != moved && std::abs(change.by) < kSameTime) return std::nullopt;
    return change;
}

std::map<int, const Round*> rounds_of(const Plan& plan) {
    std::map<int, const Round*> rounds;
    for (const Round& round : plan.rounds) rounds[round.shift] = &round;
    return rounds;
}

// What becomes of the time that a courier is paid for.
std::optional<PlanChange> change_of(int shift, const Round* was, const Round* is) {
    using enum PlanChange::Kind;
    if (was == nullptr && is == nullptr) return std::nullopt;
    PlanChange change{.from_shift = shift, .to_shift = shift};
    if (is != nullptr) change.at = is->release;
    const Time before = was == nullptr ? 0 : was->release - was->begin;
    change.by = (is == nullptr ? 0 : is->release - is->begin) - before;
    change.kind = change.by > 0 ? longer : shorter;
    if (was == nullptr) change.kind = opened;
    if (is == nullptr || (was != nullptr && is->visits.empty() && !was->visits.empty()))
        change.kind = closed;
    if ((change.kind == longer || change.kind == shorter) && std::abs(change.by) < kSameTime)
        return std::nullopt;
    return change;
}

template <typename T>
const T* find_in(const std::map<int, T>& seats, int key) {
    const auto found = seats.find(key);
    return found == seats.end() ? nullptr : &found->second;
}

}  // namespace

Replanned replan(Problem problem, const Plan& published, const PlanSettings& settings) {
    for (const auto& [order, seat] : seats_of(published))
        if (static_cast<std::size_t>(order) < problem.orders.size())
            problem.orders[static_cast<std::size_t>(order)].published_to = seat.shift;
    const Instance instance(problem);
    Solution solution(instance);
    load_what_holds(solution, published);
    SearchSettings near{.seed = settings.seed, .budget = settings.budget};
    near.annealing.hot = 0.1;
    near.annealing.cold = 0.01;
    near.annealing.is_near_published = true;
    search(solution, near);
    Plan plan = plan_of(solution);
    auto changes = find_changes(problem, published, plan);
    return {.plan = std::move(plan), .changes = std::move(changes)};
}

Plan remaining_plan(const Problem& problem, const Plan& published) {
    const Instance instance(problem);
    Solution solution(instance);
    load_what_holds(solution, published);
    return plan_of(solution);
}

const char* name_of(PlanChange::Kind kind) {
    switch (kind) {
        case PlanChange::Kind::served: return "served";
        case PlanChange::Kind::refused: return "refused";
        case PlanChange::Kind::left_out: return "left_out";
        case PlanChange::Kind::cancelled: return "cancelled";
        case PlanChange::Kind::moved: return "moved";
        case PlanChange::Kind::later: return "later";
        case PlanChange::Kind::earlier: return "earlier";
        case PlanChange::Kind::longer: return "longer";
        case PlanChange::Kind::shorter: return "shorter";
        case PlanChange::Kind::opened: return "opened";
        case PlanChange::Kind::closed: return "closed";
    }
    return "";
}

std::vector<PlanChange> find_changes(const Problem& problem, const Plan& before,
                                     const Plan& after) {
    const auto old_seats = seats_of(before);
    const auto new_seats = seats_of(after);
    std::vector<char> is_left_out(problem.orders.size(), 0);
    for (const int order : after.unserved) is_left_out[static_cast<std::size_t>(order)] = 1;
    // Known to be left out before: no news.
    for (const int order : before.unserved) is_left_out[static_cast<std::size_t>(order)] = 0;
    const auto is_done = done_orders(problem);
    std::vector<PlanChange> changes;
    const auto note = [&](const std::optional<PlanChange>& change) {
        if (change) changes.push_back(*change);
    };
    for (int order = 0; order < static_cast<int>(problem.orders.size()); ++order)
        if (!is_done.contains(order))
            note(change_of(problem, order, find_in(old_seats, order), find_in(new_seats, order),
                           is_left_out[static_cast<std::size_t>(order)] != 0));
    const auto old_rounds = rounds_of(before);
    const auto new_rounds = rounds_of(after);
    for (int shift = 0; shift < static_cast<int>(problem.shifts.size()); ++shift) {
        const auto* was = find_in(old_rounds, shift);
        const auto* is = find_in(new_rounds, shift);
        note(change_of(shift, was == nullptr ? nullptr : *was, is == nullptr ? nullptr : *is));
    }
    return changes;
}

std::string words_of(const Problem& problem, const PlanChange& change) {
    const auto shift = [&](int number) {
        return problem.shifts[static_cast<std::size_t>(number)].name;
    };
    const std::string by = minutes_text(problem, std::abs(change.by));
    const std::string at = ", at " + clock_text(problem, change.at);
    const std::string order =
        change.order < 0 ? shift(change.to_shift) + ": "
                         : problem.orders[static_cast<std::size_t>(change.order)].name + ": ";
    switch (change.kind) {
        case PlanChange::Kind::served: return order + "new, with " + shift(change.to_shift) + at;
        case PlanChange::Kind::refused: return order + "nobody can bring it";
        case PlanChange::Kind::left_out:
            return order + "nobody brings it any more, was with " + shift(change.from_shift);
        case PlanChange::Kind::cancelled:
            return order + "cancelled, " + shift(change.from_shift) + " does not go there";
        case PlanChange::Kind::moved:
            return order + "with " + shift(change.to_shift) + " instead of " +
                   shift(change.from_shift) + at;
        case PlanChange::Kind::later: return order + by + " later" + at;
        case PlanChange::Kind::earlier: return order + by + " earlier" + at;
        case PlanChange::Kind::longer:
            return order + "works " + by + " more, until " + clock_text(problem, change.at);
        case PlanChange::Kind::shorter:
            return order + "works " + by + " less, until " + clock_text(problem, change.at);
        case PlanChange::Kind::opened:
            return order + "rides, too, for " + by + ", until " + clock_text(problem, change.at);
        case PlanChange::Kind::closed: return order + "has no round any more";
    }
    return order;
}

}  // namespace emplettes::planner
