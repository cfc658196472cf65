#include "planner/search/recreate.h"

#include <algorithm>
#include <limits>

namespace emplettes::planner {
namespace {

// How often each rule sorts, out of all together.
constexpr int kRules = 7;
constexpr int kRuleWeights[kRules] = {4, 4, 2, 1, 2, 2, 2};
constexpr int kRuleWeightSum = 17;

}  // namespace

Recreate::Recreate(const Instance& instance)
    : instance_(&instance),
      memo_(instance),
      is_nearby_(static_cast<std::size_t>(instance.shift_count()), 0),
      ranks_(kRules) {
    for (int rule = 0; rule < kRules; ++rule)
        for (int order = 0; order < instance.order_count(); ++order)
            ranks_[static_cast<std::size_t>(rule)].push_back(rank(order, static_cast<Rule>(rule)));
}

// The lower, the sooner it is placed.
double Recreate::rank(int order, Rule rule) const {
    const Errand& errand = instance_->errand(order);
    const Bike& bike = instance_->bike(0);
    const TravelTable& travel = instance_->travel(bike);
    double load = 0;
    for (std::size_t d = 0; d < kDimensions; ++d)
        if (bike.capacity[d] > 0) load += double(errand.load[d]) / bike.capacity[d];
    double way = 0;
    double width = std::numeric_limits<double>::infinity();
    Time open = kTimeMax;
    Time close = 0;
    for (const int number : errand.stops) {
        const Stop& stop = instance_->stop(number);
        way = std::max<double>(way, travel.time(bike.place_start, stop.place));
        width = std::min<double>(width, stop.close - stop.open);
        open = std::min(open, stop.open);
        close = std::max(close, stop.close);
    }
    switch (rule) {
        case Rule::chance: return 0;
        case Rule::load: return -load;
        case Rule::far: return -way;
        case Rule::near: return way;
        case Rule::narrow: return width;
        case Rule::early: return open;
        case Rule::late: return -close;
    }
    return 0;
}

Recreate::Rule Recreate::choose_rule(Dice& dice) {
    int left = dice.below(kRuleWeightSum);
    int rule = 0;
    while (left >= kRuleWeights[rule]) left -= kRuleWeights[rule++];
    return static_cast<Rule>(rule);
}

void Recreate::sort(std::vector<int>& orders, Dice& dice) const {
    dice.shuffle(orders);
    const Rule rule = choose_rule(dice);
    if (rule == Rule::chance) return;
    const auto& ranks = ranks_[static_cast<std::size_t>(rule)];
    ranked_.clear();
    for (const int order : orders)
        ranked_.push_back({ranks[static_cast<std::size_t>(order)], order});
    std::ranges::stable_sort(ranked_, {}, &Ranked::rank);
    for (std::size_t i = 0; i < orders.size(); ++i) orders[i] = ranked_[i].order;
}

void Recreate::run(Solution& solution, const RecreateSettings& settings, Dice& dice) {
    waiting_ = solution.unserved();
    sort(waiting_, dice);
    // What a courier has begun, nobody else can finish.
    std::ranges::stable_partition(
        waiting_, [&](int order) { return instance_->errand(order).bound_to >= 0; });
    openable_.clear();
    if (settings.may_open) solution.find_openable(openable_);
    for (const int order : waiting_) place(solution, order, settings, dice);
}

Recreate::Place Recreate::cheapest(const Solution& solution, int order,
                                   const std::vector<int>& shifts, double blink_chance,
                                   Dice& dice) {
    Place best;
    for (const int shift : shifts) {
        if (blink_chance > 0 && dice.chance(blink_chance)) continue;
        if (!instance_->may_serve(shift, order)) continue;
        const Energy delta =
            memo_.find(solution.route(shift), order).delta + instance_->change_cost(shift, order);
        if (delta < best.delta) best = {.delta = delta, .shift = shift};
    }
    return best;
}

const std::vector<int>& Recreate::shifts_nearby(const Solution& solution, int order) {
    shifts_nearby_.clear();
    const auto note = [&](int shift) {
        if (shift < 0 || is_nearby_[static_cast<std::size_t>(shift)] != 0) return;
        is_nearby_[static_cast<std::size_t>(shift)] = 1;
        shifts_nearby_.push_back(shift);
    };
    const Errand& errand = instance_->errand(order);
    note(errand.bound_to);
    note(errand.published_to);
    for (const int other : nearby_->of(order)) note(solution.shift_of(other));
    for (const int shift : shifts_nearby_) is_nearby_[static_cast<std::size_t>(shift)] = 0;
    return shifts_nearby_;
}

// The cheapest of the routes nearby, of all routes where none of these takes it; none where no
// route does.
void Recreate::place(Solution& solution, int order, const RecreateSettings& settings, Dice& dice) {
    while (true) {
        Place best;
        if (nearby_ != nullptr)
            best = cheapest(solution, order, shifts_nearby(solution, order), settings.blink_chance,
                            dice);
        if (best.shift < 0)
            best = cheapest(solution, order, solution.used(), settings.blink_chance, dice);
        const Place opened = cheapest(solution, order, openable_, 0, dice);
        if (opened.delta < best.delta) best = opened;
        if (best.shift < 0) return;
        const bool is_opened = solution.route(best.shift).is_empty();
        if (insert(solution, order, best.shift)) {
            if (is_opened && settings.may_open) solution.find_openable(openable_);
            return;
        }
        memo_.forbid(solution.route(best.shift), order);
    }
}

bool Recreate::insert(Solution& solution, int order, int shift) {
    const Insertion insertion = memo_.find(solution.route(shift), order);
    Route& route = solution.change(shift);
    const Energy energy_before = route.energy();
    const bool may_be_refused = instance_->has_law() || instance_->has_aboard_limits();
    std::vector<int> stops_before;
    if (may_be_refused) stops_before = route.stops();
    memo_.apply(route, order, insertion);
    if (may_be_refused && !route.is_possible()) {
        route.assign(stops_before);
        return false;
    }
    solution.note_change(shift, energy_before);
    solution.note_served(order, shift);
    return true;
}

}  // namespace emplettes::planner
