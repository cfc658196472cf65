#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "geo/tiles/tile_maker.h"

namespace emplettes::geo {

struct OpenedTiles {
    std::shared_ptr<const TileSet> tiles;
    std::string built_because;  // "it is damaged"; empty: they were read from their file
};

// The tiles of a map, kept in `image`: read from there when they were made of the same map for the
// same bounds by the same rules, else made and written there. `options.source` is a hash of the
// map's file. Throws std::runtime_error as make_tiles() does, and when the image cannot be written.
OpenedTiles open_tiles(const std::string& osm_file, const TileOptions& options,
                       const std::filesystem::path& image,
                       const std::function<void(std::int64_t, std::int64_t)>& on_progress);

}  // namespace emplettes::geo
