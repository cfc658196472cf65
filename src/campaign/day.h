#pragma once
#include <cstdint>

#include "base/clock.h"

namespace emplettes::campaign {

// Days since 1970-01-01, in UTC: the same for every reader of the database.
inline std::int64_t day_number(Instant at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

}  // namespace emplettes::campaign
