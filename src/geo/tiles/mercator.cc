#include "geo/tiles/mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emplettes::geo {
namespace {

constexpr double kLatitudeMax = 85.051128779806604;  // where the square of the projection ends
constexpr double kWorldSize = 1 << kWorldBits;

std::int32_t world_unit(double share) {
    return static_cast<std::int32_t>(std::lround(std::clamp(share, 0.0, 1.0) * kWorldSize));
}

constexpr int grid_shift(int zoom) { return kWorldBits - kTileBits - zoom; }

}  // namespace

PlanePoint to_world(Point point) {
    const double lat = std::clamp(point.lat, -kLatitudeMax, kLatitudeMax);
    const double sine = std::sin(lat * std::numbers::pi / 180);
    const double y = 0.5 - std::log((1 + sine) / (1 - sine)) / (4 * std::numbers::pi);
    return {.x = world_unit((point.lon + 180) / 360), .y = world_unit(y)};
}

Point to_point(PlanePoint world) {
    const double north = std::numbers::pi * (1 - 2.0 * world.y / kWorldSize);
    return {.lat = std::atan(std::sinh(north)) * 180 / std::numbers::pi,
            .lon = world.x / kWorldSize * 360 - 180};
}

PlanePoint to_grid(PlanePoint world, int zoom) {
    const int shift = grid_shift(zoom);
    const std::int32_t half = (1 << shift) / 2;
    return {.x = (world.x + half) >> shift, .y = (world.y + half) >> shift};
}

PlanePoint grid_to_world(PlanePoint grid, int zoom) {
    const std::int32_t unit = 1 << grid_shift(zoom);
    return {.x = grid.x * unit, .y = grid.y * unit};
}

TileAddress tile_at(Point point, int zoom) {
    const PlanePoint world = to_world(point);
    const auto number = [&](std::int32_t unit) {
        const std::int32_t tile = unit >> (kWorldBits - zoom);
        return static_cast<std::uint32_t>(std::min(tile, (1 << zoom) - 1));
    };
    return {.zoom = zoom, .x = number(world.x), .y = number(world.y)};
}

Bounds bounds_of(const TileAddress& tile) {
    const PlanePoint corner = tile.corner();
    const Point first = to_point(grid_to_world(corner, tile.zoom));
    const Point last =
        to_point(grid_to_world({corner.x + kTileExtent, corner.y + kTileExtent}, tile.zoom));
    return {.south = last.lat, .west = first.lon, .north = first.lat, .east = last.lon};
}

}  // namespace emplettes::geo
