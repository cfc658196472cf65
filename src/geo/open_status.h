#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geo/opening_hours.h"

namespace emplettes::geo {

inline constexpr std::chrono::days kStatusAhead{14};

// Open now, until when; or closed, until when.
struct OpenStatus {
    OpenState state = OpenState::unknown;
    // When it becomes `next`: "open until", "opens at". None: not within kStatusAhead.
    std::optional<LocalTime> changes_at;
    OpenState next = OpenState::unknown;  // meaningless without changes_at
    std::string comment;  // of the rule that says so: "by appointment", "renovation"

    bool operator==(const OpenStatus&) const = default;
};

// Unreadable hours are unknown, without a change.
OpenStatus status(const OpeningHours& hours, LocalTime now, const HolidayCalendar& holidays);

// Seven days from `first_day` on; each holds what begins on it (OpeningHours::intervals_of_day).
std::array<std::vector<OpenInterval>, 7> week(const OpeningHours& hours, LocalDay first_day,
                                              const HolidayCalendar& holidays);

}  // namespace emplettes::geo
