#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"

namespace emplettes::geo {

// Opening hours as a form asks for them, a part of what OpenStreetMap's language can say
// (opening_hours.h): a week, holidays, and days that are different.

// Minutes after the day's midnight; past midnight `end` is more than a day: 22:00 to 04:00 is
// 1320 to 1680.
struct ClockRange {
    int begin = 0;
    int end = 0;

    bool operator==(const ClockRange&) const = default;
};
using DayHours = std::vector<ClockRange>;  // in order, apart from each other; empty: closed

enum class HolidayHours { as_weekday, closed, own };

// From the first day to the last one, both included, whatever day of the week or holiday it is.
struct HoursException {
    LocalDay first;
    LocalDay last;
    DayHours hours;

    bool operator==(const HoursException&) const = default;
};

struct HoursForm {
    std::array<DayHours, 7> week;  // Monday first
    bool is_closed_in_school_holidays = false;
    HolidayHours holidays = HolidayHours::as_weekday;  // public ones, also in school holidays
    DayHours holiday_hours;                            // when they have their own; not empty
    std::vector<HoursException> exceptions;            // go before all else; of two the later one

    bool operator==(const HoursForm&) const = default;
};

inline constexpr std::size_t kRangesPerDayMax = 3;
inline constexpr std::size_t kExceptionsMax = 30;
inline constexpr int kExceptionYearMin = 2000;
inline constexpr int kExceptionYearMax = 2199;

enum class HoursFormFault {
    too_many_ranges,
    range_not_valid,  // begins on another day, or is empty, or as long as a day and not one
    ranges_overlap,
    no_holiday_hours,
    too_many_exceptions,
    exception_not_valid,  // ends before it begins, or is in no year that can be written
};
std::optional<HoursFormFault> find_fault(const HoursForm& form);

// The form in OpenStreetMap's language, as short as people write it there; it has no fault (check).
//   "Mo-Fr 09:00-12:30,14:00-19:00; Sa 10:00-18:00; PH off; 2026 Dec 24 09:00-16:00"
std::string to_opening_hours(const HoursForm& form);

// The form that says what the text says; none when it says more than a form can ask, or cannot be
// read.
std::optional<HoursForm> read_hours_form(std::string_view opening_hours);

// What the form says of one day. The calendar is not asked for days that are exceptions.
struct DayKind {
    bool is_public_holiday = false;
    bool is_school_holiday = false;
};
const DayHours& hours_on(const HoursForm& form, LocalDay day, DayKind kind);

}  // namespace emplettes::geo
