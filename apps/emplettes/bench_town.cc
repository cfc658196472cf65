#include "emplettes/bench_town.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "planner/readers/named_places.h"
#include "planner/search/dice.h"

namespace emplettes {
namespace {

using planner::Dice;
using planner::Order;
using planner::Problem;
using planner::Shift;
using planner::Task;
using planner::Time;

constexpr Time kHour = 3600;
constexpr int kDepots = 3;
constexpr double kSpeedKmh = 14;
constexpr double kDegree = 0.054;  // six kilometres from north to south
constexpr planner::Position kCorner{.x = 2.30, .y = 48.83};

int between(Dice& dice, int low, int high) { return low + dice.below(high - low + 1); }

int shops_for(int orders) { return std::clamp(orders / 8, 12, 150); }

planner::Position anywhere(Dice& dice) {
    return {.x = kCorner.x + 1.5 * kDegree * dice.fraction(),
            .y = kCorner.y + kDegree * dice.fraction()};
}

// In one of four streets.
planner::Position in_a_street(Dice& dice, int street) {
    const double along = (dice.fraction() - 0.5) * kDegree / 3;
    const double beside = (dice.fraction() - 0.5) * kDegree / 30;
    const bool is_upright = street % 2 == 0;
    return {.x = kCorner.x + kDegree * (0.4 + 0.7 * (street & 1)) + (is_upright ? beside : along),
            .y = kCorner.y + kDegree * (0.3 + 0.2 * (street >> 1)) + (is_upright ? along : beside)};
}

planner::Window two_hours(Dice& dice) {
    const Time open = between(dice, 9, 18) * kHour;
    return {.open = open, .close = open + 2 * kHour};
}

Order make_order(Dice& dice, int shops, int homes) {
    Order order{.priority = between(dice, 0, 2)};
    const int pickups = dice.chance(0.25) ? 2 : 1;
    order.delivery = Task{.place = kDepots + shops + dice.below(homes),
                          .windows = {two_hours(dice)},
                          .service = between(dice, 120, 300)};
    for (int i = 0; i < pickups; ++i) {
        Task pickup{.place = kDepots + dice.below(shops),
                    .windows = {{.open = 9 * kHour, .close = 19 * kHour + 1800}},
                    .service = between(dice, 60, 180)};
        pickup.takes = {between(dice, 300, 9000), between(dice, 1000, 30'000), 0, 0};
        for (std::size_t d = 0; d < planner::kDimensions; ++d)
            order.delivery->leaves[d] += pickup.takes[d];
        order.pickups.push_back(std::move(pickup));
    }
    order.is_cold = dice.chance(0.15);
    if (order.is_cold) {
        order.skills = {0};
        order.aboard_max = 5400;
    }
    return order;
}

Shift make_shift(Dice& dice, int number) {
    constexpr planner::Window kHours[] = {{8 * kHour, 14 * kHour},
                                          {14 * kHour, 20 * kHour + 1800},
                                          {9 * kHour, 19 * kHour},
                                          {11 * kHour, 20 * kHour}};
    const int depot = dice.below(kDepots);
    Shift shift{.name = "courier " + std::to_string(number + 1),
                .start_place = depot,
                .end_place = depot,
                .window = kHours[number % 4]};
    shift.capacity = {80'000, 300'000, planner::kLoadMax, planner::kLoadMax};
    if (number % 3 != 0) shift.skills = {0};
    shift.cents_per_hour = 1500;
    shift.limits = {.work_max = 10 * kHour,
                    .span_max = 13 * kHour,
                    .stretch_max = 6 * kHour,
                    .break_min = 1200};
    return shift;
}

}  // namespace

Problem make_bench_town(const TownSettings& settings) {
    Dice dice(settings.seed);
    const int shops = shops_for(settings.orders);
    Problem town{.name = "a made-up town", .skill_names = {"cold box"}};
    for (int i = 0; i < kDepots; ++i) town.positions.push_back(anywhere(dice));
    for (int i = 0; i < shops; ++i) town.positions.push_back(in_a_street(dice, i % 4));
    for (int i = 0; i < settings.orders; ++i) town.positions.push_back(anywhere(dice));
    town.matrices.push_back(planner::estimate_matrix(town.positions, kSpeedKmh));
    for (int i = 0; i < settings.couriers; ++i) town.shifts.push_back(make_shift(dice, i));
    for (int i = 0; i < settings.orders; ++i) {
        town.orders.push_back(make_order(dice, shops, settings.orders));
        town.orders.back().name = "order " + std::to_string(i + 1);
    }
    return town;
}

Order make_bench_order(const Problem& town, std::uint64_t seed) {
    Dice dice(seed);
    const auto homes = static_cast<int>(town.orders.size());
    Order order =
        make_order(dice, static_cast<int>(town.positions.size()) - kDepots - homes, homes);
    order.name = "new " + std::to_string(seed);
    return order;
}

}  // namespace emplettes
