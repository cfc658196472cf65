#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/opening_hours.h"

// What OpeningHours::parse makes of a text: for the parser and the evaluator only.
namespace emplettes::geo {

inline constexpr int kMinutesPerDay = 24 * 60;

// 2020-2030/2: every second year. A single year has first == last.
struct YearRange {
    int first = 0;
    int last = 0;
    int step = 1;
};

// ISO weeks; first > last wraps over New Year (then without step).
struct WeekRange {
    int first = 0;
    int last = 0;
    int step = 1;
};

// One end of a range of dates.
struct DateEdge {
    enum class Kind : std::uint8_t { month_day, easter, nth_weekday };
    Kind kind = Kind::month_day;
    std::optional<int> year;
    unsigned month = 1;
    unsigned day = 1;  // 31 as an end of a range: the last day of any month
    std::chrono::weekday weekday;
    int nth = 0;  // 1..5 from the month's beginning, -1..-5 from its end
    int offset_days = 0;
};

struct DateRange {
    DateEdge first;
    DateEdge last;
    bool is_single_day = false;  // first == last
    bool is_open_ended = false;  // "Dec 10+": until the end of time, or of the year when none given

    // "Dec 24-Jan 2": the last day is in the year after the first.
    bool is_over_new_year() const;
};

// Mo-Fr, Th[-1], Su[1] -1 day.
struct WeekdayRange {
    std::bitset<7> weekdays;    // by C encoding: 0 is Sunday
    std::bitset<6> from_start;  // [1]..[5]
    std::bitset<6> from_end;    // [-1]..[-5]
    int offset_days = 0;

    bool every_week() const { return from_start.none() && from_end.none(); }
};

struct HolidaySelector {
    enum class Kind : std::uint8_t { public_holiday, school_holiday };
    Kind kind = Kind::public_holiday;
    int offset_days = 0;
};

// Weekdays and holidays. Empty: every day. `both`: "PH Mo-Fr", holidays that are weekdays;
// otherwise either is enough.
struct DaySelector {
    std::vector<WeekdayRange> weekdays;
    std::vector<HolidaySelector> holidays;
    bool both = false;
};

// Minutes after the day's midnight, begin < end <= 48 hours.
struct TimeSpan {
    int begin = 0;
    int end = 0;
    // The sun decides, or nobody knows when it ends ("18:00+"): unknown rather than open.
    bool is_uncertain = false;
};

enum class RuleJoin : std::uint8_t {
    normal,      // ";" takes the place of what was said of the same days
    additional,  // "," adds to it
    fallback,    // "||" where nothing else is open or unknown
};

struct Rule {
    RuleJoin join = RuleJoin::normal;
    std::vector<YearRange> years;
    std::vector<DateRange> dates;
    std::vector<WeekRange> weeks;
    DaySelector days;
    std::vector<TimeSpan> times;  // empty: the whole day
    OpenState state = OpenState::open;
    std::string comment;
};

struct ParsedRules {
    std::vector<Rule> rules;
};

}  // namespace emplettes::geo
