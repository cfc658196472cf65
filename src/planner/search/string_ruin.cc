#include "planner/search/string_ruin.h"

#include <algorithm>
#include <cmath>

namespace emplettes::planner {

StringRuin::StringRuin(const Instance& instance, const Neighbours& neighbours,
                       const RuinSettings& settings)
    : neighbours_(&neighbours),
      settings_(settings),
      is_ruined_(static_cast<std::size_t>(instance.shift_count()), 0) {}

void StringRuin::ruin(Solution& solution, Dice& dice) {
    const auto stops = static_cast<int>(solution.instance().stops().size());
    ruin_around(solution, dice.below(stops), dice);
}

void StringRuin::ruin_around(Solution& solution, int seed, Dice& dice) {
    if (solution.used().empty()) return;
    std::size_t served = 0;
    for (const int shift : solution.used())
        served += static_cast<std::size_t>(solution.route(shift).size());
    const double mean = static_cast<double>(served) / static_cast<double>(solution.used().size());
    const double longest = std::min<double>(settings_.string_max, mean);
    const double strings_max = 4 * settings_.stops_mean / (1 + longest) - 1;
    const auto strings = static_cast<std::size_t>(1 + std::max(0.0, strings_max) * dice.fraction());
    for (const int stop : neighbours_->of(seed)) {
        if (ruined_.size() >= strings) break;
        const Stop& near = solution.instance().stop(stop);
        const int shift = solution.shift_of(near.order);
        if (shift < 0 || near.is_done || is_ruined_[static_cast<std::size_t>(shift)] != 0) continue;
        const double most = std::min<double>(solution.route(shift).size(), longest);
        remove_string(solution, stop, static_cast<int>(1 + most * dice.fraction()), dice);
        is_ruined_[static_cast<std::size_t>(shift)] = 1;
        ruined_.push_back(shift);
    }
    for (const int shift : ruined_) is_ruined_[static_cast<std::size_t>(shift)] = 0;
    ruined_.clear();
}

void StringRuin::ruin_route(Solution& solution, Dice& dice) {
    constexpr int kDrawn = 3;
    const auto& used = solution.used();
    if (used.empty()) return;
    int shortest = -1;
    for (int i = 0; i < kDrawn; ++i) {
        const int drawn = used[static_cast<std::size_t>(dice.below(static_cast<int>(used.size())))];
        if (shortest < 0 || solution.route(drawn).size() < solution.route(shortest).size())
            shortest = drawn;
    }
    orders_.clear();
    for (const int number : solution.route(shortest).stops())
        if (const int order = solution.instance().stop(number).order;
            std::ranges::find(orders_, order) == orders_.end())
            orders_.push_back(order);
    solution.remove(shortest, orders_);
}

void StringRuin::remove_string(Solution& solution, int stop, int length, Dice& dice) {
    const Instance& instance = solution.instance();
    const int shift = solution.shift_of(instance.stop(stop).order);
    const auto& stops = solution.route(shift).stops();
    const auto size = static_cast<int>(stops.size());
    length = std::min(length, size);
    int kept = 0;
    if (length > 1 && dice.chance(settings_.split_chance)) {
        kept = 1;
        while (length + kept < size && dice.chance(settings_.longer_chance)) ++kept;
        kept = std::min(kept, size - length);
    }
    const int window = length + kept;
    const auto at = static_cast<int>(std::ranges::find(stops, stop) - stops.begin());
    const int first_min = std::max(0, at - window + 1);
    const int first_max = std::min(at, size - window);
    const int first = first_min + dice.below(first_max - first_min + 1);
    const int kept_from = kept == 0 ? window : 1 + dice.below(length - 1);
    orders_.clear();
    for (int i = 0; i < window; ++i) {
        if (i >= kept_from && i < kept_from + kept) continue;
        const int order = instance.stop(stops[static_cast<std::size_t>(first + i)]).order;
        if (std::ranges::find(orders_, order) == orders_.end()) orders_.push_back(order);
    }
    solution.remove(shift, orders_);
}

}  // namespace emplettes::planner
