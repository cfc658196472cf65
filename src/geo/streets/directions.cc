#include "geo/streets/directions.h"

#include <cmath>
#include <numbers>

namespace emplettes::geo {
namespace {

// Of the angle between two streets, in degrees.
constexpr double kStraightUpTo = 25;
constexpr double kSlightUpTo = 55;
constexpr double kTurnUpTo = 160;

// Clockwise from north, in degrees; the Earth is flat as far as one sees along a street.
double bearing(const FixedPoint& from, const FixedPoint& to) {
    const Point a = from.point();
    const Point b = to.point();
    const double east =
        std::remainder(b.lon - a.lon, 360.0) * std::cos(a.lat * std::numbers::pi / 180);
    return std::atan2(east, b.lat - a.lat) * 180 / std::numbers::pi;
}

double bearing_at_start(const StreetNetwork& network, std::uint32_t street) {
    const auto line = network.shape(edge_of(street));
    return street % 2 == 0 ? bearing(line.front(), line[1])
                           : bearing(line.back(), line[line.size() - 2]);
}

double bearing_at_end(const StreetNetwork& network, std::uint32_t street) {
    return bearing_at_start(network, opposite(street)) + 180;
}

Turn turn_between(const StreetNetwork& network, std::uint32_t from, std::uint32_t to) {
    const double angle =
        std::remainder(bearing_at_start(network, to) - bearing_at_end(network, from), 360.0);
    const double size = std::abs(angle);
    if (size <= kStraightUpTo) return Turn::straight;
    if (size > kTurnUpTo) return Turn::round;
    if (size <= kSlightUpTo) return angle < 0 ? Turn::slight_left : Turn::slight_right;
    return angle < 0 ? Turn::left : Turn::right;
}

}  // namespace

std::string_view to_string(Turn turn) {
    switch (turn) {
        case Turn::none: return "none";
        case Turn::straight: return "straight";
        case Turn::slight_left: return "slight_left";
        case Turn::left: return "left";
        case Turn::slight_right: return "slight_right";
        case Turn::right: return "right";
        case Turn::round: return "round";
    }
    return "";
}

std::string_view to_string(Manner manner) {
    switch (manner) {
        case Manner::usual: return "usual";
        case Manner::pushing: return "pushing";
        case Manner::steps: return "steps";
    }
    return "";
}

std::vector<Direction> make_directions(const StreetRouter& router, const Route& route) {
    const StreetNetwork& network = router.network();
    std::vector<Direction> directions;
    const RouteStretch* before = nullptr;
    for (const RouteStretch& stretch : route.stretches) {
        if (stretch.length_cm == 0 && stretch.time_ms == 0) continue;
        const std::uint32_t edge = edge_of(stretch.street);
        const auto manner = static_cast<Manner>(network.edge(edge).manner);
        const std::string& name = network.name(edge);
        const Turn turn =
            before == nullptr ? Turn::none : turn_between(network, before->street, stretch.street);
        // Paths without a name are not one street: who turns from one into the next is told.
        const bool may_go_on = name.empty() ? turn == Turn::straight : turn != Turn::round;
        const bool goes_on = before != nullptr && may_go_on && directions.back().street == name &&
                             directions.back().manner == manner;
        if (!goes_on) directions.push_back({.turn = turn, .street = name, .manner = manner});
        directions.back().length_cm += stretch.length_cm;
        directions.back().time_ms += stretch.time_ms;
        before = &stretch;
    }
    return directions;
}

}  // namespace emplettes::geo
