#include <cstdlib>

#include "geo/opening_hours_selectors.h"

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

constexpr int kOffsetDaysMax = 366;
constexpr int kWeeksOfYear = 53;

std::chrono::weekday weekday_of(const Token& token) {
    return std::chrono::weekday{static_cast<unsigned>(token.value)};
}

std::bitset<7> days_between(std::chrono::weekday first, std::chrono::weekday last) {
    std::bitset<7> days;
    const auto count = (last - first).count();
    for (int i = 0; i <= count; ++i) days.set((first + std::chrono::days{i}).c_encoding());
    return days;
}

bool read_nth(TokenReader& reader, WeekdayRange& range) {
    const bool from_end = reader.accept(Kind::dash);
    const auto valid = [&] {
        const Token& token = reader.peek();
        return token.kind == Kind::number && token.value >= 1 && token.value <= 5;
    };
    if (!valid()) return reader.fail("a number from 1 to 5 was expected");
    const int first = reader.take().value;
    int last = first;
    if (!from_end && reader.accept(Kind::dash)) {
        if (!valid() || reader.peek().value < first)
            return reader.fail("a number up to 5, not smaller than the first, was expected");
        last = reader.take().value;
    }
    for (int nth = first; nth <= last; ++nth)
        (from_end ? range.from_end : range.from_start).set(static_cast<std::size_t>(nth));
    return true;
}

bool read_weekday_range(TokenReader& reader, WeekdayRange& range) {
    const auto first = weekday_of(reader.take());
    range.weekdays = days_between(first, first);
    if (reader.at(Kind::dash) && reader.at(Kind::weekday, 1)) {
        reader.take();
        range.weekdays = days_between(first, weekday_of(reader.take()));
        return true;
    }
    if (!reader.accept(Kind::open_bracket)) return true;
    do {
        if (!read_nth(reader, range)) return false;
    } while (reader.accept(Kind::comma));
    if (!reader.accept(Kind::close_bracket)) return reader.fail("] was expected");
    return read_day_offset(reader, range.offset_days);
}

bool at_holiday(const TokenReader& reader, std::size_t ahead = 0) {
    return reader.at(Kind::public_holiday, ahead) || reader.at(Kind::school_holiday, ahead);
}

bool read_holiday(TokenReader& reader, HolidaySelector& holiday) {
    if (reader.take().kind == Kind::school_holiday) {
        holiday.kind = HolidaySelector::Kind::school_holiday;
        return true;
    }
    return read_day_offset(reader, holiday.offset_days);
}

bool read_day(TokenReader& reader, DaySelector& days) {
    if (days.weekdays.size() + days.holidays.size() >= kSelectorsMax)
        return reader.fail("too many days");
    if (reader.at(Kind::weekday)) return read_weekday_range(reader, days.weekdays.emplace_back());
    return read_holiday(reader, days.holidays.emplace_back());
}

}  // namespace

bool read_day_offset(TokenReader& reader, int& offset_days) {
    const bool later = reader.at(Kind::plus);
    if (!(later || reader.at(Kind::dash)) || !reader.at(Kind::number, 1) ||
        !reader.at(Kind::day_unit, 2))
        return true;
    reader.take();
    if (reader.peek().value > kOffsetDaysMax) return reader.fail("more than a year of days");
    offset_days = later ? reader.peek().value : -reader.peek().value;
    reader.take();
    reader.take();
    return true;
}

bool at_day(const TokenReader& reader, std::size_t ahead) {
    return reader.at(Kind::weekday, ahead) || at_holiday(reader, ahead);
}

bool read_days(TokenReader& reader, DaySelector& days) {
    do {
        if (!read_day(reader, days)) return false;
        const bool only_holidays = days.weekdays.empty();
        if (reader.at(Kind::weekday) && only_holidays) {  // "PH Mo-Fr"
            days.both = true;
            if (!read_day(reader, days)) return false;
        }
        if (days.both && reader.at(Kind::comma) && at_holiday(reader, 1))
            return reader.fail("holidays were expected before weekdays");
    } while (reader.at(Kind::comma) && at_day(reader, 1) && reader.accept(Kind::comma));
    if (at_day(reader)) return reader.fail("a comma or a semicolon was expected");
    return true;
}

bool read_weeks(TokenReader& reader, std::vector<WeekRange>& weeks) {
    reader.take();
    const auto at_week = [&](std::size_t ahead) {
        const Token& token = reader.peek(ahead);
        return token.kind == Kind::number && token.digits <= 2 && token.value >= 1 &&
               token.value <= kWeeksOfYear;
    };
    do {
        if (weeks.size() >= kSelectorsMax) return reader.fail("too many weeks");
        if (!at_week(0)) return reader.fail("a week from 1 to 53 was expected");
        WeekRange range;
        range.first = range.last = reader.take().value;
        if (reader.accept(Kind::dash)) {
            if (!at_week(0)) return reader.fail("a week from 1 to 53 was expected");
            range.last = reader.take().value;
        }
        if (reader.accept(Kind::slash)) {
            if (!reader.at(Kind::number) || reader.peek().value < 1 || range.first > range.last)
                return reader.fail("every how many weeks was expected, within one year");
            range.step = reader.take().value;
        }
        weeks.push_back(range);
    } while (reader.at(Kind::comma) && at_week(1) && !reader.at(Kind::colon, 2) &&
             reader.accept(Kind::comma));
    return true;
}

}  // namespace emplettes::geo
