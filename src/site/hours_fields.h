#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zone.h"
#include "geo/opening_hours_form.h"
#include "web/http.h"

namespace emplettes::site {

// The fields of the form of opening hours. Of each day ("mo" to "su", "ph" for public holidays,
// "x0", "x1" ... for dated days) up to three ranges: "mo1_from", "mo1_to", times of the day, both
// empty or none; `holidays` is as_weekday, closed or own; `school_closed` is on; a dated day has
// "x0_first" and "x0_last", dates; without the last one it is a single day, without both it is
// none.

inline constexpr std::string_view kDayFields[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
inline constexpr std::string_view kHolidayFields = "ph";
std::string exception_fields(std::size_t number);  // "x0"

// As a reader typed it: kept, whatever it is, to be shown again.
struct TypedRange {
    std::string from;
    std::string to;
};
std::vector<TypedRange> typed_ranges(const web::Fields& fields, std::string_view day);
// The hours of one day in the fields' words; as many as a day can have.
std::vector<TypedRange> ranges_of(const geo::DayHours& hours);

// Why the fields are no hours, and of which day ("mo", "x0").
struct HoursFieldFault {
    enum class What {
        half_a_range,
        time_not_valid,
        range_not_valid,
        ranges_overlap,
        no_holiday_hours,
        date_not_valid,
        ends_before_it_begins
    };
    What what = What::time_not_valid;
    std::string day;

    bool operator==(const HoursFieldFault&) const = default;
};
// Ranges in any order; one that ends at or before its beginning passes midnight.
Result<geo::HoursForm, HoursFieldFault> read_hours_fields(const web::Fields& fields);
// The fields that read as this form.
web::Fields to_fields(const geo::HoursForm& form);
// The fields with all ranges of one day put over others'.
web::Fields with_copied_day(const web::Fields& fields, std::string_view from,
                            const std::vector<std::string_view>& to);

// So many dated days have fields; a form with more is edited as a text.
inline constexpr std::size_t kExceptionFieldsMax = 12;

std::optional<LocalDay> parse_iso_date(std::string_view text);  // "2026-12-24"
std::string iso_date_of(LocalDay day);

}  // namespace emplettes::site
