#include "geo/opening_hours_selectors.h"

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

// "Dec 24", but not "Dec 10:00"; "Dec 24: 10:00" has one colon too many for a time.
bool is_day_of_month(const TokenReader& reader, std::size_t ahead = 0) {
    const Token& token = reader.peek(ahead);
    if (token.kind != Kind::number || token.digits > 2) return false;
    if (reader.at(Kind::hour_sign, ahead + 1) || reader.at(Kind::am, ahead + 1) ||
        reader.at(Kind::pm, ahead + 1))
        return false;
    const bool has_minutes =
        (reader.at(Kind::colon, ahead + 1) || reader.at(Kind::dot, ahead + 1)) &&
        reader.at(Kind::number, ahead + 2);
    return !has_minutes || reader.at(Kind::colon, ahead + 3);
}

unsigned last_day_of(unsigned month) {
    const std::chrono::year leap_year{2024};
    const auto date = leap_year / std::chrono::month{month} / std::chrono::last;
    return static_cast<unsigned>(date.day());
}

bool read_day_of_month(TokenReader& reader, DateEdge& edge) {
    const int value = reader.peek().value;
    if (value < 1 || static_cast<unsigned>(value) > last_day_of(edge.month))
        return reader.fail("the month has no such day");
    edge.day = static_cast<unsigned>(reader.take().value);
    return true;
}

// "Su[-1]" after a month, when it is a date of its own: at the end of a range of dates, or followed
// by an offset or by "-Oct".
bool at_nth_weekday_date(const TokenReader& reader, bool ends_range) {
    if (!reader.at(Kind::weekday) || !reader.at(Kind::open_bracket, 1)) return false;
    const std::size_t number = reader.at(Kind::dash, 2) ? 3 : 2;
    if (!reader.at(Kind::number, number) || !reader.at(Kind::close_bracket, number + 1))
        return false;
    const std::size_t after = number + 2;
    const bool has_offset = (reader.at(Kind::plus, after) || reader.at(Kind::dash, after)) &&
                            reader.at(Kind::number, after + 1) &&
                            reader.at(Kind::day_unit, after + 2);
    return ends_range || has_offset || (reader.at(Kind::dash, after) && at_date(reader, after + 1));
}

bool read_nth_weekday(TokenReader& reader, DateEdge& edge) {
    edge.kind = DateEdge::Kind::nth_weekday;
    edge.weekday = std::chrono::weekday{static_cast<unsigned>(reader.take().value)};
    reader.take();
    const bool from_end = reader.accept(Kind::dash);
    if (reader.peek().value < 1 || reader.peek().value > 5)
        return reader.fail("a number from 1 to 5 was expected");
    edge.nth = from_end ? -reader.peek().value : reader.peek().value;
    reader.take();
    reader.take();
    return true;
}

enum class Precision { month, day };

// One end of a range, year included.
bool read_edge(TokenReader& reader, DateEdge& edge, Precision& precision, bool ends_range) {
    if (is_year(reader.peek())) edge.year = reader.take().value;
    precision = Precision::day;
    if (reader.accept(Kind::easter)) {
        edge.kind = DateEdge::Kind::easter;
    } else if (reader.at(Kind::month)) {
        edge.month = static_cast<unsigned>(reader.take().value);
        if (is_day_of_month(reader)) {
            if (!read_day_of_month(reader, edge)) return false;
        } else if (at_nth_weekday_date(reader, ends_range)) {
            if (!read_nth_weekday(reader, edge)) return false;
        } else {
            precision = Precision::month;
            return true;
        }
    } else {
        return reader.fail("a month or easter was expected");
    }
    return read_day_offset(reader, edge.offset_days);
}

