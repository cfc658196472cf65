#include "geo/opening_hours.h"

#include <algorithm>
#include <utility>

#include "geo/opening_hours_parser.h"
#include "geo/opening_hours_selectors.h"
#include "geo/opening_hours_timeline.h"

namespace emplettes::geo {
namespace {

constexpr LocalDay kFirstDay{std::chrono::year{kYearMin} / 1 / 1};
constexpr LocalDay kLastDay{std::chrono::year{kYearMax} / 12 / 31};
constexpr std::chrono::days kOneDay{1};

LocalTime minute_of(LocalDay day, int minute) { return day + std::chrono::minutes{minute}; }

// Adds to the end of the list, joining what follows without a gap and says the same.
void append(std::vector<OpenInterval>& intervals, LocalDay day, const Stretch& stretch) {
    OpenInterval next{.begin = minute_of(day, stretch.begin),
                      .end = minute_of(day, stretch.end),
                      .state = stretch.state,
                      .comment = *stretch.comment};
    if (!intervals.empty()) {
        OpenInterval& last = intervals.back();
        if (last.end == next.begin && last.state == next.state && last.comment == next.comment) {
            last.end = next.end;
            return;
        }
    }
    intervals.push_back(std::move(next));
}

void cut(std::vector<OpenInterval>& intervals, LocalTime from, LocalTime until) {
    std::erase_if(intervals, [&](OpenInterval& interval) {
        interval.begin = std::max(interval.begin, from);
        interval.end = std::min(interval.end, until);
        return interval.begin >= interval.end;
    });
}

}  // namespace

OpeningHours OpeningHours::parse(std::string_view text) {
    OpeningHours hours;
    hours.text_ = text;
    auto parsed = parse_rules(text);
    if (parsed)
        hours.rules_ = std::make_shared<const ParsedRules>(std::move(parsed).value());
    else
        hours.error_ = parsed.error();
    return hours;
}

bool OpeningHours::readable() const { return rules_ != nullptr; }
const std::string& OpeningHours::text() const { return text_; }
const std::string& OpeningHours::error() const { return error_; }

std::vector<OpenInterval> OpeningHours::intervals(LocalTime from, LocalTime until,
                                                  const HolidayCalendar& holidays) const {
    std::vector<OpenInterval> found;
    from = std::max(from, LocalTime{kFirstDay});
    until = std::min(until, LocalTime{kLastDay + kOneDay});
    if (!readable() || from >= until) return found;
    const LocalDay first = std::chrono::floor<std::chrono::days>(from);
    Timeline previous = timeline_of(*rules_, first - kOneDay, holidays);
    for (LocalDay day = first; day < until; day += kOneDay) {
        Timeline today = timeline_of(*rules_, day, holidays);
        close_night(previous, today);
        const Timeline joined = join_night(previous, today);
        for (const Stretch& stretch : joined.stretches()) append(found, day, stretch);
        previous = std::move(today);
    }
    cut(found, from, until);
    return found;
}

}  // namespace emplettes::geo
