#include "geo/tiles/opened_tiles.h"

namespace emplettes::geo {
namespace {

// Why an image cannot be used; empty: it can.
std::string fault_of(const Result<std::shared_ptr<const TileSet>, ImageError>& loaded,
                     const TileOptions& options) {
    if (!loaded) return std::string(to_string(loaded.error()));
    const TileSet::Origin& origin = (*loaded)->origin();
    if (origin.rules != kTileRules) return "it was made by other rules";
    if (options.bounds && origin.bounds != *options.bounds) return "it was made for other bounds";
    return origin.source == options.source ? "" : "it was made of another map";
}

}  // namespace

OpenedTiles open_tiles(const std::string& osm_file, const TileOptions& options,
                       const std::filesystem::path& image,
                       const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    const auto loaded = TileSet::load(image);
    OpenedTiles opened{.built_because = fault_of(loaded, options)};
    if (opened.built_because.empty()) {
        opened.tiles = *loaded;
        return opened;
    }
    opened.tiles = make_tiles(osm_file, options, on_progress);
    opened.tiles->save(image);
    return opened;
}

}  // namespace emplettes::geo
