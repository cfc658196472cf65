#include "planner/problem.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace emplettes::planner {
namespace {

std::string at(const std::string& field, std::size_t index) {
    return field + '[' + std::to_string(index) + ']';
}

// Throws the first fault it meets; caught in find_fault alone.
class Inspector {
  public:
    explicit Inspector(const Problem& problem) : problem_(problem) {}

    void inspect() const {
        sizes();
        for (std::size_t i = 0; i < problem_.matrices.size(); ++i)
            matrix(problem_.matrices[i], at("matrices", i));
        names();
        for (std::size_t i = 0; i < problem_.orders.size(); ++i)
            order(problem_.orders[i], at("orders", i));
        for (std::size_t i = 0; i < problem_.shifts.size(); ++i)
            shift(problem_.shifts[i], at("shifts", i));
        done_once();
    }

  private:
    [[noreturn]] static void refuse(const std::string& field, const std::string& reason) {
        throw ProblemFault{.field = field, .reason = reason};
    }
    static void need(bool condition, const std::string& field, const char* reason) {
        if (!condition) refuse(field, reason);
    }
    static void at_most(std::size_t size, std::size_t max, const std::string& field) {
        if (size > max)
            refuse(field, "has " + std::to_string(size) + ", at most " + std::to_string(max) +
                              " can be planned");
    }
    static void time(Time value, const std::string& field) {
        need(value >= 0, field, "is negative");
        if (value > kTimeMax) refuse(field, "is more than " + std::to_string(kTimeMax));
    }
    static void window(const Window& value, const std::string& field) {
        time(value.open, field);
        time(value.close, field);
        need(value.open <= value.close, field, "closes before it opens");
    }
    static void load(const Load& value, const std::string& field) {
        for (const std::int32_t amount : value) {
            need(amount >= 0, field, "is negative");
            if (amount > kLoadMax)
                refuse(field, std::to_string(amount) + " is more than " + std::to_string(kLoadMax));
        }
    }

    std::size_t places() const { return problem_.matrices.front().places; }
    void place(int value, const std::string& field) const {
        need(value >= 0 && static_cast<std::size_t>(value) < places(), field,
             "is no place of the matrix");
    }
    void skills(const std::vector<int>& values, const std::string& field) const {
        for (const int skill : values)
            need(skill >= 0 && static_cast<std::size_t>(skill) < problem_.skill_names.size(), field,
                 "is no skill that is known");
    }

    void sizes() const {
        at_most(problem_.orders.size(), kOrdersMax, "orders");
        need(!problem_.shifts.empty(), "shifts", "there is no courier");
        at_most(problem_.shifts.size(), kShiftsMax, "shifts");
        need(!problem_.matrices.empty(), "matrices", "there is none");
        need(problem_.ticks_per_unit > 0, "ticks_per_unit", "must be positive");
        at_most(problem_.skill_names.size(), kSkillsMax, "skills");
        need(problem_.positions.empty() || problem_.positions.size() == places(), "positions",
             "there must be one for each place");
    }
    void matrix(const Matrix& value, const std::string& field) const {
        at_most(value.places, kPlacesMax, field);
        need(value.places > 0, field, "has no place");
        need(value.places == places(), field, "has other places than the first");
        need(value.times.size() == value.places * value.places, field + ".times",
             "is not as many rows as columns");
        need(value.metres.empty() || value.metres.size() == value.times.size(), field + ".metres",
             "is not as large as the times");
        for (const Time each : value.times)
            if (each != kNoWay) time(each, field + ".times");
        for (const std::int32_t each : value.metres)
            if (each != kNoWay) time(each, field + ".metres");
    }
    void names() const {
        unique(problem_.orders, "orders");
        unique(problem_.shifts, "shifts");
    }
    template <typename T>
    static void unique(const std::vector<T>& values, const std::string& field) {
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto [other, is_new] = seen.emplace(values[i].name, i);
            if (!is_new)
                refuse(at(field, i) + ".id", "\"" + values[i].name + "\" is the id of " +
                                                 at(field, other->second) + ", too");
        }
    }

