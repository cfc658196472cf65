#pragma once
#include "planner/problem.h"

namespace emplettes {

// A made-up day of a cooperative, large enough to measure: shops in four streets, neighbours all
// over six by six kilometres, cargo bikes from three depots, mornings, afternoons and whole days
// under the law.
struct TownSettings {
    int orders = 300;
    int couriers = 20;
    std::uint64_t seed = 1;
};
// The same for the same settings.
planner::Problem make_bench_town(const TownSettings& settings);
// One more order of the same town: its places are the problem's.
planner::Order make_bench_order(const planner::Problem& town, std::uint64_t seed);

struct TownBenchOptions {
    TownSettings town;
    double seconds = 5;  // of processor time, to plan
    double against = 0;  // compared with a plan of so many seconds
};
// How soon a plan is there and how good; then, at noon of the day as planned, what a quote, a new
// order and a reason take.
void bench_town(const TownBenchOptions& options);

}  // namespace emplettes
