#include "geo/streets/travel_profile.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>

#include "base/text.h"
#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

// Paces in tenths of km/h. Walking 5 km/h, riding 15, pushing a bike 4, carrying it up steps 2:
// OSRM's profiles foot.lua and bicycle.lua. On stairs 2 km/h along the horizontal (Fruin,
// Pedestrian Planning and Design, 1971: 0.5 to 0.6 m/s). Pedestrian zones: cyclists ride there
// at walking pace (Code de la route, R. 431-9), 6 km/h; 10 where a sign invites them.
constexpr int kWalk = 50;
constexpr int kPush = 40;
constexpr int kSteps = 20;
constexpr int kZone = 60;
constexpr int kInvited = 100;
constexpr int kRide = 150;

struct HighwayPace {
    std::string_view highway;
    int foot;
    int bike;  // 0: nobody rides there unless a sign says so
    int cargo_bike;
    int bike_invited;  // with bicycle=yes, designated or permissive
};
// Other values (construction, proposed, raceway…) are closed to all. Bikes on tracks and paths:
// OSRM. Loaded cargo bikes are some km/h slower off the road (our estimate).
constexpr HighwayPace kHighways[] = {
    {"trunk", 0, 0, 0, kRide},
    {"trunk_link", 0, 0, 0, kRide},
    {"primary", kWalk, kRide, kRide, kRide},
    {"primary_link", kWalk, kRide, kRide, kRide},
    {"secondary", kWalk, kRide, kRide, kRide},
    {"secondary_link", kWalk, kRide, kRide, kRide},
    {"tertiary", kWalk, kRide, kRide, kRide},
    {"tertiary_link", kWalk, kRide, kRide, kRide},
    {"unclassified", kWalk, kRide, kRide, kRide},
    {"residential", kWalk, kRide, kRide, kRide},
    {"living_street", kWalk, kRide, kRide, kRide},
    {"service", kWalk, kRide, kRide, kRide},
    {"road", kWalk, kRide, kRide, kRide},
    {"busway", 0, 0, 0, kRide},
    {"track", kWalk, 120, 100, 120},
    {"cycleway", 0, kRide, kRide, kRide},
    {"path", kWalk, 130, 100, 130},
    {"bridleway", kWalk, 0, 0, kInvited},
    {"pedestrian", kWalk, kZone, kZone, kInvited},
    {"footway", kWalk, 0, 0, kInvited},
    {"corridor", kPush, 0, 0, 0},
    {"platform", kWalk, 0, 0, 0},
    {"steps", kSteps, 0, 0, 0},
};

struct SurfacePace {
    std::string_view value;
    int bike;        // at most; 0: closed
    int cargo_bike;  // the load bounces and sinks in: some km/h less (our estimate)
};
// Bikes: OSRM's bicycle.lua. What is not here, or not known: no bound.
constexpr SurfacePace kSurfaces[] = {
    {"wood", 100, 100},
    {"metal", 100, 100},
    {"paving_stones", 120, 120},
    {"cobblestone:flattened", 100, 90},
    {"compacted", 120, 100},
    {"sett", 90, 80},
    {"cobblestone", 70, 60},
    {"unhewn_cobblestone", 60, 50},
    {"fine_gravel", 100, 80},
    {"gravel", 60, 50},
    {"pebblestone", 60, 40},
    {"unpaved", 80, 60},
    {"ground", 100, 70},
    {"dirt", 80, 60},
    {"earth", 60, 50},
    {"grass", 60, 40},
    {"grass_paver", 60, 60},
    {"mud", 30, 0},
    {"sand", 30, 0},
    {"woodchips", 30, 30},
};
constexpr SurfacePace kSmoothness[] = {
    {"bad", 120, 90},         {"very_bad", 80, 50}, {"horrible", 50, 0},
    {"very_horrible", 30, 0}, {"impassable", 0, 0},
};

