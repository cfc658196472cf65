#include "orders/answer_time.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::orders {

std::optional<Instant> opening_time_later(Instant now, std::chrono::minutes opening,
                                          std::span<const catalogue::OpenSpan> spans) {
    check(opening.count() > 0);
    std::chrono::seconds left = opening;
    for (const catalogue::OpenSpan& span : spans) {
        const Instant begin = std::max(span.opens_at, now);
        if (!span.is_certain || begin >= span.closes_at) continue;
        const std::chrono::seconds length = span.closes_at - begin;
        if (length >= left) return begin + left;
        left -= length;
    }
    return std::nullopt;
}

}  // namespace emplettes::orders
