#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "planner/plan.h"
#include "planner/readers/read_error.h"

namespace emplettes::planner {

// A moment or a length of time for people: "08:30" of a day, the unit of a benchmark otherwise.
std::string clock_text(const Problem& problem, Time time);
// "12 minutes"; a benchmark's time as clock_text.
std::string minutes_text(const Problem& problem, Time time);
// "delivery of anna", "pickup of anna at bakery".
std::string stop_text(const Problem& problem, StopRef stop);

// Rounds and timetable as a table to read.
std::string plan_text(const Problem& problem, const Plan& plan);
// A picture: one colour for each round, over the places as they lie.
std::string plan_svg(const Problem& problem, const Plan& plan);

// For programs; read_plan reads it again. Times are ticks.
Json plan_json(const Problem& problem, const Plan& plan);
Read<Plan> read_plan(const Problem& problem, std::string_view json);

}  // namespace emplettes::planner
