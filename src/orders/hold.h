#pragma once
#include <chrono>
#include <span>

#include "base/clock.h"
#include "base/zone.h"
#include "catalogue/hours.h"

namespace emplettes::orders {

// Until when a shop keeps what is reserved at `now`: the closing time of its nth open day after
// today, n = `open_days` (>= 0). 0 means today's closing time, or that of the next open day when
// the shop does not open any more today. `spans` are the shop's hours in order, from `now` or
// earlier; uncertain ones ("by appointment") do not count. A day without closing ends at midnight.
// Fewer open days than asked for: the last that is known. None: two days later at 19:00.
// Always later than `now`.
Instant held_until(Instant now, std::span<const catalogue::OpenSpan> spans, int open_days,
                   const Zone& zone);

}  // namespace emplettes::orders
