#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/tiles/mercator.h"
#include "geo/tiles/street_look.h"

namespace emplettes::geo {

inline constexpr int kTileZoomMin = 10;
inline constexpr int kTileZoomMax = 14;  // nearer than that, these are enlarged

// The layers of a tile. Their names and attributes are what styles are written for:
//   water     areas
//   waterway  lines   kind: river | canal | stream
//   green     areas   kind: park | wood | cemetery | pitch
//   paved     areas   squares and other ground for walkers
//   building  areas   from zoom 13
//   street    lines   class, bike, cycle, oneway, tunnel, bridge, name: see StreetLook; what is 0,
//                     false or empty is absent. class from zoom_min(), bike from zoom 12, names
//                     from name_zoom_min(), the rest from 13: what is absent joins lines
//   number    points  number: of a house; zoom 14 only
//   label     points  kind: town | quarter | square | park | station; name; the weightiest first
enum class MapLayer : std::uint8_t {
    water,
    waterway,
    green,
    paved,
    building,
    street,
    number,
    label
};
inline constexpr std::size_t kMapLayerCount = 8;
std::string_view to_string(MapLayer layer);  // "water"

// One area with its holes: the first ring is the outer one.
struct MapArea {
    MapLayer layer = MapLayer::green;
    std::string_view kind;  // a literal; empty where the layer has none
    std::vector<PlaneLine> rings;
};

struct MapStreet {
    StreetLook look;
    PlaneLine line;
};

struct MapWaterway {
    std::string_view kind;
    PlaneLine line;
};

struct MapNumber {
    std::string number;
    PlanePoint at;
};

struct MapLabel {
    std::string_view kind;
    std::string name;
    PlanePoint at;
    double weight = 0;  // the heavier of two labels is to be shown rather
    int zoom_min = kTileZoomMin;
};

// What a file said, and what of it could not be used.
struct MapReport {
    std::int64_t areas = 0;
    std::int64_t lines = 0;
    std::int64_t points = 0;
    std::int64_t missing_nodes = 0;  // references of what is drawn to nodes that the file lacks
    std::int64_t broken_areas = 0;   // left out: not closed, cut by the edge of the file, crossing
    std::int64_t duplicates = 0;     // ways that came again: the first one counts
};

// All that a map shows, in coordinates of the world.
struct MapFeatures {
    Bounds bounds;
    std::vector<MapArea> areas;
    std::vector<MapStreet> streets;
    std::vector<MapWaterway> waterways;
    std::vector<MapNumber> numbers;
    std::vector<MapLabel> labels;
    MapReport report;
};

}  // namespace emplettes::geo
