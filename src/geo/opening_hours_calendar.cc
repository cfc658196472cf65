#include "geo/opening_hours_calendar.h"

#include <algorithm>
#include <utility>

#include "base/easter.h"

namespace emplettes::geo {
namespace {

using std::chrono::year_month_day;

bool chooses_year(const std::vector<YearRange>& years, int year) {
    return years.empty() || std::ranges::any_of(years, [year](const YearRange& range) {
               return year >= range.first && year <= range.last &&
                      (year - range.first) % range.step == 0;
           });
}

// ISO 8601: week 1 holds the year's first Thursday.
int week_of(LocalDay day) {
    const LocalDay thursday =
        day - (std::chrono::weekday{day} - std::chrono::Monday) + std::chrono::days{3};
    const LocalDay new_year{year_month_day{thursday}.year() / 1 / 1};
    return static_cast<int>((thursday - new_year).count()) / 7 + 1;
}

bool chooses_week(const std::vector<WeekRange>& weeks, LocalDay day) {
    if (weeks.empty()) return true;
    const int week = week_of(day);
    return std::ranges::any_of(weeks, [week](const WeekRange& range) {
        if (range.first > range.last) return week >= range.first || week <= range.last;
        return week >= range.first && week <= range.last && (week - range.first) % range.step == 0;
    });
}

// The n-th such weekday of a month; none when the month has only four.
std::optional<LocalDay> nth_weekday(const DateEdge& edge, std::chrono::year year) {
    const auto month = std::chrono::month{edge.month};
    if (edge.nth > 0) {
        const auto date = year / month / edge.weekday[static_cast<unsigned>(edge.nth)];
        if (!date.ok()) return std::nullopt;
        return LocalDay{date};
    }
    const LocalDay last{year / month / edge.weekday[std::chrono::last]};
    const LocalDay date = last + std::chrono::days{7 * (edge.nth + 1)};
    if (year_month_day{date}.month() != month) return std::nullopt;
    return date;
}

enum class Side { first, last, single };

// The day an edge means in a year. A day that the month has not in that year (February 29th or, in
// "Jan-Feb", 31st) is the month's last as the end of a range, the next month's first as its
// beginning, and none by itself.
std::optional<LocalDay> day_of(const DateEdge& edge, int in_year, Side side) {
    const std::chrono::year year{in_year};
    const std::chrono::days offset{edge.offset_days};
    switch (edge.kind) {
        case DateEdge::Kind::easter: return easter_sunday(in_year) + offset;
        case DateEdge::Kind::nth_weekday: {
            const auto day = nth_weekday(edge, year);
            if (!day) return std::nullopt;
            return *day + offset;
        }
        case DateEdge::Kind::month_day: break;
    }
    const year_month_day date = year / std::chrono::month{edge.month} / std::chrono::day{edge.day};
    if (date.ok()) return LocalDay{date} + offset;
    if (side == Side::single) return std::nullopt;
    const LocalDay month_end{year / std::chrono::month{edge.month} / std::chrono::last};
    return month_end + offset + std::chrono::days{side == Side::first ? 1 : 0};
}

bool chooses_from_year(const DateRange& range, int year, LocalDay day) {
    const auto first = day_of(range.first, year, range.is_single_day ? Side::single : Side::first);
    if (!first || day < *first) return false;
    if (range.is_single_day) return day == *first;
    if (range.is_open_ended)
        return range.first.year || year_month_day{day}.year() == std::chrono::year{year};
    const int last_year =
        range.last.year ? *range.last.year : year + (range.is_over_new_year() ? 1 : 0);
    const auto last = day_of(range.last, last_year, Side::last);
    return last && day <= *last;
}

bool chooses_date(const std::vector<DateRange>& dates, LocalDay day) {
    if (dates.empty()) return true;
    const int year{year_month_day{day}.year()};
    return std::ranges::any_of(dates, [&](const DateRange& range) {
        if (range.first.year) return chooses_from_year(range, *range.first.year, day);
        // Offsets and ranges over New Year reach into the years beside.
        return chooses_from_year(range, year - 1, day) || chooses_from_year(range, year, day) ||
               chooses_from_year(range, year + 1, day);
    });
}

bool chooses_weekday(const WeekdayRange& range, LocalDay chosen) {
    const LocalDay day = chosen - std::chrono::days{range.offset_days};
    if (!range.weekdays.test(std::chrono::weekday{day}.c_encoding())) return false;
    if (range.every_week()) return true;
    const year_month_day date{day};
    const unsigned number = static_cast<unsigned>(date.day());
    const unsigned length =
        static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day());
    return range.from_start.test((number - 1) / 7 + 1) ||
           range.from_end.test((length - number) / 7 + 1);
}

bool chooses_holiday(const HolidaySelector& selector, LocalDay chosen,
                     const HolidayCalendar& holidays) {
    const LocalDay day = chosen - std::chrono::days{selector.offset_days};
    if (selector.kind == HolidaySelector::Kind::public_holiday)
        return std::ranges::binary_search(holidays.public_holidays, day);
    return std::ranges::any_of(holidays.school_holidays, [day](const auto& range) {
        return day >= range.first && day <= range.last;
    });
}

bool chooses_day(const DaySelector& selector, LocalDay day, const HolidayCalendar& holidays) {
    if (selector.weekdays.empty() && selector.holidays.empty()) return true;
    const bool weekday = std::ranges::any_of(
        selector.weekdays, [&](const auto& range) { return chooses_weekday(range, day); });
    const bool holiday = std::ranges::any_of(
        selector.holidays, [&](const auto& some) { return chooses_holiday(some, day, holidays); });
    return selector.both ? weekday && holiday : weekday || holiday;
}

}  // namespace

bool DateRange::is_over_new_year() const {
    const bool both_dates =
        first.kind == DateEdge::Kind::month_day && last.kind == DateEdge::Kind::month_day;
    if (both_dates) return std::pair(first.month, first.day) > std::pair(last.month, last.day);
    // Easter falls in March or April: only another month tells.
    const unsigned first_month = first.kind == DateEdge::Kind::easter ? 3 : first.month;
    const unsigned last_month = last.kind == DateEdge::Kind::easter ? 4 : last.month;
    return first_month > last_month;
}

bool chooses(const Rule& rule, LocalDay day, const HolidayCalendar& holidays) {
    return chooses_day(rule.days, day, holidays) && chooses_date(rule.dates, day) &&
           chooses_week(rule.weeks, day) &&
           chooses_year(rule.years, int{year_month_day{day}.year()});
}

}  // namespace emplettes::geo