constexpr int kNever = -1;
struct BarrierDelay {
    std::string_view barrier;
    int foot_s;
    int bike_s;
    int cargo_bike_s;
};
// Seconds to get through, or kNever: our estimates; OSRM closes "yes", "wall" and "fence" only.
constexpr BarrierDelay kBarriers[] = {
    {"bollard", 0, 1, 3},
    {"cycle_barrier", 2, 8, 30},
    {"motorcycle_barrier", 2, 8, 30},
    {"gate", 5, 10, 15},
    {"wicket_gate", 5, 15, kNever},
    {"lift_gate", 0, 2, 5},
    {"swing_gate", 2, 5, 10},
    {"sliding_gate", 5, 10, 15},
    {"hampshire_gate", 20, 30, kNever},
    {"kissing_gate", 5, 30, kNever},
    {"stile", 10, 60, kNever},
    {"turnstile", 3, kNever, kNever},
    {"full-height_turnstile", 3, kNever, kNever},
    {"chain", 1, 5, 15},
    {"block", 0, 2, 10},
    {"jersey_barrier", 1, 5, 20},
    {"kerb", 0, 2, 8},
    {"cattle_grid", 2, 3, 5},
    {"bus_trap", 0, 3, kNever},
    {"log", 3, 15, kNever},
    {"debris", 5, 20, kNever},
    {"yes", kNever, kNever, kNever},
    {"wall", kNever, kNever, kNever},
    {"fence", kNever, kNever, kNever},
    {"hedge", kNever, kNever, kNever},
    {"guard_rail", kNever, kNever, kNever},
};
constexpr BarrierDelay kOtherBarrier = {"", 0, 2, 5};
constexpr int kMeasuredWideEnoughSeconds =
    15;                                      // a barrier that a cargo bike would not be led through
constexpr int kTrafficLightSeconds = 2;      // OSRM
constexpr double kCargoOpeningMetres = 1.0;  // 0.9 m and a hand's breadth
constexpr double kCargoPushingMetres = 100;
constexpr double kWithoutLane = 0.8;  // against one-way traffic without a lane of one's own

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
    return std::ranges::find(values, value) != values.end();
}

bool is_yes(std::string_view value) { return is_one_of(value, {"yes", "true", "1"}); }
bool is_no(std::string_view value) { return is_one_of(value, {"no", "false", "0"}); }
bool is_invitation(std::string_view value) {
    return is_one_of(value, {"yes", "designated", "permissive", "official"});
}
bool is_closing(std::string_view value) {
    return is_one_of(value, {"no", "private", "agricultural", "forestry", "military", "restricted",
                             "use_sidepath", "dismount"});
}

// What the most special of these keys says.
std::string_view first_of(const OsmTags& tags, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
        if (const std::string_view value = tags.find(key); !value.empty()) return value;
    return {};
}

std::string_view access_of(const OsmTags& tags, Profile profile) {
    switch (profile) {
        case Profile::foot: return first_of(tags, {"foot", "access"});
        case Profile::bike: return first_of(tags, {"bicycle", "vehicle", "access"});
        case Profile::cargo_bike:
            return first_of(tags, {"cargo_bike", "bicycle", "vehicle", "access"});
    }
    return {};
}

// "1.5", "1.5 m" or "90 cm", in metres.
std::optional<double> read_metres(std::string_view text) {
    text = trim(text);
    double unit_m = 1;
    if (text.ends_with("cm")) {
        unit_m = 0.01;
        text.remove_suffix(2);
    } else if (text.ends_with("m")) {
        text.remove_suffix(1);
    }
    const auto number = parse_double(trim(text));
    return number && *number > 0 ? std::optional(*number * unit_m) : std::nullopt;
}

std::optional<double> narrowest_m(const OsmTags& tags,
                                  std::initializer_list<std::string_view> keys) {
    std::optional<double> narrowest;
    for (const std::string_view key : keys)
        if (const auto width = read_metres(tags.find(key)))
            narrowest = std::min(*width, narrowest.value_or(*width));
    return narrowest;
}

WayRule both_ways(int pace_dkmh, Manner manner) {
    const auto pace = static_cast<std::uint16_t>(pace_dkmh);
    return {.forward_dkmh = pace, .backward_dkmh = pace, .manner = manner};
}

