#pragma once
#include <string>
#include <variant>

#include "planner/plan.h"

namespace emplettes::planner {

// What happens to a day that is being ridden.
struct OrderCancelled {
    int order = 0;
};
// Begins so much later than published or, under way, is free so much later than the day says.
struct CourierLate {
    int shift = 0;
    Time by = 0;
};
// Rides no more: a flat tyre, ill.
struct CourierOut {
    int shift = 0;
    std::string why;
};
// A pickup that cannot begin before `until`.
struct ShopNotReady {
    StopRef stop;
    Time until = 0;
};
using DayNews = std::variant<OrderCancelled, CourierLate, CourierOut, ShopNotReady>;

// Somebody who takes over what another courier has aboard needs so long for it.
inline constexpr Time kHandover = 180;
// A shop hands over for so long what is ready only after its windows.
inline constexpr Time kReadyFor = 900;

// Makes the day what it is after the news; names are those of the problem. `published` is the plan
// that couriers know. What a courier who is out has aboard is picked up where the courier stands,
// by somebody else; how long it has been aboard is not known any more: its limit counts from there.
void apply(Problem& problem, const Plan& published, const DayNews& news);

// "ana is out: a flat tyre; somebody takes over anna".
std::string words_of(const Problem& problem, const DayNews& news);

}  // namespace emplettes::planner
