#include "site/dated_hours.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::site {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr days kDays{7};
constexpr const char* kLastMinute = "23:59";

std::string iso_time(LocalTime at) {
    const auto minutes = floor<std::chrono::minutes>(at - floor<days>(at)).count();
    return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string iso_date(LocalDay day) {
    const std::chrono::year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

}  // namespace

std::vector<DatedHours> dated_hours(const std::vector<catalogue::OpenSpan>& spans, const Zone& zone,
                                    Instant now) {
    const LocalDay today = floor<days>(zone.to_local(now));
    std::vector<DatedHours> hours;
    for (const catalogue::OpenSpan& span : spans) {
        if (!span.is_certain) continue;
        const LocalTime opens = std::max(zone.to_local(span.opens_at), LocalTime(today));
        const LocalTime closes = std::min(zone.to_local(span.closes_at), LocalTime(today + kDays));
        for (LocalDay day = floor<days>(opens); day < closes; day += days{1}) {
            const LocalTime midnight = day + days{1};
            hours.push_back({.date = iso_date(day),
                             .opens = iso_time(std::max(opens, LocalTime(day))),
                             .closes = closes < midnight ? iso_time(closes) : kLastMinute});
        }
    }
    return hours;
}

}  // namespace emplettes::site
