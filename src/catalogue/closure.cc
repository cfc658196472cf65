#include "catalogue/closure.h"

namespace emplettes::catalogue {

std::optional<Closure> closure_of(const ClosureColumns& columns) {
    if (columns.from == 0) return std::nullopt;
    Closure closure{.from = instant_from_unix(columns.from), .reason = columns.reason};
    if (columns.until != 0) closure.until = instant_from_unix(columns.until);
    return closure;
}

std::vector<OpenSpan> without(const std::vector<OpenSpan>& spans, const Closure& closure) {
    std::vector<OpenSpan> left;
    left.reserve(spans.size() + 1);
    for (const OpenSpan& span : spans) {
        const bool is_apart =
            span.closes_at <= closure.from || (closure.until && span.opens_at >= *closure.until);
        if (is_apart) {
            left.push_back(span);
            continue;
        }
        if (span.opens_at < closure.from) {
            left.push_back(span);
            left.back().closes_at = closure.from;
        }
        if (closure.until && *closure.until < span.closes_at) {
            left.push_back(span);
            left.back().opens_at = *closure.until;
        }
    }
    return left;
}

}  // namespace emplettes::catalogue
