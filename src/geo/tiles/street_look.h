#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace emplettes::geo {

class OsmTags;

// How a way is drawn, from the widest to the thinnest.
enum class StreetClass : std::uint8_t {
    motorway,    // motorway, trunk
    main,        // primary
    secondary,   // secondary, tertiary
    minor,       // residential, unclassified, living_street, busway
    service,     // service, track
    pedestrian,  // pedestrian zones
    path,        // footway, path, cycleway, bridleway; no pavements along streets, no crossings
    steps,
    rail,  // rails of trains and trams above ground
};
std::string_view to_string(StreetClass street_class);  // "motorway"

enum class CycleWay : std::uint8_t { none, track, lane, contraflow };
std::string_view to_string(CycleWay cycle_way);  // "track"; empty for none

// What the layer `street` tells about a way.
struct StreetLook {
    StreetClass street_class = StreetClass::minor;
    // How a bike gets on: 3 comfortable, 2 fine, 1 hard, 0 not for bikes, which is whatever
    // way_rule() closes to bikes or has them pushed along. Else it begins with
    //   3 on a cycleway, a path signed for bikes, a cycle track, a cycle street, a living street;
    //   2 on other paths, pedestrian zones and minor streets; a limit of 30 km/h or less, or cars
    //     only with a reason to be there, makes a minor street comfortable;
    //   1 on primary, secondary and tertiary streets: 2 with a lane or such a limit, 3 with both
    //   but
    //     on a primary one; 1 on trunk roads, whatever there is but a track;
    // and a rough surface (setts, unpaved) takes one away, down to 1; a very rough one (cobbles,
    // gravel, sand) leaves 1.
    std::uint8_t bike = 0;
    // A track wins over what goes against the traffic of a one-way street, and that over a lane.
    CycleWay cycle = CycleWay::none;
    std::int8_t oneway = 0;  // 1 along the line, -1 against it
    bool is_tunnel = false;
    bool is_bridge = false;
    std::string name;

    auto operator<=>(const StreetLook&) const = default;
};

// None when a way is not drawn as a line.
std::optional<StreetLook> street_look(const OsmTags& tags);

// The first zoom at which a street is drawn, and its name.
int zoom_min(StreetClass street_class);
int name_zoom_min(StreetClass street_class);

}  // namespace emplettes::geo
