#include <algorithm>

#include "geo/opening_hours_selectors.h"

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

struct Clock {
    int minutes = 0;
    bool is_sun = false;
    bool has_half = false;  // am or pm was written
};

// "900", "0930": hours and minutes without anything between.
bool is_compact(const Token& token) { return token.digits >= 3; }

bool read_minutes(TokenReader& reader, int& minutes) {
    const Token& token = reader.peek();
    const bool is_short_zero = token.digits == 1 && token.value == 0;  // "20:0"
    if (token.kind != Kind::number || (token.digits != 2 && !is_short_zero))
        return reader.fail("two digits of minutes were expected");
    if (token.value > 59) return reader.fail("there are 60 minutes in an hour");
    minutes = reader.take().value;
    return true;
}

// The h, colon or point after an hour, and the minutes after it.
bool read_minutes_if_any(TokenReader& reader, int& minutes) {
    if (reader.accept(Kind::hour_sign)) {
        return reader.at(Kind::number) ? read_minutes(reader, minutes) : true;
    }
    if (reader.accept(Kind::colon) || reader.accept(Kind::dot)) {
        if (!read_minutes(reader, minutes)) return false;
        reader.accept(Kind::hour_sign);
    }
    return true;
}

bool read_half_day_if_any(TokenReader& reader, int& hours, Clock& clock) {
    const bool is_pm = reader.at(Kind::pm);
    if (!is_pm && !reader.at(Kind::am)) return true;
    if (hours < 1 || hours > 12) return reader.fail("am and pm go with hours from 1 to 12");
    reader.take();
    hours = hours % 12 + (is_pm ? 12 : 0);
    clock.has_half = true;
    return true;
}

bool read_clock(TokenReader& reader, Clock& clock) {
    if (!reader.at(Kind::number)) return reader.fail("a time was expected");
    const Token token = reader.peek();
    int hours = token.value;
    int minutes = 0;
    if (is_compact(token)) {
        hours = token.value / 100;
        minutes = token.value % 100;
        if (minutes > 59) return reader.fail("there are 60 minutes in an hour");
    }
    if (hours > 48) return reader.fail("times go up to 48:00");
    reader.take();
    if (!is_compact(token) && !read_minutes_if_any(reader, minutes)) return false;
    if (!read_half_day_if_any(reader, hours, clock)) return false;
    clock.minutes = hours * 60 + minutes;
    if (clock.minutes > 2 * kMinutesPerDay) return reader.fail("times go up to 48:00");
    return true;
}

// sunset | (sunset+01:30)
bool read_sun(TokenReader& reader, Clock& clock) {
    clock.is_sun = true;
    if (reader.at(Kind::sun_event)) {
        clock.minutes = reader.take().value;
        return true;
    }
    reader.take();  // the parenthesis
    if (!reader.at(Kind::sun_event))
        return reader.fail("sunrise, sunset, dawn or dusk was expected");
    clock.minutes = reader.take().value;
    const bool is_later = reader.at(Kind::plus);
    if (!reader.accept(Kind::plus) && !reader.accept(Kind::dash))
        return reader.fail("+ or - was expected");
    Clock offset;
    if (!read_clock(reader, offset)) return false;
    if (offset.minutes >= kMinutesPerDay) return reader.fail("less than a day was expected");
    clock.minutes += is_later ? offset.minutes : -offset.minutes;
    clock.minutes = std::clamp(clock.minutes, 0, kMinutesPerDay - 1);
    return reader.accept(Kind::close_paren) || reader.fail(") was expected");
}

bool read_moment(TokenReader& reader, Clock& clock) {
    if (reader.at(Kind::sun_event) || reader.at(Kind::open_paren)) return read_sun(reader, clock);
    return read_clock(reader, clock);
}

// How long a place whose end is open may stay so: as the evaluation tool of OpenStreetMap guesses,
// until midnight, or later when it begins in the evening.
int guessed_end(int begin) {
    if (begin >= 22 * 60) return begin + 8 * 60;
    if (begin >= 17 * 60) return begin + 10 * 60;
    return kMinutesPerDay;
}

// Spans, and the moments from which nobody knows how long it stays open.
struct Times {
    std::vector<TimeSpan> spans;
    std::vector<int> open_ends;
};

bool read_span(TokenReader& reader, Times& times) {
    Clock begin;
    if (!read_moment(reader, begin)) return false;
    if (begin.minutes >= kMinutesPerDay) return reader.fail("the time before begins after its day");
    if (reader.accept(Kind::plus)) {
        times.open_ends.push_back(begin.minutes);
        return true;
    }
    if (!reader.accept(Kind::dash))
        return reader.fail("a single time is not a span of time: - was expected");
    Clock end;
    if (!read_moment(reader, end)) return false;
    if (begin.has_half != end.has_half && !begin.is_sun && !end.is_sun)
        return reader.fail("am or pm was expected at both ends");
    if (end.minutes <= begin.minutes) end.minutes += kMinutesPerDay;
    times.spans.push_back(
        {.begin = begin.minutes, .end = end.minutes, .is_uncertain = begin.is_sun || end.is_sun});
    if (reader.at(Kind::slash)) return reader.fail("points in time are not opening hours");
    if (reader.accept(Kind::plus)) times.open_ends.push_back(end.minutes);
    return true;
}

// "14:00-17:00+,20:00-22:00": what is open at its end lasts at most until the next span.
TimeSpan span_of_open_end(int begin, const Times& times) {
    int end = std::min(guessed_end(begin), 2 * kMinutesPerDay);
    for (const TimeSpan& span : times.spans)
        if (span.begin > begin) end = std::min(end, span.begin);
    for (const int other : times.open_ends)
        if (other > begin) end = std::min(end, other);
    return {.begin = begin, .end = end, .is_uncertain = true};
}

}  // namespace

bool at_time(const TokenReader& reader, std::size_t ahead) {
    if (reader.at(Kind::sun_event, ahead) || reader.at(Kind::open_paren, ahead)) return true;
    if (!reader.at(Kind::number, ahead)) return false;
    return !is_year(reader.peek(ahead)) && !reader.at(Kind::month, ahead + 1);
}

bool read_times(TokenReader& reader, std::vector<TimeSpan>& times) {
    Times read;
    do {
        if (read.spans.size() + read.open_ends.size() >= kSelectorsMax)
            return reader.fail("too many times");
        if (!read_span(reader, read)) return false;
    } while (reader.at(Kind::comma) && at_time(reader, 1) && reader.accept(Kind::comma));
    times = read.spans;
    for (const int begin : read.open_ends) {
        const TimeSpan span = span_of_open_end(begin, read);
        if (span.begin < span.end) times.push_back(span);
    }
    return true;
}

}  // namespace emplettes::geo
