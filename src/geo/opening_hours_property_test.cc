// The evaluator against a second one, made to be simple: it knows the rules as plain numbers, never
// reads text, and asks minute by minute. What it shares with the engine is only the meaning.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

#include "geo/opening_hours.h"

namespace emplettes::geo {
namespace {

constexpr int kDay = 24 * 60;
constexpr int kYear = 2026;  // January 1st 2026 is a Thursday; no leap year
constexpr std::array kMonthNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array kMonthDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr std::array kWeekdayNames = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

enum class Join { normal, additional, fallback };
enum class Holidays { ignored, also, only };  // "Mo", "PH,Mo", "PH Mo"

struct ModelRule {
    Join join = Join::normal;
    int first_month = 0, last_month = 11;  // 0..11; over New Year when first > last
    int first_day = 0, last_day = 0;       // 1..28; 0: whole months
    std::vector<int> weekdays;             // 0 is Monday; empty: every day
    int nth = 0;                           // of the month, 1..5 or -1..-5; 0: every week
    Holidays holidays = Holidays::ignored;
    std::vector<std::pair<int, int>> times;  // minutes; empty: the whole day
    OpenState state = OpenState::open;
    std::string comment;
};

struct Model {
    std::vector<ModelRule> rules;
    std::vector<int> holidays;  // days of the year, from 0
};

struct Answer {
    OpenState state = OpenState::closed;
    std::string comment;
    bool operator==(const Answer&) const = default;
};

// --- the simple evaluator -----------------------------------------------------------------------

struct Date {
    int month = 0;  // 0..11
    int day = 0;    // 1..31
};

Date date_of(int day_of_year) {
    Date date;
    while (day_of_year >= kMonthDays.at(static_cast<std::size_t>(date.month)))
        day_of_year -= kMonthDays.at(static_cast<std::size_t>(date.month++));
    date.day = day_of_year + 1;
    return date;
}

bool in_dates(const ModelRule& rule, Date date) {
    const int first = rule.first_month * 100 + (rule.first_day ? rule.first_day : 1);
    const int last = rule.last_month * 100 + (rule.first_day ? rule.last_day : 31);
    const int at = date.month * 100 + date.day;
    return first <= last ? at >= first && at <= last : at >= first || at <= last;
}

bool in_weekdays(const ModelRule& rule, int day_of_year) {
    const int weekday = (day_of_year + 3) % 7;
    if (std::ranges::find(rule.weekdays, weekday) == rule.weekdays.end()) return false;
    const Date date = date_of(day_of_year);
    const int length = kMonthDays.at(static_cast<std::size_t>(date.month));
    if (rule.nth > 0) return date.day > 7 * (rule.nth - 1) && date.day <= 7 * rule.nth;
    if (rule.nth < 0)
        return date.day <= length + 7 * (rule.nth + 1) && date.day > length + 7 * rule.nth;
    return true;
}

bool applies(const Model& model, const ModelRule& rule, int day_of_year) {
    if (!in_dates(rule, date_of(day_of_year))) return false;
    const bool holiday = std::ranges::count(model.holidays, day_of_year) > 0;
    if (rule.weekdays.empty()) return rule.holidays == Holidays::ignored || holiday;
    const bool weekday = in_weekdays(rule, day_of_year);
    if (rule.holidays == Holidays::only) return weekday && holiday;
    return weekday || (rule.holidays == Holidays::also && holiday);
}

bool in_times(const ModelRule& rule, int minute) {
    if (rule.times.empty()) return minute < kDay || rule.state == OpenState::closed;
    for (const auto& [begin, end] : rule.times)
        if (minute >= begin && minute < end) return true;
    return false;
}

// What was said of a minute of the day, or of the night after it; null: nothing.
const ModelRule* said_of(const Model& model, int day_of_year, int minute) {
    const ModelRule* said = nullptr;
    for (const ModelRule& rule : model.rules) {
        if (!applies(model, rule, day_of_year)) continue;
        if (rule.join == Join::normal && rule.state != OpenState::closed) said = nullptr;
        if (!in_times(rule, minute)) continue;
        if (rule.join == Join::fallback && said && said->state != OpenState::closed) continue;
        said = &rule;
    }
    return said;
}

Answer answer_at(const Model& model, int day_of_year, int minute) {
    const ModelRule* own = said_of(model, day_of_year, minute);
    const ModelRule* night = said_of(model, day_of_year - 1, minute + kDay);
    if (own && own->state == OpenState::closed && !own->times.empty()) return {};
    for (const OpenState state : {OpenState::open, OpenState::unknown})
        for (const ModelRule* said : {own, night})
            if (said && said->state == state) return {.state = state, .comment = said->comment};
    return {};
}

// --- the same rules as text ---------------------------------------------------------------------

std::string clock_text(int minutes) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ':' + two(minutes % 60);
}

std::string dates_text(const ModelRule& rule) {
    std::string text = kMonthNames.at(static_cast<std::size_t>(rule.first_month));
    if (rule.first_day) text += ' ' + std::to_string(rule.first_day);
    text += std::string("-") + kMonthNames.at(static_cast<std::size_t>(rule.last_month));
    if (rule.first_day) text += ' ' + std::to_string(rule.last_day);
    return text + ' ';
}

std::string days_text(const ModelRule& rule) {
    std::string text;
    for (const int weekday : rule.weekdays) {
        if (!text.empty()) text += ',';
        text += kWeekdayNames.at(static_cast<std::size_t>(weekday));
        if (rule.nth) text += '[' + std::to_string(rule.nth) + ']';
    }
    if (rule.holidays == Holidays::ignored) return text.empty() ? "Mo-Su " : text + ' ';
    if (text.empty()) return "PH ";
    return (rule.holidays == Holidays::also ? "PH," : "PH ") + text + ' ';
}

std::string rule_text(const ModelRule& rule) {
    std::string text = dates_text(rule) + days_text(rule);
    for (std::size_t i = 0; i < rule.times.size(); ++i)
        text += (i ? "," : "") + clock_text(rule.times[i].first) + '-' +
                clock_text(rule.times[i].second);
    text += rule.state == OpenState::open     ? " open"
            : rule.state == OpenState::closed ? " off"
                                              : " unknown";
    if (!rule.comment.empty()) text += " \"" + rule.comment + '"';
    return text;
}

std::string text_of(const Model& model) {
    constexpr std::array separators = {"; ", ", ", " || "};
    std::string text;
    for (const ModelRule& rule : model.rules)
        text += (text.empty() ? "" : separators.at(static_cast<std::size_t>(rule.join))) +
                rule_text(rule);
    return text;
}

// --- chance -------------------------------------------------------------------------------------

constexpr int kWeekdaysMax = 10;  // a day may come twice; a parser may refuse a hundred

ModelRule any_rule() {
    ModelRule rule;
    rule.join = *rc::gen::weightedElement<Join>(
        {{4, Join::normal}, {2, Join::additional}, {1, Join::fallback}});
    if (*rc::gen::weightedElement<bool>({{1, true}, {3, false}})) {
        rule.first_month = *rc::gen::inRange(0, 12);
        rule.last_month = *rc::gen::inRange(0, 12);
        if (*rc::gen::arbitrary<bool>()) {
            rule.first_day = *rc::gen::inRange(1, 29);
            rule.last_day = *rc::gen::inRange(1, 29);
        }
    }
    rule.weekdays = *rc::gen::resize(kWeekdaysMax,
                                     rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7)));
    if (!rule.weekdays.empty())
        rule.nth =
            *rc::gen::weightedElement<int>({{12, 0}, {1, 1}, {1, 4}, {1, 5}, {1, -1}, {1, -5}});
    rule.holidays = *rc::gen::element(Holidays::ignored, Holidays::also, Holidays::only);
    const int spans = *rc::gen::inRange(0, 4);
    for (int i = 0; i < spans; ++i) {
        const int begin = *rc::gen::inRange(0, kDay);
        rule.times.emplace_back(begin, begin + *rc::gen::inRange(1, kDay));
    }
    rule.state = *rc::gen::weightedElement<OpenState>(
        {{4, OpenState::open}, {2, OpenState::closed}, {1, OpenState::unknown}});
    rule.comment = *rc::gen::element<std::string>("", "", "a", "b");
    return rule;
}