const HighwayPace* find_highway(const OsmTags& tags) {
    if (is_yes(tags.find("motorroad"))) return nullptr;
    const auto* found = std::ranges::find(kHighways, tags.find("highway"), &HighwayPace::highway);
    return found == std::end(kHighways) ? nullptr : found;
}

// Deliveries under the ground: nobody walks or rides there who is not invited.
bool is_service_tunnel(const OsmTags& tags) {
    return tags.find("highway") == "service" && tags.find("tunnel") == "yes";
}

WayRule walking_rule(const OsmTags& tags, const HighwayPace& highway) {
    const std::string_view access = access_of(tags, Profile::foot);
    const bool is_open = is_invitation(tags.find("foot")) || highway.foot > 0 ||
                         is_one_of(tags.find("sidewalk"), {"both", "left", "right", "yes"});
    const bool is_tunnel = is_service_tunnel(tags) && !is_invitation(tags.find("foot"));
    if (!is_open || is_tunnel || is_closing(access)) return {};
    const Manner manner = highway.highway == "steps" ? Manner::steps : Manner::usual;
    WayRule rule = both_ways(highway.foot > 0 ? highway.foot : kWalk, manner);
    const std::string_view oneway = tags.find("oneway:foot");
    if (is_yes(oneway)) rule.backward_dkmh = 0;
    if (oneway == "-1") rule.forward_dkmh = 0;
    return rule;
}

// What the table allows of a surface; `pace` where it says nothing.
template <std::size_t N>
int bounded(int pace, const SurfacePace (&table)[N], std::string_view value, Profile profile) {
    const auto* found = std::ranges::find(table, value, &SurfacePace::value);
    if (found == std::end(table)) return pace;
    return std::min(pace, profile == Profile::cargo_bike ? found->cargo_bike : found->bike);
}

int riding_pace(const OsmTags& tags, const HighwayPace& highway, Profile profile) {
    if (is_closing(access_of(tags, profile))) return 0;
    if (is_service_tunnel(tags) && !is_invitation(tags.find("bicycle"))) return 0;
    int pace = profile == Profile::cargo_bike ? highway.cargo_bike : highway.bike;
    if (is_invitation(tags.find("bicycle"))) {
        const int bound = profile == Profile::cargo_bike ? kInvited : highway.bike_invited;
        pace = std::max(pace, std::min(highway.bike_invited, bound));
    }
    pace = bounded(pace, kSurfaces, tags.find("surface"), profile);
    return bounded(pace, kSmoothness, tags.find("smoothness"), profile);
}

// Whether cyclists may go against the traffic of a one-way street, and whether on their own lane.
struct Contraflow {
    bool is_allowed = false;
    bool has_lane = false;
};

Contraflow contraflow_of(const OsmTags& tags) {
    Contraflow found{.is_allowed = is_no(tags.find("oneway:bicycle"))};
    for (const std::string_view key :
         {"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"}) {
        const std::string_view value = tags.find(key);
        const std::string_view oneway = tags.find(std::string(key) + ":oneway");
        const bool is_opposite = value.starts_with("opposite");
        const bool is_two_way =
            is_one_of(value, {"lane", "track"}) && is_one_of(oneway, {"no", "-1"});
        if (is_opposite || is_two_way) found.is_allowed = true;
        if (is_one_of(value, {"opposite_lane", "opposite_track"}) || is_two_way)
            found.has_lane = true;
    }
    return found;
}

enum class Flow { both, forward, backward };

Flow flow_of(std::string_view oneway) {
    if (is_yes(oneway)) return Flow::forward;
    return is_one_of(oneway, {"-1", "reverse"}) ? Flow::backward : Flow::both;
}

WayRule with_oneway(WayRule rule, const OsmTags& tags) {
    const bool is_circle = is_one_of(tags.find("junction"), {"roundabout", "circular"});
    const std::string_view oneway = tags.find("oneway");
    Flow flow = oneway.empty() && is_circle ? Flow::forward : flow_of(oneway);
    if (const Flow of_bikes = flow_of(tags.find("oneway:bicycle")); of_bikes != Flow::both)
        flow = of_bikes;
    if (flow == Flow::both) return rule;
    std::uint16_t& against = flow == Flow::forward ? rule.backward_dkmh : rule.forward_dkmh;
    const Contraflow contraflow = contraflow_of(tags);
    if (!contraflow.is_allowed) {
        against = 0;
    } else if (!contraflow.has_lane) {
        against = static_cast<std::uint16_t>(std::lround(against * kWithoutLane));
    }
    return rule;
}

