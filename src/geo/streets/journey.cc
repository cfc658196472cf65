#include "geo/streets/journey.h"

#include <cmath>

namespace emplettes::geo {
namespace {

double metres(std::uint32_t length_cm) { return length_cm / 100.0; }
double seconds(std::uint32_t time_ms) { return time_ms / 1000.0; }

Json to_json(const Direction& direction) {
    return {{"turn", to_string(direction.turn)},
            {"street", direction.street},
            {"manner", to_string(direction.manner)},
            {"length_m", metres(direction.length_cm)},
            {"time_s", seconds(direction.time_ms)}};
}

}  // namespace

Result<Journey, JourneyError> find_journey(const StreetRouter& router, Point from, Point to,
                                           RouteScratch& scratch) {
    const auto start = router.snap(from, kToStreetMetresMax);
    if (!start) return JourneyError::no_street_at_start;
    const auto end = router.snap(to, kToStreetMetresMax);
    if (!end) return JourneyError::no_street_at_end;
    auto route = router.route(*start, *end, scratch);
    if (!route) return JourneyError::no_way;
    Journey journey{.from = *start, .to = *end, .route = std::move(*route)};
    journey.directions = make_directions(router, journey.route);
    return journey;
}

Json to_json(const Snap& snap) {
    return {{"lat", rounded_degrees(snap.point.lat)},
            {"lon", rounded_degrees(snap.point.lon)},
            {"distance_m", std::round(snap.distance_m * 100) / 100}};
}

Json to_json(const Journey& journey) {
    Json directions = Json::array();
    for (const Direction& direction : journey.directions) directions.push_back(to_json(direction));
    Json shape = Json::array();
    for (const Point& point : journey.route.shape)
        shape.push_back({rounded_degrees(point.lon), rounded_degrees(point.lat)});
    // A line has two positions at least (RFC 7946, 3.1.4), also from a place to itself.
    if (shape.size() == 1) shape.push_back(shape.front());
    return {{"from", to_json(journey.from)},
            {"to", to_json(journey.to)},
            {"length_m", metres(journey.route.length_cm)},
            {"time_s", seconds(journey.route.time_ms)},
            {"directions", std::move(directions)},
            {"shape", {{"type", "LineString"}, {"coordinates", std::move(shape)}}}};
}

}  // namespace emplettes::geo
