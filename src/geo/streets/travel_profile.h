#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace emplettes::geo {

class OsmTags;

// Who travels. A cargo bike is 0.9 m wide, never climbs steps and is pushed for short pieces only.
enum class Profile : std::uint8_t { foot, bike, cargo_bike };
inline constexpr std::array kProfiles = {Profile::foot, Profile::bike, Profile::cargo_bike};
inline constexpr std::size_t kProfileCount = kProfiles.size();

std::string_view to_string(Profile profile);  // "cargo_bike"
std::optional<Profile> parse_profile(std::string_view name);

// How one gets along: riders push where only walkers may go, and carry a bike up steps.
enum class Manner : std::uint8_t { usual, pushing, steps };

// What a way is to a profile: its pace in each direction, in tenths of km/h; 0 is closed.
struct WayRule {
    std::uint16_t forward_dkmh = 0;
    std::uint16_t backward_dkmh = 0;
    Manner manner = Manner::usual;

    bool operator==(const WayRule&) const = default;
    bool is_closed() const { return forward_dkmh == 0 && backward_dkmh == 0; }
    WayRule reversed() const { return {backward_dkmh, forward_dkmh, manner}; }
};

// What a point of a way (a gate, a bollard, a traffic light) is to a profile.
struct NodeRule {
    bool is_closed = false;
    std::uint16_t delay_s = 0;

    bool operator==(const NodeRule&) const = default;
};

// Counted up whenever a rule below changes, or what a plan makes of it: networks that were made by
// other rules are made anew.
inline constexpr std::uint32_t kStreetRules = 2;

// Read from OpenStreetMap's tags. What is not written has the default that the tables of the source
// state; a value that cannot be read counts as not written.
WayRule way_rule(const OsmTags& tags, Profile profile);
NodeRule node_rule(const OsmTags& tags, Profile profile);

// The longest street between two junctions along which this profile pushes its bike, in metres.
double pushing_max_m(Profile profile);

// Whether signs that forbid a turn are meant for this profile: not for walkers.
bool obeys_turn_signs(Profile profile);

}  // namespace emplettes::geo
