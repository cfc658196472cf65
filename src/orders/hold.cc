#include "orders/hold.h"

#include <algorithm>
#include <vector>

#include "base/check.h"

namespace emplettes::orders {
namespace {

constexpr std::chrono::days kDaysWhenUnknown{2};
constexpr std::chrono::hours kHourWhenUnknown{19};
constexpr std::chrono::hours kOpeningMax{24};  // longer: it never closes

struct Closing {
    LocalDay day;  // on which the shop opened
    Instant at;
};

LocalDay day_of(Instant instant, const Zone& zone) {
    return std::chrono::floor<std::chrono::days>(zone.to_local(instant));
}

void add(std::vector<Closing>& closings, Closing closing) {
    const bool is_same_day = !closings.empty() && closings.back().day == closing.day;
    if (is_same_day) {
        closings.back().at = std::max(closings.back().at, closing.at);
    } else {
        closings.push_back(closing);
    }
}

void add_span(std::vector<Closing>& closings, Instant begin, Instant end, const Zone& zone) {
    while (end - begin > kOpeningMax) {
        const LocalDay day = day_of(begin, zone);
        const Instant midnight = zone.to_instant(day + std::chrono::days{1});
        add(closings, {day, midnight});
        begin = midnight;
    }
    if (begin < end) add(closings, {day_of(begin, zone), end});
}

}  // namespace

Instant held_until(Instant now, std::span<const catalogue::OpenSpan> spans, int open_days,
                   const Zone& zone) {
    check(open_days >= 0);
    std::vector<Closing> closings;
    for (const auto& span : spans) {
        if (span.is_certain) add_span(closings, std::max(span.opens_at, now), span.closes_at, zone);
    }

    const LocalDay today = day_of(now, zone);
    const bool is_open_today = !closings.empty() && closings.front().day == today;
    if (open_days > 0 && is_open_today) closings.erase(closings.begin());
    if (closings.empty()) {
        return zone.to_instant(today + kDaysWhenUnknown + kHourWhenUnknown);
    }
    const std::size_t wanted = open_days == 0 ? 0 : static_cast<std::size_t>(open_days) - 1;
    return closings[std::min(wanted, closings.size() - 1)].at;
}

}  // namespace emplettes::orders
