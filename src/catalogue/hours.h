#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/zone.h"
#include "geo/opening_hours.h"
#include "law/holidays.h"

namespace emplettes::catalogue {

// A time during which a shop is open, in moments that can be compared with "now".
struct OpenSpan {
    Instant opens_at;
    Instant closes_at;
    bool is_certain = true;  // false: the shop says "unknown", for example "by appointment"
    std::string comment;

    bool operator==(const OpenSpan&) const = default;
};

// The holidays that opening hours need, from law's records, around the day of `now`.
geo::HolidayCalendar holiday_calendar(const law::Holidays& holidays, const std::string& region,
                                      const std::string& school_zone, LocalDay around);

// Open spans from `from` until `until`, in order, cut to it.
std::vector<OpenSpan> open_spans(const geo::OpeningHours& hours, const Zone& zone,
                                 const geo::HolidayCalendar& holidays, Instant from, Instant until);

}  // namespace emplettes::catalogue
