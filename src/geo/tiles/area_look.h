#pragma once
#include <optional>
#include <string_view>

#include "geo/tiles/map_features.h"

namespace emplettes::geo {

class OsmTags;

// How an area is drawn.
struct AreaLook {
    MapLayer layer = MapLayer::green;
    std::string_view kind;  // a literal
};
// None when an area with these tags is not drawn.
std::optional<AreaLook> area_look(const OsmTags& tags);

// "river", "canal", "stream"; empty when a line with these tags is no water above ground.
std::string_view waterway_kind(const OsmTags& tags);

// A name to write at a place: at a node, or within an area.
struct LabelLook {
    std::string_view kind;
    double weight = 0;
    int zoom_min = 0;
};
std::optional<LabelLook> label_look(const OsmTags& tags);

}  // namespace emplettes::geo
