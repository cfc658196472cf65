#include "geo/open_status.h"

namespace emplettes::geo {

OpenStatus status(const OpeningHours& hours, LocalTime now, const HolidayCalendar& holidays) {
    if (!hours.readable()) return {};
    const LocalTime horizon = now + kStatusAhead;
    const auto ahead = hours.intervals(now, horizon, holidays);
    if (ahead.empty() || ahead.front().begin > now) {
        OpenStatus closed{.state = OpenState::closed,
                          .comment = hours.closing_comment(now, holidays)};
        if (ahead.empty()) return closed;
        closed.changes_at = ahead.front().begin;
        closed.next = ahead.front().state;
        return closed;
    }
    // The same state with another comment is no change worth telling.
    std::size_t last = 0;
    while (last + 1 < ahead.size() && ahead[last + 1].begin == ahead[last].end &&
           ahead[last + 1].state == ahead[last].state)
        ++last;
    OpenStatus open{.state = ahead.front().state, .comment = ahead.front().comment};
    if (ahead[last].end >= horizon) return open;
    open.changes_at = ahead[last].end;
    const bool goes_on = last + 1 < ahead.size() && ahead[last + 1].begin == ahead[last].end;
    open.next = goes_on ? ahead[last + 1].state : OpenState::closed;
    return open;
}

std::array<std::vector<OpenInterval>, 7> week(const OpeningHours& hours, LocalDay first_day,
                                              const HolidayCalendar& holidays) {
    std::array<std::vector<OpenInterval>, 7> days;
    for (std::size_t i = 0; i < days.size(); ++i)
        days[i] = hours.intervals_of_day(first_day + std::chrono::days{i}, holidays);
    return days;
}

}  // namespace emplettes::geo