Model any_model() {
    Model model;
    const int rules = *rc::gen::inRange(1, 7);
    for (int i = 0; i < rules; ++i) model.rules.push_back(any_rule());
    model.rules.front().join = Join::normal;
    model.holidays = *rc::gen::container<std::vector<int>>(4, rc::gen::inRange(0, 365));
    std::ranges::sort(model.holidays);
    return model;
}

LocalDay day_of(int day_of_year) {
    return LocalDay{std::chrono::year{kYear} / 1 / 1} + std::chrono::days{day_of_year};
}

RC_GTEST_PROP(OpeningHoursProperty, EqualsTheSimpleEvaluatorEveryMinute, ()) {
    constexpr int kDays = 4;
    const Model model = any_model();
    HolidayCalendar calendar;
    for (const int holiday : model.holidays) calendar.public_holidays.push_back(day_of(holiday));
    // Often around one of the holidays.
    const int first = *rc::gen::oneOf(rc::gen::inRange(2, 360),
                                      rc::gen::just(std::clamp(model.holidays[0] - 1, 2, 360)));

    const std::string text = text_of(model);
    RC_LOG() << text << " from day " << first << '\n';
    const auto hours = OpeningHours::parse(text);
    RC_ASSERT(hours.error() == "");
    const auto found = hours.intervals(day_of(first), day_of(first + kDays), calendar);

    std::size_t next = 0;
    for (int minute = 0; minute < kDays * kDay; ++minute) {
        const LocalTime now = day_of(first) + std::chrono::minutes{minute};
        while (next < found.size() && found[next].end <= now) ++next;
        Answer answer;
        if (next < found.size() && found[next].begin <= now)
            answer = {.state = found[next].state, .comment = found[next].comment};
        const Answer expected = answer_at(model, first + minute / kDay, minute % kDay);
        if (!(answer == expected)) RC_FAIL("differs at minute " + std::to_string(minute));
    }
    for (std::size_t i = 1; i < found.size(); ++i) {
        RC_ASSERT(found[i - 1].end <= found[i].begin);
        const bool should_be_one = found[i - 1].end == found[i].begin &&
                                   found[i - 1].state == found[i].state &&
                                   found[i - 1].comment == found[i].comment;
        RC_ASSERT(!should_be_one);
    }
}

// Asking for a part is cutting the whole.
RC_GTEST_PROP(OpeningHoursProperty, APartIsThePartOfTheWhole, ()) {
    const auto hours = OpeningHours::parse(text_of(any_model()));
    RC_ASSERT(hours.readable());
    const LocalDay begin = day_of(*rc::gen::inRange(2, 350));
    const LocalTime from = begin + std::chrono::minutes{*rc::gen::inRange(0, 7 * kDay)};
    const LocalTime until = from + std::chrono::minutes{*rc::gen::inRange(0, 3 * kDay)};
    std::vector<OpenInterval> cut;
    for (OpenInterval interval : hours.intervals(begin, begin + std::chrono::days{11}, {})) {
        interval.begin = std::max(interval.begin, from);
        interval.end = std::min(interval.end, until);
        if (interval.begin < interval.end) cut.push_back(interval);
    }
    RC_ASSERT(hours.intervals(from, until, {}) == cut);
}

}  // namespace
}  // namespace emplettes::geo
