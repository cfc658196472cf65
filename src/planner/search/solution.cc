#include "planner/search/solution.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::planner {

Solution::Solution(const Instance& instance)
    : instance_(&instance),
      shift_of_(static_cast<std::size_t>(instance.order_count()), -1),
      unserved_(instance.open_orders()),
      is_used_(static_cast<std::size_t>(instance.shift_count()), 0),
      is_removed_(static_cast<std::size_t>(instance.order_count()), 0),
      touched_(static_cast<std::size_t>(instance.shift_count()), -1) {
    routes_.reserve(static_cast<std::size_t>(instance.shift_count()));
    for (int shift = 0; shift < instance.shift_count(); ++shift) {
        routes_.emplace_back(instance, shift);
        energy_ += routes_.back().energy();
    }
    for (const int order : unserved_) energy_ += instance.errand(order).unserved;
}

void Solution::find_openable(std::vector<int>& shifts) const {
    shifts.clear();
    for (int shift = 0; shift < instance_->shift_count(); ++shift) {
        if (is_used_[static_cast<std::size_t>(shift)] != 0) continue;
        const int kind = instance_->bike(shift).kind;
        const auto is_alike = [&](int other) { return instance_->bike(other).kind == kind; };
        if (std::ranges::none_of(shifts, is_alike)) shifts.push_back(shift);
    }
}

void Solution::begin_trial() {
    for (std::size_t i = 0; i < journal_.size(); ++i)
        touched_[static_cast<std::size_t>(journal_[i].shift)] = -1;
    journal_size_ = 0;
    before_.unserved = unserved_;
    before_.used = used_;
    before_.shift_of.clear();
    before_.energy = energy_;
}

void Solution::undo() {
    for (std::size_t i = 0; i < journal_size_; ++i) {
        const auto shift = static_cast<std::size_t>(journal_[i].shift);
        std::swap(routes_[shift], journal_[i].route);
        is_used_[shift] = routes_[shift].is_empty() ? 0 : 1;
    }
    for (auto change = before_.shift_of.rbegin(); change != before_.shift_of.rend(); ++change)
        shift_of_[static_cast<std::size_t>(change->first)] = change->second;
    std::swap(unserved_, before_.unserved);
    std::swap(used_, before_.used);
    energy_ = before_.energy;
}

Route& Solution::change(int shift) {
    const auto at = static_cast<std::size_t>(shift);
    if (touched_[at] >= 0) return routes_[at];
    if (journal_size_ == journal_.size()) {
        journal_.push_back({.shift = shift, .route = routes_[at]});
    } else {
        journal_[journal_size_].shift = shift;
        journal_[journal_size_].route = routes_[at];
    }
    touched_[at] = static_cast<int>(journal_size_++);
    return routes_[at];
}

void Solution::note_change(int shift, Energy energy_before) {
    energy_ += route(shift).energy() - energy_before;
    note_use(shift);
}

void Solution::note_use(int shift) {
    char& is_used = is_used_[static_cast<std::size_t>(shift)];
    const bool is_empty = route(shift).is_empty();
    if (is_used == 0 && !is_empty) used_.push_back(shift);
    if (is_used != 0 && is_empty) std::erase(used_, shift);
    is_used = is_empty ? 0 : 1;
}

void Solution::remove(int shift, const std::vector<int>& orders) {
    Route& changed = change(shift);
    const Energy energy_before = changed.energy();
    for (const int order : orders) is_removed_[static_cast<std::size_t>(order)] = 1;
    changed.remove_if([&](int number) {
        return is_removed_[static_cast<std::size_t>(instance_->stop(number).order)] != 0;
    });
    for (const int order : orders) {
        const auto at = static_cast<std::size_t>(order);
        is_removed_[at] = 0;
        before_.shift_of.emplace_back(order, shift_of_[at]);
        shift_of_[at] = -1;
        unserved_.push_back(order);
        energy_ += instance_->errand(order).unserved - instance_->change_cost(shift, order);
    }
    note_change(shift, energy_before);
}

void Solution::note_served(int order, int shift) {
    const auto at = static_cast<std::size_t>(order);
    before_.shift_of.emplace_back(order, shift_of_[at]);
    shift_of_[at] = shift;
    std::erase(unserved_, order);
    energy_ += instance_->change_cost(shift, order) - instance_->errand(order).unserved;
}

std::vector<std::vector<int>> Solution::stops() const {
    std::vector<std::vector<int>> all;
    all.reserve(routes_.size());
    for (const Route& each : routes_) all.push_back(each.stops());
    return all;
}

void Solution::load(const std::vector<std::vector<int>>& stops) {
    check(stops.size() == routes_.size());
    *this = Solution(*instance_);
    for (int shift = 0; shift < instance_->shift_count(); ++shift) {
        const auto& wanted = stops[static_cast<std::size_t>(shift)];
        if (wanted.empty()) continue;
        const Energy energy_before = route(shift).energy();
        routes_[static_cast<std::size_t>(shift)].assign(wanted);
        note_change(shift, energy_before);
        for (const int number : wanted)
            if (const int order = instance_->stop(number).order; shift_of(order) < 0)
                note_served(order, shift);
    }
}

Levels Solution::levels() const {
    Levels levels;
    const Problem& problem = instance_->problem();
    for (const int order : unserved_)
        levels[Level::unserved] += unserved_weight(problem.orders[static_cast<std::size_t>(order)]);
    for (const Route& each : routes_) {
        const Bike& bike = instance_->bike(each.shift());
        if (each.is_empty() && !bike.has_begun) continue;
        ++levels[Level::opened];
        levels[Level::travel] += each.travel();
        levels[Level::paid] += each.paid_span();
        levels[Level::unfairness] += unfairness_of(each.paid_span());
        const TravelTable& travel = instance_->travel(bike);
        for (int at = 0; at <= each.size(); ++at)
            levels[Level::metres] += travel.metres(each.point(at).place, each.point(at + 1).place);
    }
    for (int order = 0; order < instance_->order_count(); ++order)
        if (shift_of(order) >= 0 && instance_->change_cost(shift_of(order), order) > 0)
            ++levels[Level::changes];
    return levels;
}

}  // namespace emplettes::planner
