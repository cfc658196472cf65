#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "geo/tiles/tile_set.h"

namespace emplettes::geo {

struct TileOptions {
    std::optional<Bounds> bounds;  // of the territory; else what the file says: see map_reader.h
    std::uint64_t source = 0;      // for TileSet::Origin
};

// Draws the map of a file as tiles. The same file and options give the same bytes. Reports its
// progress now and then, on this thread, as (done, all). Throws std::runtime_error as
// read_map_features() does, and when the territory is wider than kTilesMax tiles of the nearest
// zoom, which no city is.
std::shared_ptr<const TileSet> make_tiles(
    const std::string& osm_file, const TileOptions& options,
    const std::function<void(std::int64_t, std::int64_t)>& on_progress = {});

// The same of what has been read.
std::shared_ptr<const TileSet> make_tiles(const MapFeatures& map, std::uint64_t source);

// Whether a territory is small enough for tiles.
bool has_tiles_enough(const Bounds& bounds);
inline constexpr std::int64_t kTilesMax = 65'536;  // 256 in a square: 400 km at Paris

}  // namespace emplettes::geo
