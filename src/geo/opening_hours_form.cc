#include "geo/opening_hours_form.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "base/text.h"
#include "geo/opening_hours_parser.h"

namespace emplettes::geo {
namespace {

constexpr std::array kDayWords{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::array kMonthWords{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr ClockRange kAllDay{.begin = 0, .end = kMinutesPerDay};

using std::chrono::year_month_day;

bool is_clock_range(const ClockRange& range) {
    const bool is_short = range.end - range.begin < kMinutesPerDay || range == kAllDay;
    return range.begin >= 0 && range.begin < kMinutesPerDay && range.begin < range.end && is_short;
}

std::optional<HoursFormFault> find_day_fault(const DayHours& hours) {
    if (hours.size() > kRangesPerDayMax) return HoursFormFault::too_many_ranges;
    for (std::size_t i = 0; i < hours.size(); ++i) {
        if (!is_clock_range(hours[i])) return HoursFormFault::range_not_valid;
        if (i > 0 && hours[i].begin < hours[i - 1].end) return HoursFormFault::ranges_overlap;
    }
    return std::nullopt;
}

bool is_writable(const HoursException& exception) {
    const auto year = [](LocalDay day) { return static_cast<int>(year_month_day(day).year()); };
    return exception.first <= exception.last && year(exception.first) >= kExceptionYearMin &&
           year(exception.last) <= kExceptionYearMax;
}

// --- writing ------------------------------------------------------------------------------------

std::string clock_text(int minutes) {
    return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string hours_text(const DayHours& hours) {
    if (hours.empty()) return "off";
    std::string text;
    for (const auto& [begin, end] : hours)
        text += (text.empty() ? "" : ",") + clock_text(begin) + "-" +
                clock_text(end > kMinutesPerDay ? end - kMinutesPerDay : end);
    return text;
}

// "Mo-We,Fr": the days from `first` on that have its hours.
std::string days_text(const HoursForm& form, std::size_t first) {
    std::string text;
    for (std::size_t day = first; day < 7; ++day) {
        if (form.week.at(day) != form.week.at(first)) continue;
        std::size_t last = day;
        while (last + 1 < 7 && form.week.at(last + 1) == form.week.at(first)) ++last;
        text += (text.empty() ? "" : ",") + std::string(kDayWords.at(day));
        if (last > day) text += "-" + std::string(kDayWords.at(last));
        day = last;
    }
    return text;
}

std::string week_text(const HoursForm& form) {
    const bool is_always = std::ranges::all_of(
        form.week, [](const DayHours& hours) { return hours == DayHours{kAllDay}; });
    if (is_always) return "24/7";
    std::string text;
    for (std::size_t day = 0; day < 7; ++day) {
        const DayHours& hours = form.week.at(day);
        const auto* const before = std::find(form.week.begin(), form.week.end(), hours);
        if (hours.empty() || before != form.week.begin() + day) continue;
        text += (text.empty() ? "" : "; ") + days_text(form, day) + " " + hours_text(hours);
    }
    return text.empty() ? "off" : text;
}

std::string date_text(const year_month_day& date, bool has_month) {
    const auto month = static_cast<unsigned>(date.month());
    const std::string day = two_digits(static_cast<unsigned>(date.day()));
    return has_month ? std::string(kMonthWords.at(month - 1)) + " " + day : day;
}

// "2026 Dec 24" | "2026 Dec 24-26" | "2026 Jul 28-Aug 15" | "2026 Dec 27-2027 Jan 02"
std::string dates_text(const HoursException& exception) {
    const year_month_day first(exception.first);
    const year_month_day last(exception.last);
    const std::string text =
        std::to_string(static_cast<int>(first.year())) + " " + date_text(first, true);
    if (first == last) return text;
    if (first.year() != last.year())
        return text + "-" + std::to_string(static_cast<int>(last.year())) + " " +
               date_text(last, true);
    return text + "-" + date_text(last, first.month() != last.month());
}

// --- reading ------------------------------------------------------------------------------------

// Rules come in this order, so that each goes before those of the steps before it.
enum class FormStep { week, school_holidays, public_holidays, dates };

std::optional<DayHours> stated_hours(const Rule& rule) {
    if (rule.state == OpenState::closed) {
        if (!rule.times.empty()) return std::nullopt;
        return DayHours();
    }
    if (rule.times.empty()) return DayHours{kAllDay};
    DayHours hours;
    for (const TimeSpan& span : rule.times) {
        if (span.is_uncertain) return std::nullopt;
        hours.push_back({.begin = span.begin, .end = span.end});
    }
    std::ranges::sort(hours, {}, &ClockRange::begin);
    return hours;
}

// A date with a year, as a form has it.
std::optional<LocalDay> dated_day(const DateEdge& edge, std::optional<int> year) {
    if (edge.kind != DateEdge::Kind::month_day || edge.offset_days != 0 || !year)
        return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{edge.month},
                              std::chrono::day{edge.day}};
    if (!date.ok()) return std::nullopt;
    return LocalDay(date);
}

std::optional<HoursException> exception_of(const DateRange& range) {
    if (range.is_open_ended) return std::nullopt;
    const auto first = dated_day(range.first, range.first.year);
    if (!first) return std::nullopt;
    if (range.is_single_day) return HoursException{.first = *first, .last = *first};
    auto year = range.last.year ? range.last.year : range.first.year;
    if (!range.last.year && range.is_over_new_year()) ++*year;
    const auto last = dated_day(range.last, year);
    if (!last || *last < *first) return std::nullopt;
    return HoursException{.first = *first, .last = *last};
}

bool has_plain_days(const DaySelector& days) {
    const auto is_plain_week = [](const WeekdayRange& range) {
        return range.every_week() && range.offset_days == 0;
    };
    const auto is_plain_holiday = [](const HolidaySelector& holiday) {
        return holiday.offset_days == 0;
    };
    return !days.both && std::ranges::all_of(days.weekdays, is_plain_week) &&
           std::ranges::all_of(days.holidays, is_plain_holiday);
}

class FormReader {
  public:
    std::optional<HoursForm> read(const ParsedRules& parsed) {
        for (const Rule& rule : parsed.rules)
            if (!take(rule)) return std::nullopt;
        if (find_fault(form_)) return std::nullopt;
        return std::move(form_);
    }

  private:
    // False when a form cannot say this.
    bool take(const Rule& rule) {
        const bool is_plain = rule.years.empty() && rule.weeks.empty() && rule.comment.empty() &&
                              rule.state != OpenState::unknown && has_plain_days(rule.days);
        if (!is_plain || rule.join == RuleJoin::fallback) return false;
        if (rule.join == RuleJoin::additional) return add_to_week(rule);
        const auto hours = stated_hours(rule);
        if (!hours) return false;
        return rule.dates.empty() ? take_days(rule.days, *hours) : take_dates(rule, *hours);
    }

    bool go_to(FormStep step) {
        if (step < step_) return false;
        step_ = step;
        return true;
    }

    template <typename F>
    void each_weekday(const DaySelector& days, F&& f) {
        for (std::size_t day = 0; day < 7; ++day) {
            const std::size_t c_day = (day + 1) % 7;
            const bool is_chosen = std::ranges::any_of(
                days.weekdays,
                [c_day](const WeekdayRange& range) { return range.weekdays.test(c_day); });
            if (is_chosen || (days.weekdays.empty() && days.holidays.empty()))
                f(form_.week.at(day));
        }
    }

    bool take_days(const DaySelector& days, const DayHours& hours) {
        if (days.holidays.empty() || !days.weekdays.empty()) {
            if (!go_to(FormStep::week)) return false;
            each_weekday(days, [&](DayHours& day) { day = hours; });
        }
        using Which = HolidaySelector::Kind;
        for (const Which kind : {Which::school_holiday, Which::public_holiday})
            if (std::ranges::any_of(days.holidays, [kind](const HolidaySelector& holiday) {
                    return holiday.kind == kind;
                }))
                if (!take_holidays(kind, hours)) return false;
        return true;
    }

    bool take_holidays(HolidaySelector::Kind kind, const DayHours& hours) {
        if (kind == HolidaySelector::Kind::school_holiday) {
            form_.is_closed_in_school_holidays = true;
            return go_to(FormStep::school_holidays) && hours.empty();
        }
        form_.holidays = hours.empty() ? HolidayHours::closed : HolidayHours::own;
        form_.holiday_hours = hours;
        return go_to(FormStep::public_holidays);
    }

    bool take_dates(const Rule& rule, const DayHours& hours) {
        if (!rule.days.weekdays.empty() || !rule.days.holidays.empty()) return false;
        if (!go_to(FormStep::dates)) return false;
        for (const DateRange& range : rule.dates) {
            auto exception = exception_of(range);
            if (!exception) return false;
            exception->hours = hours;
            form_.exceptions.push_back(std::move(*exception));
        }
        return true;
    }

    // "Mo-Fr 09:00-12:00, Mo-Fr 14:00-18:00"
    bool add_to_week(const Rule& rule) {
        const auto hours = stated_hours(rule);
        const bool is_week = rule.dates.empty() && rule.days.holidays.empty();
        if (!is_week || !hours || hours->empty() || !go_to(FormStep::week)) return false;
        each_weekday(rule.days, [&](DayHours& day) {
            day.insert(day.end(), hours->begin(), hours->end());
            std::ranges::sort(day, {}, &ClockRange::begin);
        });
        return true;
    }

    HoursForm form_;
    FormStep step_ = FormStep::week;
};

}  // namespace

std::optional<HoursFormFault> find_fault(const HoursForm& form) {
    for (const DayHours& hours : form.week)
        if (const auto fault = find_day_fault(hours)) return fault;
    if (const auto fault = find_day_fault(form.holiday_hours)) return fault;
    if ((form.holidays == HolidayHours::own) == form.holiday_hours.empty())
        return HoursFormFault::no_holiday_hours;
    if (form.exceptions.size() > kExceptionsMax) return HoursFormFault::too_many_exceptions;
    for (const HoursException& exception : form.exceptions) {
        if (!is_writable(exception)) return HoursFormFault::exception_not_valid;
        if (const auto fault = find_day_fault(exception.hours)) return fault;
    }
    return std::nullopt;
}

std::string to_opening_hours(const HoursForm& form) {
    check(!find_fault(form));
    std::string text = week_text(form);
    if (form.is_closed_in_school_holidays) text += "; SH off";
    if (form.holidays != HolidayHours::as_weekday) text += "; PH " + hours_text(form.holiday_hours);
    for (const HoursException& exception : form.exceptions)
        text += "; " + dates_text(exception) + " " + hours_text(exception.hours);
    return text;
}

std::optional<HoursForm> read_hours_form(std::string_view opening_hours) {
    const auto parsed = parse_rules(opening_hours);
    if (!parsed) return std::nullopt;
    return FormReader().read(*parsed);
}

const DayHours& hours_on(const HoursForm& form, LocalDay day, DayKind kind) {
    static const DayHours kClosed;
    const auto exception =
        std::find_if(form.exceptions.rbegin(), form.exceptions.rend(),
                     [day](const auto& one) { return day >= one.first && day <= one.last; });
    if (exception != form.exceptions.rend()) return exception->hours;
    if (kind.is_public_holiday && form.holidays != HolidayHours::as_weekday)
        return form.holiday_hours;
    if (kind.is_school_holiday && form.is_closed_in_school_holidays) return kClosed;
    return form.week.at(std::chrono::weekday(day).iso_encoding() - 1);
}

}  // namespace emplettes::geo
