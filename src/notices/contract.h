#pragma once
#include "base/clock.h"
#include "base/id.h"

namespace emplettes::notices {

// Where and when the contracts of notices play.
inline constexpr TerritoryId kTerritory{7};
inline constexpr Instant kNow = instant_from_unix(1'800'000'000);

}  // namespace emplettes::notices
