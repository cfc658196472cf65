#include "geo/tiles/tile_maker.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "geo/tiles/map_reader.h"
#include "geo/tiles/plane_shapes.h"
#include "geo/tiles/zoom_tiles.h"

namespace emplettes::geo {
namespace {

// Drawing counts as much as a pass over the file.
constexpr std::int64_t kReadingParts = 3;
constexpr std::int64_t kAllParts = 4;

std::int64_t count_tiles(const Bounds& bounds) {
    const TileAddress first = tile_at({.lat = bounds.north, .lon = bounds.west}, kTileZoomMax);
    const TileAddress last = tile_at({.lat = bounds.south, .lon = bounds.east}, kTileZoomMax);
    const auto count = [](std::uint32_t from, std::uint32_t to) {
        return std::max<std::int64_t>(0, std::int64_t{to} - from + 1);
    };
    return count(first.x, last.x) * count(first.y, last.y);
}

void expect_city(const Bounds& bounds) {
    if (has_tiles_enough(bounds)) return;
    throw std::runtime_error("The map would have " + std::to_string(count_tiles(bounds)) +
                             " tiles, and at most " + std::to_string(kTilesMax) +
                             " are made: give the bounds of the territory.");
}

// Large areas first, for small ones lie upon them: a pitch in a park.
std::vector<const MapArea*> by_size(const std::vector<MapArea>& areas) {
    std::vector<std::pair<double, const MapArea*>> sized;
    sized.reserve(areas.size());
    for (const MapArea& area : areas)
        sized.emplace_back(std::abs(area_of(area.rings.front())), &area);
    std::ranges::stable_sort(sized, std::greater{}, &std::pair<double, const MapArea*>::first);
    std::vector<const MapArea*> sorted;
    sorted.reserve(sized.size());
    for (const auto& [size, area] : sized) sorted.push_back(area);
    return sorted;
}

}  // namespace

bool has_tiles_enough(const Bounds& bounds) { return count_tiles(bounds) <= kTilesMax; }

std::shared_ptr<const TileSet> make_tiles(const MapFeatures& map, std::uint64_t source) {
    expect_city(map.bounds);
    const std::vector<const MapArea*> areas = by_size(map.areas);
    std::vector<TileSet::Tile> tiles;
    for (int zoom = kTileZoomMin; zoom <= kTileZoomMax; ++zoom) {
        ZoomTiles drawn(zoom, map.bounds);
        for (const MapArea* area : areas) drawn.add_area(*area);
        drawn.add_waterways(map.waterways);
        drawn.add_streets(map.streets);
        for (const MapNumber& number : map.numbers) drawn.add_number(number);
        for (const MapLabel& label : map.labels) drawn.add_label(label);
        std::ranges::move(drawn.finish(), std::back_inserter(tiles));
    }
    return TileSet::make(std::move(tiles),
                         {.map = map.report, .bounds = map.bounds, .source = source});
}

std::shared_ptr<const TileSet> make_tiles(
    const std::string& osm_file, const TileOptions& options,
    const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    std::int64_t all = kAllParts;
    const auto on_read = [&](std::int64_t done, std::int64_t bytes) {
        all = bytes / kReadingParts * kAllParts;
        if (on_progress) on_progress(done, all);
    };
    const MapFeatures map = read_map_features(osm_file, options.bounds, on_read);
    auto set = make_tiles(map, options.source);
    if (on_progress) on_progress(all, all);
    return set;
}

}  // namespace emplettes::geo
