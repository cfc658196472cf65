#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/tiles/map_features.h"

namespace emplettes::geo {

// One feature of a tile of ours, as a picture needs it.
struct DrawnFeature {
    MapLayer layer = MapLayer::water;
    std::map<std::string, std::string, std::less<>> texts;     // attributes
    std::map<std::string, std::int64_t, std::less<>> numbers;  // likewise
    std::vector<PlaneLine> parts;  // points, lines or rings, in coordinates of the tile

    std::string_view text(std::string_view key) const;  // empty when absent
    std::int64_t number(std::string_view key) const;    // 0 when absent
};

// What TileEncoder wrote and pack_tile() packed. Throws std::exception when it is anything else.
std::vector<DrawnFeature> read_tile(std::span<const std::byte> gzip_bytes);

}  // namespace emplettes::geo
