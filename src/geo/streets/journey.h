#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "geo/streets/directions.h"
#include "geo/streets/street_router.h"

namespace emplettes::geo {

// How far from a street somebody may be who asks for a way.
inline constexpr double kToStreetMetresMax = 1000;

// A way from one point to another, as it is told.
struct Journey {
    Snap from;
    Snap to;
    Route route;
    std::vector<Direction> directions;
};

enum class JourneyError : std::uint8_t {
    no_street_at_start,  // within kToStreetMetresMax
    no_street_at_end,
    no_way,  // of less than twelve days
};

Result<Journey, JourneyError> find_journey(const StreetRouter& router, Point from, Point to,
                                           RouteScratch& scratch);

// {from, to, length_m, time_s, directions, shape}: the points on the streets with their distance
// from the points meant, the shape a GeoJSON LineString.
Json to_json(const Journey& journey);
Json to_json(const Snap& snap);

}  // namespace emplettes::geo
