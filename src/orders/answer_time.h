#pragma once
#include <chrono>
#include <optional>
#include <span>

#include "base/clock.h"
#include "catalogue/hours.h"

namespace emplettes::orders {

// The moment at which a shop has been open for `opening` (> 0) since `now`. `spans` are its hours
// in order, from `now` or earlier, without overlaps; uncertain ones ("by appointment") do not
// count. None when they end before that.
std::optional<Instant> opening_time_later(Instant now, std::chrono::minutes opening,
                                          std::span<const catalogue::OpenSpan> spans);

}  // namespace emplettes::orders
