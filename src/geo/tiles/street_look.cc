#include "geo/tiles/street_look.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "geo/osm_file.h"
#include "geo/streets/travel_profile.h"

namespace emplettes::geo {
namespace {

constexpr std::int64_t kCalmKmh = 30;  // as the zones of calmed traffic have it
constexpr int kComfortable = 3;
constexpr int kFine = 2;
constexpr int kHard = 1;

struct NamedClass {
    std::string_view highway;
    StreetClass street_class;
};
constexpr NamedClass kStreetClasses[] = {
    {"motorway", StreetClass::motorway},   {"motorway_link", StreetClass::motorway},
    {"trunk", StreetClass::motorway},      {"trunk_link", StreetClass::motorway},
    {"primary", StreetClass::main},        {"primary_link", StreetClass::main},
    {"secondary", StreetClass::secondary}, {"secondary_link", StreetClass::secondary},
    {"tertiary", StreetClass::secondary},  {"tertiary_link", StreetClass::secondary},
    {"unclassified", StreetClass::minor},  {"residential", StreetClass::minor},
    {"living_street", StreetClass::minor}, {"road", StreetClass::minor},
    {"busway", StreetClass::minor},        {"service", StreetClass::service},
    {"track", StreetClass::service},       {"pedestrian", StreetClass::pedestrian},
    {"footway", StreetClass::path},        {"path", StreetClass::path},
    {"cycleway", StreetClass::path},       {"bridleway", StreetClass::path},
    {"steps", StreetClass::steps},
};

bool has_value(std::string_view value, std::initializer_list<std::string_view> values) {
    return std::ranges::find(values, value) != values.end();
}

bool says_yes(std::string_view value) { return has_value(value, {"yes", "true", "1"}); }

bool has_cycle_way(const OsmTags& tags, std::initializer_list<std::string_view> values) {
    for (const std::string_view key :
         {"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"})
        if (has_value(tags.find(key), values)) return true;
    return false;
}

std::int8_t oneway_of(const OsmTags& tags) {
    const std::string_view oneway = tags.find("oneway");
    if (says_yes(oneway)) return 1;
    if (has_value(oneway, {"-1", "reverse"})) return -1;
    const bool is_circle = has_value(tags.find("junction"), {"roundabout", "circular"});
    return oneway.empty() && is_circle ? 1 : 0;
}

CycleWay cycle_way_of(const OsmTags& tags, bool is_oneway) {
    const std::string_view highway = tags.find("highway");
    const bool is_signed = has_value(highway, {"path", "footway", "bridleway"}) &&
                           tags.find("bicycle") == "designated";
    if (highway == "cycleway" || is_signed || has_cycle_way(tags, {"track", "opposite_track"}))
        return CycleWay::track;
    const bool is_both_ways =
        tags.find("oneway:bicycle") == "no" || has_cycle_way(tags, {"opposite", "opposite_lane"});
    if (is_oneway && is_both_ways) return CycleWay::contraflow;
    const bool has_lane =
        has_cycle_way(tags, {"lane", "opposite_lane", "share_busway", "opposite_share_busway"});
    return has_lane ? CycleWay::lane : CycleWay::none;
}

bool is_calm(const OsmTags& tags) {
    const auto limit_kmh = parse_int(tags.find("maxspeed"));
    return (limit_kmh && *limit_kmh > 0 && *limit_kmh <= kCalmKmh) ||
           tags.find("maxspeed") == "walk" || tags.find("maxspeed").ends_with(":zone30");
}

bool is_without_through_cars(const OsmTags& tags) {
    for (const std::string_view key : {"motor_vehicle", "motorcar", "vehicle"})
        if (has_value(tags.find(key), {"no", "private", "delivery", "destination"})) return true;
    return false;
}

int comfort_on_big_street(const StreetLook& look, const OsmTags& tags) {
    const bool has_lane = look.cycle == CycleWay::lane;
    if (look.street_class == StreetClass::motorway) return kHard;
    if (has_lane && is_calm(tags))
        return look.street_class == StreetClass::main ? kFine : kComfortable;
    return has_lane || is_calm(tags) ? kFine : kHard;
}

int comfort_by_traffic(const StreetLook& look, const OsmTags& tags) {
    const bool is_cycle_street =
        says_yes(tags.find("bicycle_road")) || says_yes(tags.find("cyclestreet"));
    if (look.cycle == CycleWay::track || is_cycle_street) return kComfortable;
    switch (look.street_class) {
        case StreetClass::motorway:
        case StreetClass::main:
        case StreetClass::secondary: return comfort_on_big_street(look, tags);
        case StreetClass::minor:
        case StreetClass::service:
            return is_calm(tags) || is_without_through_cars(tags) ||
                           tags.find("highway") == "living_street"
                       ? kComfortable
                       : kFine;
        case StreetClass::pedestrian:
        case StreetClass::path: return kFine;
        case StreetClass::steps:
        case StreetClass::rail: return 0;
    }
    return 0;
}

std::uint8_t bike_comfort(const StreetLook& look, const OsmTags& tags) {
    const WayRule rule = way_rule(tags, Profile::bike);
    if (rule.is_closed() || rule.manner != Manner::usual) return 0;
    int comfort = comfort_by_traffic(look, tags);
    const std::string_view surface = tags.find("surface");
    if (has_value(surface, {"sett", "cobblestone:flattened", "unpaved", "ground", "dirt", "earth",
                            "fine_gravel", "grass_paver"}))
        comfort = std::max(kHard, comfort - 1);
    if (has_value(surface, {"cobblestone", "unhewn_cobblestone", "gravel", "pebblestone", "grass",
                            "mud", "sand", "woodchips"}))
        comfort = std::min(kHard, comfort);
    return static_cast<std::uint8_t>(comfort);
}

std::optional<StreetLook> rail_look(const OsmTags& tags) {
    if (!has_value(tags.find("railway"), {"rail", "light_rail", "tram", "narrow_gauge", "funicular",
                                          "subway", "monorail"}))
        return std::nullopt;
    // Underground lines say nothing to who walks above them.
    if (says_yes(tags.find("tunnel")) || !tags.find("service").empty()) return std::nullopt;
    return StreetLook{.street_class = StreetClass::rail,
                      .is_bridge = !tags.find("bridge").empty() && tags.find("bridge") != "no"};
}

bool is_beside_street(const OsmTags& tags) {
    return tags.find("highway") == "footway" &&
           has_value(tags.find("footway"), {"sidewalk", "crossing", "traffic_island"});
}

}  // namespace

std::string_view to_string(StreetClass street_class) {
    switch (street_class) {
        case StreetClass::motorway: return "motorway";
        case StreetClass::main: return "main";
        case StreetClass::secondary: return "secondary";
        case StreetClass::minor: return "minor";
        case StreetClass::service: return "service";
        case StreetClass::pedestrian: return "pedestrian";
        case StreetClass::path: return "path";
        case StreetClass::steps: return "steps";
        case StreetClass::rail: return "rail";
    }
    return "";
}

std::string_view to_string(CycleWay cycle_way) {
    switch (cycle_way) {
        case CycleWay::none: return "";
        case CycleWay::track: return "track";
        case CycleWay::lane: return "lane";
        case CycleWay::contraflow: return "contraflow";
    }
    return "";
}

std::optional<StreetLook> street_look(const OsmTags& tags) {
    const std::string_view highway = tags.find("highway");
    if (highway.empty()) return rail_look(tags);
    const auto* found = std::ranges::find(kStreetClasses, highway, &NamedClass::highway);
    if (found == std::end(kStreetClasses) || is_beside_street(tags) ||
        says_yes(tags.find("area")) || says_yes(tags.find("indoor")))
        return std::nullopt;
    StreetLook look{.street_class = found->street_class, .oneway = oneway_of(tags)};
    look.cycle = cycle_way_of(tags, look.oneway != 0);
    look.bike = bike_comfort(look, tags);
    const std::string_view tunnel = tags.find("tunnel");
    look.is_tunnel = !tunnel.empty() && tunnel != "no";
    const std::string_view bridge = tags.find("bridge");
    look.is_bridge = !bridge.empty() && bridge != "no";
    look.name = tags.text("name");
    return look;
}

int zoom_min(StreetClass street_class) {
    switch (street_class) {
        case StreetClass::motorway:
        case StreetClass::main: return 10;
        case StreetClass::secondary:
        case StreetClass::rail: return 11;
        case StreetClass::minor: return 12;
        case StreetClass::pedestrian:
        case StreetClass::service: return 13;
        case StreetClass::path:
        case StreetClass::steps: return 14;
    }
    return 14;
}

int name_zoom_min(StreetClass street_class) {
    switch (street_class) {
        case StreetClass::motorway:
        case StreetClass::main: return 12;
        case StreetClass::secondary: return 13;
        case StreetClass::minor:
        case StreetClass::pedestrian:
        case StreetClass::service:
        case StreetClass::path:
        case StreetClass::steps:
        case StreetClass::rail: return 14;
    }
    return 14;
}

}  // namespace emplettes::geo