// What follows "-": another date, or a day of the same month.
bool read_last_edge(TokenReader& reader, DateRange& range, Precision first_precision) {
    if (is_day_of_month(reader) && range.first.kind == DateEdge::Kind::month_day) {
        range.last = {.year = range.first.year, .month = range.first.month};
        if (!read_day_of_month(reader, range.last)) return false;
        if (range.last.day < range.first.day)
            return reader.fail("the day before is earlier than the first");
        return read_day_offset(reader, range.last.offset_days);
    }
    range.last = {};
    Precision precision{};
    if (!read_edge(reader, range.last, precision, first_precision == Precision::day)) return false;
    if (precision == Precision::month) range.last.day = 31;
    if (range.last.year && !range.first.year) return reader.fail("the first date has no year");
    const bool same_year = range.last.year && *range.last.year == *range.first.year;
    if ((range.last.year && *range.last.year < *range.first.year) ||
        (same_year && range.is_over_new_year()))
        return reader.fail("the date before is earlier than the first");
    return true;
}

bool read_range(TokenReader& reader, DateRange& range, std::optional<int> year) {
    Precision precision{};
    range.first.year = year;
    if (!read_edge(reader, range.first, precision, false)) return false;
    range.last = range.first;
    if (reader.at(Kind::dash) &&
        (at_date(reader, 1) || (precision == Precision::day && is_day_of_month(reader, 1)))) {
        reader.take();
        return read_last_edge(reader, range, precision);
    }
    if (precision == Precision::day && reader.accept(Kind::plus)) {
        range.is_open_ended = true;
        return true;
    }
    range.is_single_day = precision == Precision::day;
    if (precision == Precision::month) range.last.day = 31;
    return true;
}

// "Dec 24,31": another day of the month just named.
bool read_more_days(TokenReader& reader, std::vector<DateRange>& dates) {
    while (reader.at(Kind::comma) && is_day_of_month(reader, 1) && !at_date(reader, 1)) {
        const DateEdge& before = dates.back().last;
        if (before.kind != DateEdge::Kind::month_day || dates.back().is_open_ended) return true;
        if (dates.size() >= kSelectorsMax) return reader.fail("too many dates");
        reader.take();
        DateRange range;
        range.first = {.year = before.year, .month = before.month};
        if (!read_day_of_month(reader, range.first)) return false;
        range.last = range.first;
        range.is_single_day = true;
        if (reader.at(Kind::dash) && is_day_of_month(reader, 1)) {
            reader.take();
            range.is_single_day = false;
            if (!read_last_edge(reader, range, Precision::day)) return false;
        }
        dates.push_back(range);
    }
    return true;
}

}  // namespace

bool is_year(const Token& token) {
    return token.kind == Kind::number && token.digits == 4 && token.value >= kYearMin &&
           token.value <= kYearMax;
}

bool read_years(TokenReader& reader, std::vector<YearRange>& years) {
    do {
        if (years.size() >= kSelectorsMax) return reader.fail("too many years");
        YearRange range;
        range.first = range.last = reader.take().value;
        if (reader.accept(Kind::plus)) {
            range.last = kYearMax;
        } else if (reader.accept(Kind::dash)) {
            if (!is_year(reader.peek()) || reader.peek().value < range.first)
                return reader.fail("a year after the first was expected");
            range.last = reader.take().value;
        }
        if (reader.accept(Kind::slash)) {
            if (!reader.at(Kind::number) || reader.peek().value < 1)
                return reader.fail("every how many years was expected");
            range.step = reader.take().value;
        }
        years.push_back(range);
    } while (reader.at(Kind::comma) && is_year(reader.peek(1)) && reader.accept(Kind::comma));
    return true;
}

bool at_date(const TokenReader& reader, std::size_t ahead) {
    const std::size_t name = is_year(reader.peek(ahead)) ? ahead + 1 : ahead;
    return reader.at(Kind::month, name) || reader.at(Kind::easter, name);
}

bool read_dates(TokenReader& reader, std::vector<DateRange>& dates) {
    std::optional<int> year;
    do {
        if (dates.size() >= kSelectorsMax) return reader.fail("too many dates");
        if (!read_range(reader, dates.emplace_back(), year)) return false;
        const DateRange& range = dates.back();
        year = range.last.year ? range.last.year : range.first.year;
        if (!read_more_days(reader, dates)) return false;
    } while (reader.at(Kind::comma) && at_date(reader, 1) && reader.accept(Kind::comma));
    return true;
}

}  // namespace emplettes::geo
