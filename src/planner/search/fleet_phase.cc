#include "planner/search/fleet_phase.h"

#include <algorithm>
#include <limits>

namespace emplettes::planner {
namespace {

double mean_energy_of_stop(const Solution& solution) {
    Energy sum = 0;
    int stops = 0;
    for (const int shift : solution.used()) {
        sum += solution.route(shift).energy() - solution.instance().weights().opened;
        stops += solution.route(shift).size();
    }
    return static_cast<double>(sum) / std::max(stops, 1);
}

std::vector<int> orders_of(const Route& route, const Instance& instance) {
    std::vector<int> orders;
    for (const int number : route.stops())
        if (const int order = instance.stop(number).order;
            std::ranges::find(orders, order) == orders.end())
            orders.push_back(order);
    return orders;
}

}  // namespace

FleetPhase::FleetPhase(const Instance& instance, StringRuin& ruin, Recreate& recreate, Dice& dice)
    : instance_(&instance),
      ruin_(&ruin),
      recreate_(&recreate),
      dice_(&dice),
      ejection_(instance, recreate),
      hardness_(static_cast<std::size_t>(instance.order_count()), 0) {}

void FleetPhase::run(Solution& solution, const FleetSettings& settings, int shifts_min,
                     Spending& spending) {
    const double end = spending.fraction() + settings.share_max * (1 - spending.fraction());
    auto best = solution.stops();
    while (static_cast<int>(solution.used().size()) > shifts_min) {
        const double until = std::min(end, spending.fraction() + settings.patience);
        close_easiest(solution);
        if (!serve_all(solution, settings, until, spending)) break;
        best = solution.stops();
    }
    solution.load(best);
}

void FleetPhase::close_easiest(Solution& solution) {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::vector<int> easiest;
    for (const int shift : solution.used()) {
        std::vector<int> orders = orders_of(solution.route(shift), *instance_);
        std::int64_t sum = 0;
        for (const int order : orders) sum += hardness_[static_cast<std::size_t>(order)];
        if (sum >= least) continue;
        least = sum;
        easiest = std::move(orders);
    }
    solution.begin_trial();
    solution.remove(solution.shift_of(easiest.front()), easiest);
    solution.keep();
}

bool FleetPhase::serve_all(Solution& solution, const FleetSettings& settings, double until,
                           Spending& spending) {
    const double temperature = settings.temperature * mean_energy_of_stop(solution);
    while (!solution.unserved().empty()) {
        if (!spending.spend() || spending.fraction() >= until) return false;
        solution.begin_trial();
        const bool is_kept = dice_->chance(settings.ejection_chance)
                                 ? eject(solution)
                                 : shake(solution, settings, temperature);
        is_kept ? solution.keep() : solution.undo();
    }
    return true;
}

int FleetPhase::any_left_over(const Solution& solution) {
    const auto& unserved = solution.unserved();
    return unserved[static_cast<std::size_t>(dice_->below(static_cast<int>(unserved.size())))];
}

bool FleetPhase::eject(Solution& solution) {
    const int order = any_left_over(solution);
    ++hardness_[static_cast<std::size_t>(order)];
    return ejection_.run(solution, order, hardness_, *dice_);
}

bool FleetPhase::shake(Solution& solution, const FleetSettings& settings, double temperature) {
    const std::size_t left_over = solution.unserved().size();
    const auto energy = static_cast<double>(solution.energy());
    if (dice_->chance(settings.around_chance)) {
        const auto& stops = instance_->errand(any_left_over(solution)).stops;
        ruin_->ruin_around(solution,
                           stops[static_cast<std::size_t>(dice_->below(2)) % stops.size()], *dice_);
    } else {
        ruin_->ruin(solution, *dice_);
    }
    recreate_->run(solution, {.may_open = false}, *dice_);
    if (solution.unserved().size() != left_over) return solution.unserved().size() < left_over;
    return static_cast<double>(solution.energy()) < energy - temperature * dice_->log_fraction();
}

}  // namespace emplettes::planner
