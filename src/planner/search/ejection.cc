#include "planner/search/ejection.h"

#include <algorithm>

namespace emplettes::planner {
namespace {

constexpr int kPairsPerRouteMax = 40;  // of long routes only some are tried, by chance

}  // namespace

Ejection::Ejection(const Instance& instance, Recreate& recreate)
    : instance_(&instance), recreate_(&recreate), scratch_(instance, 0) {}

bool Ejection::run(Solution& solution, int order, const std::vector<std::int64_t>& weights,
                   Dice& dice) {
    best_.shift = -1;
    best_.weight = weights[static_cast<std::size_t>(order)];
    for (const int shift : solution.used())
        if (instance_->may_serve(shift, order)) look_at(solution, shift, order, weights, dice);
    if (best_.shift < 0) return false;
    solution.remove(best_.shift, best_.orders);
    return recreate_->insert(solution, order, best_.shift);
}

void Ejection::look_at(const Solution& solution, int shift, int order,
                       const std::vector<std::int64_t>& weights, Dice& dice) {
    const Route& route = solution.route(shift);
    orders_.clear();
    for (const int number : route.stops()) {
        const int other = instance_->stop(number).order;
        if (std::ranges::find(orders_, other) == orders_.end() &&
            instance_->errand(other).bound_to < 0)
            orders_.push_back(other);
    }
    const auto weight_of = [&](int other) { return weights[static_cast<std::size_t>(other)]; };
    for (const int one : orders_) consider(route, order, weight_of(one), {one});
    const auto count = static_cast<int>(orders_.size());
    const int pairs = count * (count - 1) / 2;
    const double share = pairs <= kPairsPerRouteMax ? 1.0 : double(kPairsPerRouteMax) / pairs;
    for (std::size_t i = 0; i < orders_.size(); ++i)
        for (std::size_t j = i + 1; j < orders_.size(); ++j)
            if (share >= 1 || dice.chance(share))
                consider(route, order, weight_of(orders_[i]) + weight_of(orders_[j]),
                         {orders_[i], orders_[j]});
}

void Ejection::consider(const Route& route, int order, std::int64_t weight,
                        const std::vector<int>& turned_out) {
    if (weight >= best_.weight) return;
    scratch_ = route;
    scratch_.remove_if([&](int number) {
        return std::ranges::find(turned_out, instance_->stop(number).order) != turned_out.end();
    });
    if (!recreate_->memo().find(scratch_, order).is_possible()) return;
    best_ = {.weight = weight, .shift = route.shift(), .orders = turned_out};
}

}  // namespace emplettes::planner
