#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace emplettes::planner {

// Seconds of a day in our own files; in a benchmark's, its unit times Problem::ticks_per_unit.
using Time = std::int32_t;
inline constexpr Time kTimeMax = 100'000'000;
inline constexpr Time kNoWay = 500'000'000;  // in a matrix: one does not get there

inline constexpr std::int32_t kLoadMax = 100'000'000;
inline constexpr std::size_t kOrdersMax = 10'000;
inline constexpr std::size_t kShiftsMax = 10'000;
inline constexpr std::size_t kPlacesMax = 3'000;
inline constexpr std::size_t kPickupsMax = 8;
inline constexpr std::size_t kWindowsMax = 8;
inline constexpr std::size_t kSkillsMax = 64;
inline constexpr int kPriorityMax = 100;

// Service begins within it; who comes early waits.
struct Window {
    Time open = 0;
    Time close = kTimeMax;

    bool operator==(const Window&) const = default;
};

// What takes room on a bike, in each of four ways. A file says what they mean; ours: weight_g,
// volume_ml, cold_ml, pieces.
inline constexpr std::size_t kDimensions = 4;
using Load = std::array<std::int32_t, kDimensions>;

// What is done at one place without leaving it.
struct Task {
    std::string name;
    int place = 0;
    std::vector<Window> windows;  // in order, apart from each other; none: at any time
    Time service = 0;
    Load takes{};   // comes aboard here
    Load leaves{};  // leaves the bike here
};

// What is brought together or not at all, by one courier. With pickups and a delivery: all pickups,
// in any order, then the delivery. A delivery alone is aboard from the start; a pickup alone stays
// aboard to the end.
struct Order {
    std::string name;
    std::vector<Task> pickups;
    std::optional<Task> delivery;
    int priority = 0;                 // 0 to kPriorityMax; the higher, the later left out
    std::vector<int> skills;          // that the courier must have, as bits of Problem::skill_names
    bool is_cold = false;             // no break with it aboard
    bool is_fragile = false;          // told to the courier
    bool needs_two = false;           // a piece above what one person lifts (NF X35-109)
    bool is_cancelled = false;        // nobody need bring it any more
    Time aboard_max = 0;              // from the last pickup's end to the delivery; 0: any
    std::optional<int> published_to;  // the shift that has it in the published plan
};

// What the law and the contract leave of one shift. kTimeMax: no limit.
struct DutyLimits {
    Time work_max = kTimeMax;     // without breaks
    Time span_max = kTimeMax;     // with breaks, from first duty to release
    Time stretch_max = kTimeMax;  // work until a break is due
    Time break_min = 0;           // how long that is at least
    Window break_window;          // when it begins
    bool needs_break = false;     // however short the shift is

    bool operator==(const DutyLimits&) const = default;
};

// One stop of an order, by place in the vectors of a Problem. `pickup` is -1 for the delivery.
struct StopRef {
    int order = 0;
    int pickup = -1;

    bool operator==(const StopRef&) const = default;
};

// What has happened of a shift already, and cannot be changed.
struct Progress {
    Time begun_at = 0;            // first duty
    Time free_at = 0;             // when the last of `done` is finished, late or not
    int place = 0;                // where, then
    std::vector<StopRef> done;    // finished or under way
    Time worked_since_break = 0;  // at free_at
};

// One courier on one bike, from a first duty to the release.
struct Shift {
    std::string name;
    std::optional<int> start_place;  // none: wherever the first stop is
    std::optional<int> end_place;
    Window window;
    int bike = 0;  // whose matrix: Problem::matrices
    Load capacity{};
    std::vector<int> skills;
    DutyLimits limits;
    std::optional<Progress> progress;
    std::int32_t cents_per_hour = 0;
    std::string off_because;  // not empty: the law leaves nothing of it, it serves nobody
};

// Travel times, row from, column to; metres likewise or empty. kNoWay where there is none.
struct Matrix {
    std::size_t places = 0;
    std::vector<Time> times;
    std::vector<std::int32_t> metres;
};

struct Position {
    double x = 0;  // longitude
    double y = 0;  // latitude
};

// What is better, level by level: `vehicles` and `distance` are what the literature compares.
enum class Objective : std::uint8_t { paid, vehicles, distance };

// What is to be planned: plain values, made by readers/, checked by find_fault.
struct Problem {
    std::string name;
    std::int32_t ticks_per_unit = 1;
    Objective objective = Objective::paid;
    std::vector<Order> orders;
    std::vector<Shift> shifts;
    std::vector<Matrix> matrices;     // one for each kind of bike, all of the same places
    std::vector<Position> positions;  // of places, for pictures; may be empty
    std::vector<std::string> skill_names;
};

// Which field of the problem is wrong, in the words of our JSON ("orders[3].delivery.windows[0]"),
// and why.
struct ProblemFault {
    std::string field;
    std::string reason;

    std::string sentence() const { return field + ": " + reason; }
};

// The first fault; none when the planner can work with it. Orders that nobody can serve are no
// fault: the plan tells.
std::optional<ProblemFault> find_fault(const Problem& problem);

// All tasks of an order, pickups first.
std::vector<StopRef> stops_of(const Problem& problem, int order);
const Task& task_of(const Problem& problem, StopRef stop);

}  // namespace emplettes::planner