// Where nobody may ride, a bike is pushed as long as one may walk there.
WayRule pushing_rule(const OsmTags& tags, const HighwayPace& highway, Profile profile) {
    const WayRule walking = walking_rule(tags, highway);
    if (walking.is_closed()) return {};
    if (walking.manner == Manner::steps)
        return profile == Profile::cargo_bike ? WayRule{} : both_ways(kSteps, Manner::steps);
    return both_ways(kPush, Manner::pushing);
}

WayRule cycling_rule(const OsmTags& tags, const HighwayPace& highway, Profile profile) {
    if (profile == Profile::cargo_bike) {
        const auto width_m = narrowest_m(tags, {"width", "maxwidth", "maxwidth:physical"});
        if (width_m && *width_m < kCargoOpeningMetres) return {};
        if (is_closing(tags.find("cargo_bike"))) return {};
    }
    const int pace = riding_pace(tags, highway, profile);
    if (pace == 0) return pushing_rule(tags, highway, profile);
    return with_oneway(both_ways(pace, Manner::usual), tags);
}

int delay_of(const BarrierDelay& barrier, Profile profile) {
    switch (profile) {
        case Profile::foot: return barrier.foot_s;
        case Profile::bike: return barrier.bike_s;
        case Profile::cargo_bike: return barrier.cargo_bike_s;
    }
    return kNever;
}

// Seconds at a barrier, or kNever.
int barrier_delay(const OsmTags& tags, Profile profile) {
    std::string_view barrier = tags.find("barrier");
    if (barrier.empty() && tags.find("kerb") == "raised") barrier = "kerb";
    if (barrier.empty()) return 0;
    const std::string_view access = access_of(tags, profile);
    if (is_closing(access) && access != "dismount") return kNever;
    const auto* found = std::ranges::find(kBarriers, barrier, &BarrierDelay::barrier);
    int delay_s = delay_of(found == std::end(kBarriers) ? kOtherBarrier : *found, profile);
    if (delay_s == kNever && is_invitation(access)) delay_s = kMeasuredWideEnoughSeconds;
    if (profile != Profile::cargo_bike) return delay_s;
    const auto opening_m = narrowest_m(tags, {"maxwidth:physical", "opening", "spacing"});
    if (!opening_m) return delay_s;
    if (*opening_m < kCargoOpeningMetres) return kNever;
    return delay_s == kNever ? kMeasuredWideEnoughSeconds : delay_s;
}

}  // namespace

std::string_view to_string(Profile profile) {
    switch (profile) {
        case Profile::foot: return "foot";
        case Profile::bike: return "bike";
        case Profile::cargo_bike: return "cargo_bike";
    }
    return "";
}

std::optional<Profile> parse_profile(std::string_view name) {
    for (const Profile profile : kProfiles)
        if (to_string(profile) == name) return profile;
    return std::nullopt;
}

WayRule way_rule(const OsmTags& tags, Profile profile) {
    const HighwayPace* highway = find_highway(tags);
    if (highway == nullptr) return {};
    return profile == Profile::foot ? walking_rule(tags, *highway)
                                    : cycling_rule(tags, *highway, profile);
}

NodeRule node_rule(const OsmTags& tags, Profile profile) {
    const int at_barrier_s = barrier_delay(tags, profile);
    if (at_barrier_s == kNever) return {.is_closed = true};
    const int at_light_s = tags.find("highway") == "traffic_signals" ? kTrafficLightSeconds : 0;
    return {.delay_s = static_cast<std::uint16_t>(at_barrier_s + at_light_s)};
}

double pushing_max_m(Profile profile) {
    return profile == Profile::cargo_bike ? kCargoPushingMetres
                                          : std::numeric_limits<double>::infinity();
}

bool obeys_turn_signs(Profile profile) { return profile != Profile::foot; }

}  // namespace emplettes::geo
