#include "geo/opening_hours_timeline.h"

#include <algorithm>
#include <iterator>

#include "geo/opening_hours_calendar.h"

namespace emplettes::geo {
namespace {

constexpr TimeSpan kWholeDay{.begin = 0, .end = kMinutesPerDay};
constexpr TimeSpan kDayAndNight{.begin = 0, .end = 2 * kMinutesPerDay};

void add(Timeline& line, const Rule& rule, const TimeSpan& span) {
    const Stretch stretch{.begin = span.begin,
                          .end = span.end,
                          .state = span.is_uncertain ? OpenState::unknown : rule.state,
                          .has_hours = !rule.times.empty(),
                          .comment = &rule.comment};
    if (rule.join == RuleJoin::fallback)
        line.fill(stretch);
    else
        line.paint(stretch);
}

}  // namespace

void Timeline::paint(const Stretch& stretch) {
    std::vector<Stretch> result;
    result.reserve(stretches_.size() + 2);
    for (const Stretch& old : stretches_) {
        Stretch before = old;
        before.end = std::min(old.end, stretch.begin);
        if (before.begin < before.end) result.push_back(before);
    }
    result.push_back(stretch);
    for (const Stretch& old : stretches_) {
        Stretch after = old;
        after.begin = std::max(old.begin, stretch.end);
        if (after.begin < after.end) result.push_back(after);
    }
    stretches_ = std::move(result);
}

void Timeline::fill(const Stretch& stretch) {
    std::vector<Stretch> gaps;
    int at = stretch.begin;
    for (const Stretch& taken : stretches_) {
        if (taken.state == OpenState::closed || taken.end <= at) continue;
        if (taken.begin >= stretch.end) break;
        if (at < taken.begin) {
            gaps.push_back(stretch);
            gaps.back().begin = at;
            gaps.back().end = taken.begin;
        }
        at = taken.end;
    }
    if (at < stretch.end) {
        gaps.push_back(stretch);
        gaps.back().begin = at;
    }
    for (const Stretch& gap : gaps) paint(gap);
}

Timeline timeline_of(const ParsedRules& rules, LocalDay day, const HolidayCalendar& holidays) {
    Timeline line;
    for (const Rule& rule : rules.rules) {
        if (!chooses(rule, day, holidays)) continue;
        // A normal rule that opens has the day for itself; one that closes takes hours away.
        if (rule.join == RuleJoin::normal && rule.state != OpenState::closed) line = {};
        if (rule.times.empty())
            add(line, rule, rule.state == OpenState::closed ? kDayAndNight : kWholeDay);
        for (const TimeSpan& span : rule.times) add(line, rule, span);
    }
    return line;
}

void close_night(Timeline& day, const Timeline& next_day) {
    for (const Stretch& next : next_day.stretches()) {
        if (next.state != OpenState::closed || !next.has_hours) continue;
        Stretch shifted = next;
        shifted.begin += kMinutesPerDay;
        shifted.end = std::min(shifted.end + kMinutesPerDay, 2 * kMinutesPerDay);
        if (shifted.begin < shifted.end) day.paint(shifted);
    }
}

Timeline join_night(const Timeline& previous_day, const Timeline& day) {
    Timeline joined;
    const auto paint_all = [&joined](const Timeline& from, int shift, OpenState state) {
        for (Stretch stretch : from.stretches()) {
            if (stretch.state != state) continue;
            stretch.begin = std::max(stretch.begin - shift, 0);
            stretch.end = std::min(stretch.end - shift, kMinutesPerDay);
            if (stretch.begin < stretch.end) joined.paint(stretch);
        }
    };
    paint_all(previous_day, kMinutesPerDay, OpenState::unknown);
    paint_all(day, 0, OpenState::unknown);
    paint_all(previous_day, kMinutesPerDay, OpenState::open);
    paint_all(day, 0, OpenState::open);
    return joined;
}

}  // namespace emplettes::geo
