#include "site/say.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace emplettes::site {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::int64_t kLowStock = 3;
constexpr int kEveningHour = 18;

// 1,234 or 1 234: groups of three with the language's separator.
std::string grouped(std::int64_t number, const std::string& separator) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, separator);
    }
    return digits;
}

// As exact as people care: 10 m steps, then 50 m, then a tenth of a kilometre.
std::int64_t rounded_metres(double metres) {
    const std::int64_t step = metres < 300 ? 10 : 50;
    return std::max<std::int64_t>(std::llround(metres / static_cast<double>(step)) * step, 10);
}

}  // namespace

std::string Say::price(Money amount) const {
    const std::string units = grouped(amount.cents / 100, text("number.thousands"));
    return text("money.eur", {units, two_digits(amount.cents % 100)});
}

std::string Say::price_round(Money amount) const {
    return text("money.eur_round", {grouped(amount.cents / 100, text("number.thousands"))});
}

std::string Say::price_typed(Money amount) const {
    return std::to_string(amount.cents / 100) + text("number.decimal") +
           two_digits(amount.cents % 100);
}

std::string Say::distance(double metres) const {
    if (metres < 1000) return text("distance.m", {std::to_string(rounded_metres(metres))});
    return text("distance.km", {distance_plain(metres)});
}

std::string Say::distance_plain(double metres) const {
    if (metres < 1000) return text("distance.plain_m", {std::to_string(rounded_metres(metres))});
    const auto tenths = static_cast<std::int64_t>(std::lround(metres / 100));
    std::string kilometres = std::to_string(tenths / 10);
    if (tenths % 10 != 0) kilometres += text("number.decimal") + std::to_string(tenths % 10);
    return text("distance.plain_km", {kilometres});
}

std::string Say::walk(int minutes) const { return plural("walk.minutes", minutes); }
std::string Say::ride(int minutes) const { return plural("ride.minutes", minutes); }

std::string Say::travel(const TravelLimit& limit) const {
    return limit.profile == geo::Profile::foot ? walk(limit.minutes) : ride(limit.minutes);
}

std::string Say::time_of_day(LocalTime at) const {
    const std::chrono::hh_mm_ss clock(floor<std::chrono::minutes>(at - floor<days>(at)));
    const std::int64_t hour = clock.hours().count();
    const std::int64_t minute = clock.minutes().count();
    const std::string hour24 = std::to_string(hour);
    const std::string hour12 = std::to_string(hour % 12 == 0 ? 12 : hour % 12);
    const std::string half = text(hour < 12 ? "time.am" : "time.pm");
    if (minute == 0 && hour == 0) return text("time.midnight");
    if (minute == 0 && hour == 12) return text("time.noon");
    if (minute == 0) return text("time.hour", {hour24, "00", hour12, half});
    return text("time.hour_minute", {hour24, two_digits(minute), hour12, half});
}

std::string Say::time(Instant at) const { return time_of_day(zone_.to_local(at)); }

std::string Say::weekday(LocalDay day) const {
    return text("weekday." + std::to_string(std::chrono::weekday(day).iso_encoding()));
}

std::string Say::day(Instant at) const {
    const LocalDay local = floor<days>(zone_.to_local(at));
    const std::chrono::year_month_day date(local);
    const unsigned number = static_cast<unsigned>(date.day());
    const std::string day_number = number == 1 ? text("date.first") : std::to_string(number);
    const std::string month = text("month." + std::to_string(static_cast<unsigned>(date.month())));
    return text("date.day", {weekday(local), day_number, month});
}

std::string Say::date(Instant at) const {
    const std::chrono::year_month_day date(floor<days>(zone_.to_local(at)));
    const unsigned number = static_cast<unsigned>(date.day());
    const std::string day_number = number == 1 ? text("date.first") : std::to_string(number);
    const std::string month = text("month." + std::to_string(static_cast<unsigned>(date.month())));
    return text("date.year",
                {"", day_number, month, std::to_string(static_cast<int>(date.year()))});
}

int Say::days_from_now(Instant at) const {
    const auto today = floor<days>(zone_.to_local(now_));
    return static_cast<int>((floor<days>(zone_.to_local(at)) - today).count());
}

std::string Say::moment(Instant at) const { return when("moment.", at); }

std::string Say::moment_typed(Instant at) const {
    const LocalTime local = zone_.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day())) + "T" + two_digits(clock.hours().count()) +
           ":" + two_digits(clock.minutes().count());
}

std::string Say::until(Instant at) const { return when("until.", at); }