    void task(const Task& value, const std::string& field) const {
        place(value.place, field + ".place");
        time(value.service, field + ".service");
        load(value.takes, field + ".load");
        load(value.leaves, field + ".load");
        at_most(value.windows.size(), kWindowsMax, field + ".windows");
        for (std::size_t i = 0; i < value.windows.size(); ++i) {
            window(value.windows[i], at(field + ".windows", i));
            need(i == 0 || value.windows[i - 1].close < value.windows[i].open,
                 at(field + ".windows", i), "must open after the one before it has closed");
        }
    }
    void order(const Order& value, const std::string& field) const {
        at_most(value.pickups.size(), kPickupsMax, field + ".pickups");
        need(!value.pickups.empty() || value.delivery, field, "has neither pickups nor delivery");
        need(value.delivery || value.pickups.size() == 1, field + ".delivery", "is missing");
        need(value.priority >= 0 && value.priority <= kPriorityMax, field + ".priority",
             "must be from 0 to 100");
        time(value.aboard_max, field + ".aboard_max");
        skills(value.skills, field + ".skills");
        for (std::size_t i = 0; i < value.pickups.size(); ++i)
            task(value.pickups[i], at(field + ".pickups", i));
        if (value.delivery) task(*value.delivery, field + ".delivery");
        if (value.delivery && !value.pickups.empty()) balance(value, field);
        if (value.published_to)
            need(*value.published_to >= 0 &&
                     static_cast<std::size_t>(*value.published_to) < problem_.shifts.size(),
                 field + ".published_to", "is no shift");
    }
    static void balance(const Order& value, const std::string& field) {
        for (std::size_t d = 0; d < kDimensions; ++d) {
            std::int64_t sum = 0;
            for (const Task& pickup : value.pickups) sum += pickup.takes[d];
            need(sum == value.delivery->leaves[d], field + ".delivery.load",
                 "is not what the pickups bring");
            need(value.delivery->takes[d] == 0, field + ".delivery.load", "cannot take anything");
        }
    }
    void shift(const Shift& value, const std::string& field) const {
        if (value.start_place) place(*value.start_place, field + ".start");
        if (value.end_place) place(*value.end_place, field + ".end");
        window(value.window, field + ".window");
        load(value.capacity, field + ".capacity");
        skills(value.skills, field + ".skills");
        need(value.bike >= 0 && static_cast<std::size_t>(value.bike) < problem_.matrices.size(),
             field + ".bike", "has no matrix");
        const DutyLimits& limits = value.limits;
        for (const Time each :
             {limits.work_max, limits.span_max, limits.stretch_max, limits.break_min})
            time(each, field + ".limits");
        window(limits.break_window, field + ".limits.break_window");
        need(value.cents_per_hour >= 0 && value.cents_per_hour <= kLoadMax,
             field + ".cents_per_hour", "is out of range");
        if (value.progress) progress(*value.progress, field + ".progress");
    }
    void progress(const Progress& value, const std::string& field) const {
        time(value.begun_at, field + ".begun_at");
        time(value.free_at, field + ".free_at");
        time(value.worked_since_break, field + ".worked_since_break");
        need(value.begun_at <= value.free_at, field + ".free_at", "is before begun_at");
        place(value.place, field + ".place");
        for (std::size_t i = 0; i < value.done.size(); ++i)
            known(value.done[i], at(field + ".done", i));
    }
    void known(StopRef stop, const std::string& field) const {
        need(stop.order >= 0 && static_cast<std::size_t>(stop.order) < problem_.orders.size(),
             field, "is no order");
        const Order& value = problem_.orders[static_cast<std::size_t>(stop.order)];
        need(stop.pickup >= -1 && stop.pickup < static_cast<int>(value.pickups.size()), field,
             "is no pickup of its order");
        need(stop.pickup >= 0 || value.delivery, field, "has no delivery");
    }
    // What is done was done by one courier, once, pickups before the delivery.
    void done_once() const {
        std::map<int, std::size_t> shift_of;
        std::set<std::pair<int, int>> seen;
        for (std::size_t s = 0; s < problem_.shifts.size(); ++s) {
            if (!problem_.shifts[s].progress) continue;
            const auto& done = problem_.shifts[s].progress->done;
            for (std::size_t i = 0; i < done.size(); ++i) {
                const std::string field = at(at("shifts", s) + ".progress.done", i);
                need(seen.emplace(done[i].order, done[i].pickup).second, field, "is done twice");
                need(shift_of.emplace(done[i].order, s).first->second == s, field,
                     "is of an order that another courier has begun");
                const Order& of = problem_.orders[static_cast<std::size_t>(done[i].order)];
                for (int p = 0; done[i].pickup < 0 && p < static_cast<int>(of.pickups.size()); ++p)
                    need(seen.contains({done[i].order, p}), field, "is before its pickups");
            }
        }
    }

    const Problem& problem_;
};

}  // namespace

std::optional<ProblemFault> find_fault(const Problem& problem) {
    try {
        Inspector(problem).inspect();
    } catch (const ProblemFault& fault) {
        return fault;
    }
    return std::nullopt;
}

std::vector<StopRef> stops_of(const Problem& problem, int order) {
    const Order& of = problem.orders[static_cast<std::size_t>(order)];
    std::vector<StopRef> stops;
    for (int p = 0; p < static_cast<int>(of.pickups.size()); ++p)
        stops.push_back({.order = order, .pickup = p});
    if (of.delivery) stops.push_back({.order = order, .pickup = -1});
    return stops;
}

const Task& task_of(const Problem& problem, StopRef stop) {
    const Order& of = problem.orders[static_cast<std::size_t>(stop.order)];
    return stop.pickup < 0 ? *of.delivery : of.pickups[static_cast<std::size_t>(stop.pickup)];
}

}  // namespace emplettes::planner
