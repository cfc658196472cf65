#include "planner/living/day_news.h"

#include <algorithm>

#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

Order& order_of(Problem& problem, int order) {
    return problem.orders[static_cast<std::size_t>(order)];
}

Shift& shift_of(Problem& problem, int shift) {
    return problem.shifts[static_cast<std::size_t>(shift)];
}

const Round* round_of(const Plan& plan, int shift) {
    const auto found = std::ranges::find(plan.rounds, shift, &Round::shift);
    return found == plan.rounds.end() ? nullptr : &*found;
}

// The orders that a shift has begun and not brought yet.
std::vector<int> orders_aboard(const Problem& problem, int shift, const Plan& published) {
    const Progress& progress = *problem.shifts[static_cast<std::size_t>(shift)].progress;
    const auto is_done = [&](StopRef stop) {
        return std::ranges::find(progress.done, stop) != progress.done.end();
    };
    std::vector<int> aboard;
    const auto note = [&](int order) {
        const Order& of = problem.orders[static_cast<std::size_t>(order)];
        if (!of.delivery || of.is_cancelled || is_done({.order = order, .pickup = -1})) return;
        if (std::ranges::find(aboard, order) == aboard.end()) aboard.push_back(order);
    };
    for (const StopRef stop : progress.done) note(stop.order);
    // A delivery alone was loaded where the shift began.
    if (const Round* round = round_of(published, shift))
        for (const Visit& visit : round->visits)
            if (problem.orders[static_cast<std::size_t>(visit.stop.order)].pickups.empty())
                note(visit.stop.order);
    return aboard;
}

// Pickups that are done become one, where the courier stands.
void hand_over(Order& order, int number, const Progress& progress, const std::string& courier) {
    Task pickup{.name = "courier " + courier, .place = progress.place, .service = kHandover};
    if (progress.free_at > 0)
        pickup.windows = {{.open = std::min(progress.free_at, kTimeMax), .close = kTimeMax}};
    std::vector<Task> pickups;
    for (std::size_t p = 0; p < order.pickups.size(); ++p) {
        const StopRef stop{.order = number, .pickup = static_cast<int>(p)};
        if (std::ranges::find(progress.done, stop) == progress.done.end()) {
            pickups.push_back(order.pickups[p]);
            continue;
        }
        for (std::size_t d = 0; d < kDimensions; ++d) pickup.takes[d] += order.pickups[p].takes[d];
    }
    if (order.pickups.empty()) pickup.takes = order.delivery->leaves;
    pickups.push_back(std::move(pickup));
    order.pickups = std::move(pickups);
    order.delivery->takes = {};
}

void happen(Problem& problem, const Plan& /*published*/, const OrderCancelled& news) {
    order_of(problem, news.order).is_cancelled = true;
}

void happen(Problem& problem, const Plan& published, const CourierLate& news) {
    Shift& shift = shift_of(problem, news.shift);
    if (shift.progress) {
        shift.progress->free_at = std::min(shift.progress->free_at + news.by, kTimeMax);
        // Being late is work, too.
        shift.progress->worked_since_break =
            std::min(shift.progress->worked_since_break + news.by, kTimeMax);
        return;
    }
    const Round* round = round_of(published, news.shift);
    const Time expected = round == nullptr ? shift.window.open : round->begin;
    shift.window.open = std::max(shift.window.open, std::min(expected + news.by, kTimeMax));
    if (shift.window.open <= shift.window.close) return;
    shift.window.open = shift.window.close;
    shift.off_because = "is later than the shift's end";
}

void happen(Problem& problem, const Plan& published, const CourierOut& news) {
    Shift& shift = shift_of(problem, news.shift);
    shift.off_because = news.why;
    if (!shift.progress) return;
    for (const int order : orders_aboard(problem, news.shift, published)) {
        hand_over(order_of(problem, order), order, *shift.progress, shift.name);
        std::erase_if(shift.progress->done, [&](StopRef stop) { return stop.order == order; });
    }
}

void happen(Problem& problem, const Plan& /*published*/, const ShopNotReady& news) {
    Task& task =
        order_of(problem, news.stop.order).pickups[static_cast<std::size_t>(news.stop.pickup)];
    const Time last = task.windows.empty() ? kTimeMax : task.windows.back().close;
    std::erase_if(task.windows, [&](const Window& window) { return window.close < news.until; });
    if (task.windows.empty())
        task.windows = {{.open = news.until,
                         .close = std::max(last, std::min(news.until + kReadyFor, kTimeMax))}};
    task.windows.front().open = std::max(task.windows.front().open, news.until);
}

struct Teller {
    const Problem& problem;

    const std::string& order(int number) const {
        return problem.orders[static_cast<std::size_t>(number)].name;
    }
    const std::string& shift(int number) const {
        return problem.shifts[static_cast<std::size_t>(number)].name;
    }
    std::string operator()(const OrderCancelled& news) const {
        return order(news.order) + " is cancelled";
    }
    std::string operator()(const CourierLate& news) const {
        return shift(news.shift) + " is " + minutes_text(problem, news.by) + " late";
    }
    std::string operator()(const CourierOut& news) const {
        std::string text = shift(news.shift) + " is out: " + news.why;
        for (const Order& each : problem.orders)
            for (const Task& pickup : each.pickups)
                if (pickup.name == "courier " + shift(news.shift))
                    text += "; somebody takes over " + each.name;
        return text;
    }
    std::string operator()(const ShopNotReady& news) const {
        return stop_text(problem, news.stop) + " is not ready before " +
               clock_text(problem, news.until);
    }
};

}  // namespace

void apply(Problem& problem, const Plan& published, const DayNews& news) {
    std::visit([&](const auto& each) { happen(problem, published, each); }, news);
}

std::string words_of(const Problem& problem, const DayNews& news) {
    return std::visit(Teller{problem}, news);
}

}  // namespace emplettes::planner
