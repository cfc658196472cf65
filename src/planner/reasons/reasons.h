#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/plan.h"

namespace emplettes::planner {

// What an order costs where it is, and where it would cost next least.
struct SeatReason {
    int shift = 0;
    Time paid = 0;  // minutes that the courier works because of it, in ticks
    struct Alternative {
        int shift = 0;
        Time paid = 0;
    };
    std::optional<Alternative> next_best;  // none: nobody else can bring it
    int cannot = 0;                        // so many other shifts
};

// None when the plan leaves it out. The alternative has been ridden and judged by the checker.
std::optional<SeatReason> find_seat_reason(const Problem& problem, const Plan& plan, int order);

// Why an order is with its courier, or what would have to change for it to be served, in sentences,
// with the data that were used. None when there is no order of that name.
std::optional<std::string> explain(const Problem& problem, const Plan& plan,
                                   const std::string& order);

}  // namespace emplettes::planner
