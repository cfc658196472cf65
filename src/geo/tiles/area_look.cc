#include "geo/tiles/area_look.h"

#include <algorithm>
#include <initializer_list>

#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

struct TaggedArea {
    std::string_view key;
    std::string_view value;
    AreaLook look;
};
// The first that fits counts. Not drawn: boundaries, land use that is built upon, what is indoors.
constexpr AreaLook kWater{MapLayer::water, ""};
constexpr AreaLook kPark{MapLayer::green, "park"};
constexpr AreaLook kWood{MapLayer::green, "wood"};
constexpr AreaLook kCemetery{MapLayer::green, "cemetery"};
constexpr AreaLook kPitch{MapLayer::green, "pitch"};
constexpr AreaLook kPaved{MapLayer::paved, ""};
constexpr TaggedArea kTaggedAreas[] = {
    {"natural", "water", kWater},
    {"waterway", "riverbank", kWater},
    {"waterway", "dock", kWater},
    {"landuse", "reservoir", kWater},
    {"landuse", "basin", kWater},
    {"leisure", "pitch", kPitch},
    {"leisure", "track", kPitch},
    {"landuse", "cemetery", kCemetery},
    {"amenity", "grave_yard", kCemetery},
    {"natural", "wood", kWood},
    {"natural", "scrub", kWood},
    {"landuse", "forest", kWood},
    {"leisure", "park", kPark},
    {"leisure", "garden", kPark},
    {"leisure", "playground", kPark},
    {"leisure", "golf_course", kPark},
    {"leisure", "nature_reserve", kPark},
    {"landuse", "grass", kPark},
    {"landuse", "meadow", kPark},
    {"landuse", "village_green", kPark},
    {"landuse", "recreation_ground", kPark},
    {"landuse", "allotments", kPark},
    {"natural", "grassland", kPark},
    {"natural", "heath", kPark},
    {"place", "square", kPaved},
    {"amenity", "marketplace", kPaved},
    {"man_made", "pier", kPaved},
    {"railway", "platform", kPaved},
    {"public_transport", "platform", kPaved},
};

bool is_among(std::string_view value, std::initializer_list<std::string_view> values) {
    return std::ranges::find(values, value) != values.end();
}

bool is_set(std::string_view value) { return !value.empty() && value != "no"; }

struct NamedPlace {
    std::string_view key;
    std::string_view value;
    LabelLook look;
};
constexpr NamedPlace kNamedPlaces[] = {
    {"place", "city", {"town", 100, 10}},
    {"place", "town", {"town", 90, 10}},
    {"place", "village", {"town", 80, 11}},
    {"place", "borough", {"quarter", 75, 11}},
    {"place", "suburb", {"quarter", 70, 12}},
    {"place", "quarter", {"quarter", 65, 13}},
    {"place", "neighbourhood", {"quarter", 60, 14}},
    {"railway", "station", {"station", 50, 13}},
    {"railway", "halt", {"station", 45, 13}},
    {"leisure", "park", {"park", 30, 13}},
    {"leisure", "garden", {"park", 25, 14}},
    {"landuse", "cemetery", {"park", 25, 14}},
    {"place", "square", {"square", 40, 14}},
    {"highway", "pedestrian", {"square", 35, 14}},
};

}  // namespace

std::optional<AreaLook> area_look(const OsmTags& tags) {
    if (tags.empty() || tags.find("area") == "no" ||
        is_among(tags.find("location"), {"underground"}))
        return std::nullopt;
    if (is_set(tags.find("building"))) return AreaLook{MapLayer::building, ""};
    for (const TaggedArea& tagged : kTaggedAreas)
        if (tags.find(tagged.key) == tagged.value) return tagged.look;
    const bool is_walked = is_among(tags.find("highway"), {"pedestrian", "footway", "path",
                                                           "living_street", "service", "steps"});
    if (is_walked && tags.find("area") == "yes" && !is_set(tags.find("indoor"))) return kPaved;
    return std::nullopt;
}

std::string_view waterway_kind(const OsmTags& tags) {
    if (is_set(tags.find("tunnel"))) return {};
    const std::string_view waterway = tags.find("waterway");
    for (const std::string_view kind : {"river", "canal", "stream"})
        if (waterway == kind) return kind;
    return {};
}

std::optional<LabelLook> label_look(const OsmTags& tags) {
    for (const NamedPlace& place : kNamedPlaces) {
        if (tags.find(place.key) != place.value) continue;
        if (place.key == "highway" && tags.find("area") != "yes") continue;
        return place.look;
    }
    return std::nullopt;
}

}  // namespace emplettes::geo
