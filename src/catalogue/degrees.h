#pragma once
#include <cmath>
#include <cstdint>

#include "geo/point.h"

namespace emplettes::catalogue {

// Degrees as whole ten-millionths, about a centimetre: how positions are stored, the same on
// every database.
inline std::int64_t to_e7(double degrees) { return std::llround(degrees * 1e7); }

inline geo::Point from_e7(std::int64_t lat_e7, std::int64_t lon_e7) {
    return {.lat = static_cast<double>(lat_e7) / 1e7, .lon = static_cast<double>(lon_e7) / 1e7};
}

}  // namespace emplettes::catalogue
