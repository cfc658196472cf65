#include "planner/reasons/reasons.h"

#include <algorithm>

#include "planner/checker.h"
#include "planner/living/live_plan.h"
#include "planner/reasons/relaxation.h"
#include "planner/search/insertion.h"
#include "planner/search/timetable.h"
#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

constexpr const char* kDataUsed =
    "Used for this: windows, places, loads and services of the orders, travel times, and of the "
    "shifts their hours, bikes, skills and what the law of working time leaves of them. "
    "Nothing else about anybody. A person can overrule it.\n";

// A plan taken apart, to put one order elsewhere.
class Seats {
  public:
    Seats(const Problem& problem, const Plan& plan, int order)
        : problem_(problem), plan_(plan), order_(order), instance_(problem) {
        stops_ = stops_in(instance_, plan);
    }

    std::optional<int> shift_now() const {
        for (const Round& round : plan_.rounds)
            for (const Visit& visit : round.visits)
                if (visit.stop.order == order_) return round.shift;
        return std::nullopt;
    }
    Route route(int shift) const {
        Route made(instance_, shift);
        const auto& stops = stops_[static_cast<std::size_t>(shift)];
        if (!stops.empty()) made.assign(stops);
        return made;
    }
    Route route_without(int shift) const {
        Route made = route(shift);
        made.remove_if([&](int number) { return instance_.stop(number).order == order_; });
        return made;
    }
    std::optional<Route> route_with(int shift) const {
        if (!instance_.may_serve(shift, order_)) return std::nullopt;
        Route made = route(shift);
        InsertionFinder finder(instance_);
        const Insertion insertion = finder.find(made, order_);
        if (!insertion.is_possible()) return std::nullopt;
        finder.apply(made, order_, insertion);
        if (!made.is_possible()) return std::nullopt;
        return made;
    }
    Time paid(const Route& route) const {
        const bool is_idle = route.is_empty() && !instance_.bike(route.shift()).has_begun;
        return is_idle ? 0 : route.paid_span();
    }
    // The plan with the order moved, replayed.
    bool holds(int from, const Route& to) const {
        Plan moved = plan_;
        std::erase_if(moved.rounds, [&](const Round& round) {
            return round.shift == from || round.shift == to.shift();
        });
        const Route left = route_without(from);
        for (const Route* each : {&left, &to}) {
            if (each->is_empty() && !instance_.bike(each->shift()).has_begun) continue;
            auto round = find_timetable(instance_, *each);
            if (!round) return false;
            moved.rounds.push_back(*std::move(round));
        }
        return find_breaches(problem_, moved).empty();
    }
    int shift_count() const { return instance_.shift_count(); }

  private:
    const Problem& problem_;
    const Plan& plan_;
    int order_;
    Instance instance_;
    std::vector<std::vector<int>> stops_;
};

const std::string& name_of_shift(const Problem& problem, int shift) {
    return problem.shifts[static_cast<std::size_t>(shift)].name;
}

std::string served_text(const Problem& problem, const SeatReason& reason) {
    const std::string& courier = name_of_shift(problem, reason.shift);
    std::string text = "It is with " + courier + ", who works " +
                       minutes_text(problem, reason.paid) + " because of it.\n";
    if (reason.next_best) {
        text += "Next best is " + name_of_shift(problem, reason.next_best->shift) + " with " +
                minutes_text(problem, reason.next_best->paid) + ": " +
                minutes_text(problem, reason.next_best->paid - reason.paid) +
                " more, if all else stays.\n";
    } else {
        text += "Nobody else can bring it if all else stays.\n";
    }
    return text +
           "So many other shifts cannot take it as they are: " + std::to_string(reason.cannot) +
           ".\n";
}

std::string unserved_text(const Problem& problem, const Plan& plan, int order) {
    std::string text = "Nobody brings it. It would be served with one of these, each tried:\n";
    const auto relaxations = find_relaxations(problem, plan, order);
    for (const Relaxation& relaxation : relaxations)
        text += "  " + words_of(problem, relaxation) + '\n';
    if (relaxations.empty())
        text = "Nobody brings it, and no single change of two hours or less would do.\n";
    for (const Shift& shift : problem.shifts)
        if (!shift.off_because.empty())
            text += "  " + shift.name + " is out: " + shift.off_because + '\n';
    return text;
}

}  // namespace

std::optional<SeatReason> find_seat_reason(const Problem& problem, const Plan& plan, int order) {
    const Seats seats(problem, plan, order);
    const auto now = seats.shift_now();
    if (!now) return std::nullopt;
    SeatReason reason{.shift = *now};
    reason.paid = seats.paid(seats.route(*now)) - seats.paid(seats.route_without(*now));
    std::vector<SeatReason::Alternative> others;
    for (int shift = 0; shift < seats.shift_count(); ++shift) {
        if (shift == *now) continue;
        const auto route = seats.route_with(shift);
        if (!route) {
            ++reason.cannot;
            continue;
        }
        others.push_back(
            {.shift = shift, .paid = seats.paid(*route) - seats.paid(seats.route(shift))});
    }
    std::ranges::stable_sort(others, {}, &SeatReason::Alternative::paid);
    for (const SeatReason::Alternative& other : others) {
        if (!seats.holds(*now, *seats.route_with(other.shift))) continue;
        reason.next_best = other;
        break;
    }
    return reason;
}

std::optional<std::string> explain(const Problem& problem, const Plan& plan,
                                   const std::string& order) {
    const auto found = std::ranges::find(problem.orders, order, &Order::name);
    if (found == problem.orders.end()) return std::nullopt;
    const int number = static_cast<int>(found - problem.orders.begin());
    const auto reason = find_seat_reason(problem, plan, number);
    return order + '\n' +
           (reason ? served_text(problem, *reason) : unserved_text(problem, plan, number)) +
           kDataUsed;
}

}  // namespace emplettes::planner
