#include <cstdio>
#include <set>

#include "base/text.h"
#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

std::string number_text(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
}

const Shift& shift_of(const Problem& problem, const Round& round) {
    return problem.shifts[static_cast<std::size_t>(round.shift)];
}

std::string flags_of(const Order& order) {
    std::string flags;
    if (order.is_cold) flags += ", cold";
    if (order.is_fragile) flags += ", fragile";
    if (order.needs_two) flags += ", heavy: two people lift it";
    return flags;
}

std::string row(const Problem& problem, Time time, const std::string& what) {
    return "  " + padded(clock_text(problem, time), 9) + "  " + what + '\n';
}

std::string round_text(const Problem& problem, const Round& round) {
    std::string text = shift_of(problem, round).name + ": " + std::to_string(round.visits.size()) +
                       " stops, from " + clock_text(problem, round.begin) + " to " +
                       clock_text(problem, round.release) + '\n';
    auto pause = round.pauses.begin();
    for (std::size_t i = 0; i <= round.visits.size(); ++i) {
        for (; pause != round.pauses.end() && pause->after == i; ++pause)
            text += row(problem, pause->start, "break until " + clock_text(problem, pause->finish));
        if (i == round.visits.size()) break;
        const Visit& visit = round.visits[i];
        std::string what = stop_text(problem, visit.stop);
        if (visit.stop.pickup < 0)
            what += flags_of(problem.orders[static_cast<std::size_t>(visit.stop.order)]);
        text += row(problem, visit.start, what);
    }
    return text + row(problem, round.release, "released");
}

}  // namespace

std::string clock_text(const Problem& problem, Time time) {
    if (problem.ticks_per_unit > 1) return number_text(double(time) / problem.ticks_per_unit, 2);
    if (problem.objective != Objective::paid) return std::to_string(time);
    return two_digits(time / 3600) + ':' + two_digits(time / 60 % 60);
}

std::string minutes_text(const Problem& problem, Time time) {
    if (problem.objective != Objective::paid) return clock_text(problem, time);
    const Time minutes = (time + 30) / 60;
    return std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes");
}

std::string stop_text(const Problem& problem, StopRef stop) {
    const Order& order = problem.orders[static_cast<std::size_t>(stop.order)];
    const std::string& place = task_of(problem, stop).name;
    return (stop.pickup < 0 ? "delivery of " : "pickup of ") + order.name +
           (place.empty() || place == order.name ? "" : " at " + place);
}

std::string plan_text(const Problem& problem, const Plan& plan) {
    std::string text;
    for (const Round& round : plan.rounds) text += round_text(problem, round) + '\n';
    for (const int order : plan.unserved)
        text += "unserved: " + problem.orders[static_cast<std::size_t>(order)].name + '\n';
    for (const Level level : levels_of(problem.objective)) {
        const auto value = plan.levels[level];
        const bool is_time = level == Level::paid || level == Level::travel;
        const double unit = problem.objective == Objective::paid ? 60 : problem.ticks_per_unit;
        text += std::string(name_of(level)) + ": " +
                (is_time ? number_text(static_cast<double>(value) / unit,
                                       problem.objective == Objective::paid ? 0 : 2) +
                               (problem.objective == Objective::paid ? " minutes" : "")
                         : std::to_string(value)) +
                '\n';
    }
    return text;
}

}  // namespace emplettes::planner
