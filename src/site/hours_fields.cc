#include "site/hours_fields.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::site {
namespace {

constexpr int kMinutesADay = 24 * 60;

using Wrong = HoursFieldFault::What;

std::string range_field(std::string_view day, std::size_t number, std::string_view end) {
    return std::string(day) + std::to_string(number + 1) + "_" + std::string(end);
}

// "09:30"; "24:00" as well.
std::optional<int> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = parse_int(text.substr(0, 2));
    const auto minutes = parse_int(text.substr(3));
    if (!hours || !minutes || *hours < 0 || *minutes < 0 || *minutes > 59) return std::nullopt;
    const int clock = static_cast<int>(*hours * 60 + *minutes);
    return clock > kMinutesADay ? std::nullopt : std::optional(clock);
}

std::string clock_of(int minutes) {
    const int clock = minutes % kMinutesADay;
    return two_digits(clock / 60) + ":" + two_digits(clock % 60);
}

Result<geo::ClockRange, Wrong> read_range(const TypedRange& typed) {
    if (typed.from.empty() || typed.to.empty()) return Wrong::half_a_range;
    const auto begin = parse_clock(typed.from);
    const auto end = parse_clock(typed.to);
    if (!begin || !end || *begin == kMinutesADay) return Wrong::time_not_valid;
    if (*end > *begin) return geo::ClockRange{.begin = *begin, .end = *end};
    // From midnight to midnight is the whole day; any other range as long as that is a mistake.
    if (*end == *begin && *begin != 0) return Wrong::range_not_valid;
    return geo::ClockRange{.begin = *begin, .end = *end + kMinutesADay};
}

Result<geo::DayHours, HoursFieldFault> read_day(const web::Fields& fields, std::string_view day) {
    const auto fault = [day](Wrong what) {
        return HoursFieldFault{.what = what, .day = std::string(day)};
    };
    geo::DayHours hours;
    for (const TypedRange& typed : typed_ranges(fields, day)) {
        if (typed.from.empty() && typed.to.empty()) continue;
        const auto range = read_range(typed);
        if (!range) return fault(range.error());
        hours.push_back(*range);
    }
    std::ranges::sort(hours, {}, &geo::ClockRange::begin);
    for (std::size_t i = 1; i < hours.size(); ++i)
        if (hours[i].begin < hours[i - 1].end) return fault(Wrong::ranges_overlap);
    return hours;
}

using ExceptionRead = Result<std::optional<geo::HoursException>, HoursFieldFault>;

ExceptionRead read_exception(const web::Fields& fields, const std::string& name) {
    const auto first_text = trim(fields.get(name + "_first"));
    const auto last_text = trim(fields.get(name + "_last"));
    if (first_text.empty() && last_text.empty()) return std::optional<geo::HoursException>();
    const auto last = parse_iso_date(last_text.empty() ? first_text : last_text);
    const auto first = parse_iso_date(first_text.empty() ? last_text : first_text);
    if (!first || !last) return HoursFieldFault{.what = Wrong::date_not_valid, .day = name};
    if (*last < *first) return HoursFieldFault{.what = Wrong::ends_before_it_begins, .day = name};
    const auto hours = read_day(fields, name);
    if (!hours) return hours.error();
    return std::optional(geo::HoursException{.first = *first, .last = *last, .hours = *hours});
}

void add_day(web::Fields& fields, std::string_view day, const geo::DayHours& hours) {
    const auto ranges = ranges_of(hours);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        fields.add(range_field(day, i, "from"), ranges[i].from);
        fields.add(range_field(day, i, "to"), ranges[i].to);
    }
}

std::string_view holidays_word(geo::HolidayHours holidays) {
    switch (holidays) {
        case geo::HolidayHours::as_weekday: break;
        case geo::HolidayHours::closed: return "closed";
        case geo::HolidayHours::own: return "own";
    }
    return "as_weekday";
}

}  // namespace

std::string exception_fields(std::size_t number) { return "x" + std::to_string(number); }

std::vector<TypedRange> typed_ranges(const web::Fields& fields, std::string_view day) {
    std::vector<TypedRange> ranges;
    for (std::size_t i = 0; i < geo::kRangesPerDayMax; ++i)
        ranges.push_back({.from = std::string(trim(fields.get(range_field(day, i, "from")))),
                          .to = std::string(trim(fields.get(range_field(day, i, "to"))))});
    return ranges;
}

std::vector<TypedRange> ranges_of(const geo::DayHours& hours) {
    std::vector<TypedRange> ranges(geo::kRangesPerDayMax);
    for (std::size_t i = 0; i < std::min(hours.size(), ranges.size()); ++i)
        ranges[i] = {.from = clock_of(hours[i].begin), .to = clock_of(hours[i].end)};
    return ranges;
}

Result<geo::HoursForm, HoursFieldFault> read_hours_fields(const web::Fields& fields) {
    geo::HoursForm form;
    for (std::size_t day = 0; day < form.week.size(); ++day) {
        const auto hours = read_day(fields, kDayFields[day]);
        if (!hours) return hours.error();
        form.week.at(day) = *hours;
    }
    form.is_closed_in_school_holidays = fields.get("school_closed") == "on";
    const std::string_view holidays = fields.get("holidays");
    if (holidays == "closed") form.holidays = geo::HolidayHours::closed;
    if (holidays == "own") {
        const auto hours = read_day(fields, kHolidayFields);
        if (!hours) return hours.error();
        if (hours->empty())
            return HoursFieldFault{.what = Wrong::no_holiday_hours,
                                   .day = std::string(kHolidayFields)};
        form.holidays = geo::HolidayHours::own;
        form.holiday_hours = *hours;
    }
    for (std::size_t i = 0; i < kExceptionFieldsMax; ++i) {
        const auto exception = read_exception(fields, exception_fields(i));
        if (!exception) return exception.error();
        if (*exception) form.exceptions.push_back(**exception);
    }
    return form;
}

web::Fields to_fields(const geo::HoursForm& form) {
    web::Fields fields;
    for (std::size_t day = 0; day < form.week.size(); ++day)
        add_day(fields, kDayFields[day], form.week.at(day));
    fields.add("holidays", std::string(holidays_word(form.holidays)));
    add_day(fields, kHolidayFields, form.holiday_hours);
    if (form.is_closed_in_school_holidays) fields.add("school_closed", "on");
    for (std::size_t i = 0; i < form.exceptions.size(); ++i) {
        const std::string name = exception_fields(i);
        fields.add(name + "_first", iso_date_of(form.exceptions[i].first));
        fields.add(name + "_last", iso_date_of(form.exceptions[i].last));
        add_day(fields, name, form.exceptions[i].hours);
    }
    return fields;
}

web::Fields with_copied_day(const web::Fields& fields, std::string_view from,
                            const std::vector<std::string_view>& to) {
    web::Fields copied;
    const auto ranges = typed_ranges(fields, from);
    for (const std::string_view day : to)
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            copied.add(range_field(day, i, "from"), ranges[i].from);
            copied.add(range_field(day, i, "to"), ranges[i].to);
        }
    for (const auto& [name, value] : fields.all())
        if (!copied.find(name)) copied.add(name, value);
    return copied;
}

std::optional<LocalDay> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_int(text.substr(0, 4));
    const auto month = parse_int(text.substr(5, 2));
    const auto day = parse_int(text.substr(8));
    if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
    if (*year < geo::kExceptionYearMin || *year > geo::kExceptionYearMax) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return LocalDay(date);
}

std::string iso_date_of(LocalDay day) {
    const std::chrono::year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

}  // namespace emplettes::site
