#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "law/working_time.h"
#include "planner/problem.h"

namespace emplettes::planner {

// Météo-France's vigilance for heat, as far as it changes rounds.
enum class Heat : std::uint8_t { none, orange, red };

// What the law must know of a courier's other days to say what is left of this one: times of work
// and nothing else. Seconds count from the midnight at which the day begins.
struct CourierRecord {
    bool is_minor = false;
    bool may_work_at_night = false;
    std::optional<Time> previous_release;  // 0 or negative: on a day before
    std::optional<Time> next_duty;         // 86,400 and more: on a day after
    int week_work_min = 0;                 // this civil week, without this shift
    std::vector<int> weeks_work_min;       // of the weeks before, the latest first
    bool has_weekly_rest = true;           // this week without counting on this day
};

// Narrows the window and the limits of a shift to what the law leaves. A sentence when nothing is
// left of it: the courier cannot work then.
std::optional<std::string> obey(Shift& shift, const CourierRecord& record,
                                const law::WorkingTimeLaw& law, LocalDay day, Heat heat);

}  // namespace emplettes::planner