// Texts <prefix>today, tonight, tomorrow, weekday, date: {1} is the time, {2} the day.
std::string Say::when(const std::string& prefix, Instant at) const {
    const LocalTime local = zone_.to_local(at);
    const LocalDay local_day = floor<days>(local);
    const int distance_days = days_from_now(at);
    if (distance_days == 0) {
        const bool is_evening = local - local_day >= std::chrono::hours{kEveningHour};
        return text(prefix + (is_evening ? "tonight" : "today"), {time(at)});
    }
    if (distance_days == 1) return text(prefix + "tomorrow", {time(at), weekday(local_day)});
    if (distance_days > 1 && distance_days < 7)
        return text(prefix + "weekday", {time(at), weekday(local_day)});
    const std::string dated = prefix + "date";
    return text(language_.has(dated) ? dated : prefix + "weekday", {time(at), day(at)});
}

std::string Say::age(Instant at) const {
    const std::int64_t minutes = std::max<std::int64_t>((now_ - at).count() / 60, 0);
    if (minutes < 1) return text("age.now");
    if (minutes < 60) return plural("age.minutes", minutes);
    if (minutes < 24 * 60) return plural("age.hours", minutes / 60);
    if (days_from_now(at) == -1) return text("age.yesterday");
    return plural("age.days", -days_from_now(at));
}

std::string Say::hold(int open_days) const {
    return open_days == 0 ? text("hold.today") : plural("hold.days", open_days);
}

std::string Say::open_state(const catalogue::OpenNow& open) const {
    using State = catalogue::OpenNow::State;
    if (open.is_closed_by_keeper)
        return open.changes_at ? text("open.shut_until", {moment(*open.changes_at)})
                               : text("open.shut");
    switch (open.state) {
        case State::unknown: return text("open.unknown");
        case State::open:
            return open.changes_at ? text("open.until", {time(*open.changes_at)})
                                   : text("open.always");
        case State::closing_soon: return text("open.closing", {time(*open.changes_at)});
        case State::closed: break;
    }
    if (!open.changes_at) return text("open.closed");
    const Instant at = *open.changes_at;
    const int distance_days = days_from_now(at);
    if (distance_days == 0) return text("open.opens_at", {time(at)});
    if (distance_days == 1) return text("open.opens_tomorrow", {time(at)});
    const LocalDay local = floor<days>(zone_.to_local(at));
    return text("open.opens_on", {time(at), distance_days < 7 ? weekday(local) : day(at)});
}

std::string Say::stock(std::int64_t quantity) const {
    if (quantity <= 0) return text("stock.none");
    if (quantity == 1) return text("stock.last");
    return plural("stock.count", quantity);
}

std::string Say::condition(catalogue::Condition condition) const {
    if (condition == catalogue::Condition::new_) return {};
    return text("condition." + std::string(catalogue::to_string(condition)));
}

std::string Say::stock_source(catalogue::StockSource source) const {
    return text("stock.source_" + std::string(catalogue::to_string(source)));
}

std::string Say::stock_age(const catalogue::Stock& stock) const {
    return text("stock.age", {stock_source(stock.source), age(stock.confirmed_at)});
}

std::string Say::times_of(LocalDay day, const std::vector<catalogue::OpenSpan>& spans) const {
    const Instant begin = zone_.to_instant(day);
    const Instant end = zone_.to_instant(day + days{1});
    std::string times;
    for (const catalogue::OpenSpan& span : spans) {
        const bool begins_here = span.opens_at >= begin && span.opens_at < end;
        const bool covers_all = span.opens_at <= begin && span.closes_at >= end;
        if (!begins_here && !covers_all) continue;
        if (!times.empty()) times += ", ";
        times += covers_all ? text("hours.all_day")
                            : text("hours.range", {time(span.opens_at), time(span.closes_at)});
        if (!span.comment.empty()) times += " (" + span.comment + ")";
    }
    return times.empty() ? text("hours.closed") : times;
}

std::vector<Say::DayHours> Say::week(const std::vector<catalogue::OpenSpan>& spans) const {
    const LocalDay today = floor<days>(zone_.to_local(now_));
    std::vector<DayHours> week;
    for (int i = 0; i < 7; ++i) {
        const LocalDay local = today + days{i};
        week.push_back(
            {.day = weekday(local), .times = times_of(local, spans), .is_today = i == 0});
    }
    return week;
}

std::vector<Say::DayHours> Say::next_days(const std::vector<catalogue::OpenSpan>& spans,
                                          int count) const {
    const LocalDay today = floor<days>(zone_.to_local(now_));
    std::vector<DayHours> list;
    for (int i = 0; i < count; ++i) {
        const LocalDay local = today + days{i};
        list.push_back({.day = day(zone_.to_instant(local)),
                        .times = times_of(local, spans),
                        .is_today = i == 0});
    }
    return list;
}

std::string_view state_word(const catalogue::OpenNow& open) {
    using State = catalogue::OpenNow::State;
    switch (open.state) {
        case State::open: return "open";
        case State::closing_soon: return "closing";
        case State::closed: return "closed";
        case State::unknown: return "unknown";
    }
    return "unknown";
}

std::string_view stock_level(std::int64_t quantity) {
    if (quantity <= 0) return "out";
    return quantity <= kLowStock ? "low" : "in";
}

}  // namespace emplettes::site
