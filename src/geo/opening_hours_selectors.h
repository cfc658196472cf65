#pragma once
#include "geo/opening_hours_reader.h"
#include "geo/opening_hours_rules.h"

// The parts of a rule. Each reads what begins at the reader's place and returns false after
// reader.fail() when it is not complete or makes no sense. Names as in the specification.
namespace emplettes::geo {

inline constexpr int kYearMin = 1900;
inline constexpr int kYearMax = 2199;
inline constexpr std::size_t kSelectorsMax = 100;  // of one kind in one rule

bool is_year(const Token& token);

// 2026 | 2025-2027 | 2020-2030/2 | 2026+, by commas.
bool read_years(TokenReader& reader, std::vector<YearRange>& years);

// Whether a date of the calendar begins here: Dec, easter, 2026 Dec.
bool at_date(const TokenReader& reader, std::size_t ahead = 0);
// Dec | Jan-Mar | Dec 24-26,31 | 2026 Dec 24-Jan 2 | easter -2 days | Mar Su[-1]-Oct Su[-1] | Dec
// 10+
bool read_dates(TokenReader& reader, std::vector<DateRange>& dates);

// week 1-10 | week 2-52/2
bool read_weeks(TokenReader& reader, std::vector<WeekRange>& weeks);

bool at_day(const TokenReader& reader, std::size_t ahead = 0);
// Mo-Fr | Th[1,-1] | Su[-1] -1 day | PH,Su | PH Mo-Fr | PH -1 day
bool read_days(TokenReader& reader, DaySelector& days);

// "+1 day", "-2 days"; true without change when there is none.
bool read_day_offset(TokenReader& reader, int& offset_days);

// Whether a time of the day, and not a day of the month or a year, begins here.
bool at_time(const TokenReader& reader, std::size_t ahead = 0);
// 09:00-12:30,14:00-19:00 | 22:00-02:00 | 18:00+ | sunset-(sunrise+01:00)
bool read_times(TokenReader& reader, std::vector<TimeSpan>& times);

}  // namespace emplettes::geo
