#include "web/shield/concurrency_limit.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::web {
namespace {

// The names and values of Gradient2Limit, but for the queue: our limits are a tenth of its.
constexpr double kTolerance = 1.5;
constexpr double kQueue = 1;
constexpr double kSmoothing = 0.2;
constexpr int kLongWindow = 600;
constexpr int kWarmUp = 10;
constexpr double kDriftMax = 2;
constexpr double kDriftBack = 0.95;
// One request may take a hundred times as long for reasons of its own; it counts as so much.
constexpr double kLongestRatio = 8;

}  // namespace

ConcurrencyLimit::ConcurrencyLimit(Range range)
    : range_(range), limit_(static_cast<double>(range.max)) {
    check(range.min > 0 && range.min <= range.max);
}

void ConcurrencyLimit::add(const Finished& request) {
    const double usual_us = static_cast<double>(std::max<std::int64_t>(request.usual_us, 1));
    const double ratio = std::min(
        static_cast<double>(std::max<std::int64_t>(request.took_us, 1)) / usual_us, kLongestRatio);
    ++seen_;
    usual_ = seen_ <= kWarmUp ? usual_ + (ratio - usual_) / seen_
                              : usual_ + (ratio - usual_) * 2 / (kLongWindow + 1);
    if (usual_ / ratio > kDriftMax) usual_ *= kDriftBack;
    if (seen_ <= kWarmUp) return;
    if (static_cast<double>(request.in_flight) < limit_ / 2) return;  // it is not what holds us up
    const double gradient = std::clamp(kTolerance * usual_ / ratio, 0.5, 1.0);
    const double wanted = limit_ * gradient + kQueue;
    limit_ = std::clamp(limit_ * (1 - kSmoothing) + wanted * kSmoothing,
                        static_cast<double>(range_.min), static_cast<double>(range_.max));
}

}  // namespace emplettes::web
