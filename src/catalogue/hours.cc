#include "catalogue/hours.h"

#include <algorithm>

namespace emplettes::catalogue {
namespace {

// A calendar covers the year before and the year after, so that no span at a year's end misses a
// holiday.
constexpr int kYearsAround = 1;

}  // namespace

geo::HolidayCalendar holiday_calendar(const law::Holidays& holidays, const std::string& region,
                                      const std::string& school_zone, LocalDay around) {
    const int year = static_cast<int>(std::chrono::year_month_day(around).year());
    const int first = year - kYearsAround;
    const int last = year + kYearsAround;
    geo::HolidayCalendar calendar;
    for (const auto& holiday : holidays.public_holidays(region, first, last))
        calendar.public_holidays.push_back(holiday.day);
    for (const auto& holiday : holidays.school_holidays(school_zone, first, last))
        calendar.school_holidays.push_back({.first = holiday.first, .last = holiday.last});
    return calendar;
}

std::vector<OpenSpan> open_spans(const geo::OpeningHours& hours, const Zone& zone,
                                 const geo::HolidayCalendar& holidays, Instant from,
                                 Instant until) {
    std::vector<OpenSpan> spans;
    const auto intervals = hours.intervals(zone.to_local(from), zone.to_local(until), holidays);
    for (const geo::OpenInterval& interval : intervals) {
        const OpenSpan span{.opens_at = std::max(zone.to_instant(interval.begin), from),
                            .closes_at = std::min(zone.to_instant(interval.end), until),
                            .is_certain = interval.state == geo::OpenState::open,
                            .comment = interval.comment};
        if (span.opens_at < span.closes_at) spans.push_back(span);
    }
    return spans;
}

}  // namespace emplettes::catalogue
