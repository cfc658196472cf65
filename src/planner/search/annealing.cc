#include "planner/search/annealing.h"

#include <algorithm>
#include <cmath>

namespace emplettes::planner {
namespace {

// What an order costs where it is, the shifts' opening and what is left over apart.
double mean_energy(const Solution& solution) {
    const Instance& instance = solution.instance();
    Energy sum = 0;
    for (const int shift : solution.used())
        sum += solution.route(shift).energy() - instance.weights().opened;
    const std::size_t served = instance.open_orders().size() - solution.unserved().size();
    return static_cast<double>(sum) / static_cast<double>(std::max<std::size_t>(served, 1));
}

}  // namespace

// The best plan so far. A plan whose energy is a little higher may still be better by its levels.
class Annealing::Best {
  public:
    Best(const Solution& solution, bool by_energy)
        : stops_(solution.stops()),
          levels_(solution.levels()),
          energy_(solution.energy()),
          objective_(solution.instance().problem().objective),
          margin_(by_energy || objective_ != Objective::paid
                      ? 0
                      : kMarginSeconds * solution.instance().weights().paid) {}

    // Whether it is better.
    bool take(const Solution& solution) {
        if (solution.energy() >= energy_ + margin_) return false;
        // Most of what is close is worse: the whole sum is not needed to know.
        if (solution.energy() >= energy_ && paid_in(solution) > levels_[Level::paid]) return false;
        const Levels levels = solution.levels();
        if (margin_ > 0 && !is_better(levels, levels_, objective_)) return false;
        energy_ = solution.energy();
        levels_ = levels;
        stops_ = solution.stops();
        return true;
    }
    const std::vector<std::vector<int>>& stops() const { return stops_; }

  private:
    static constexpr Energy kMarginSeconds = 30;

    static std::int64_t paid_in(const Solution& solution) {
        const Instance& instance = solution.instance();
        std::int64_t sum = 0;
        for (int shift = 0; shift < instance.shift_count(); ++shift) {
            const Route& route = solution.route(shift);
            if (!route.is_empty() || instance.bike(shift).has_begun) sum += route.paid_span();
        }
        return sum;
    }

    std::vector<std::vector<int>> stops_;
    Levels levels_;
    Energy energy_;
    Objective objective_;
    Energy margin_;
};

Annealing::Annealing(StringRuin& ruin, Recreate& recreate, Dice& dice)
    : ruin_(&ruin), recreate_(&recreate), dice_(&dice) {}

void Annealing::run(Solution& solution, const AnnealingSettings& settings, double until,
                    Spending& spending, const std::function<void(const Solution&)>& on_better) {
    const double began = spending.fraction();
    const double mean = mean_energy(solution);
    Best best(solution, settings.is_near_published);
    while (spending.spend() && spending.fraction() < until) {
        const double passed = (spending.fraction() - began) / (until - began);
        const double temperature =
            mean * settings.hot * std::pow(settings.cold / settings.hot, passed);
        const auto energy = static_cast<double>(solution.energy());
        solution.begin_trial();
        if (settings.route_chance > 0 && dice_->chance(settings.route_chance))
            ruin_->ruin_route(solution, *dice_);
        else
            ruin_->ruin(solution, *dice_);
        recreate_->run(solution, {.blink_chance = settings.blink_chance}, *dice_);
        if (static_cast<double>(solution.energy()) >=
            energy - temperature * dice_->log_fraction()) {
            solution.undo();
            continue;
        }
        solution.keep();
        if (best.take(solution)) on_better(solution);
    }
    solution.load(best.stops());
}

}  // namespace emplettes::planner
