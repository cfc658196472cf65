#pragma once
#include <compare>
#include <cstdint>
#include <vector>

#include "geo/point.h"

namespace emplettes::geo {

// A point of a plane of whole numbers, x to the east and y to the south: of the world, of the grid
// of a zoom or of one tile.
struct PlanePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    auto operator<=>(const PlanePoint&) const = default;
};
using PlaneLine = std::vector<PlanePoint>;  // closed without its first point again: a ring

struct PlaneBox {
    std::int32_t west = 0;
    std::int32_t north = 0;
    std::int32_t east = 0;
    std::int32_t south = 0;

    auto operator<=>(const PlaneBox&) const = default;
    bool contains(PlanePoint p) const {
        return p.x >= west && p.x <= east && p.y >= north && p.y <= south;
    }
    bool contains(const PlaneBox& box) const {
        return contains(PlanePoint{box.west, box.north}) &&
               contains(PlanePoint{box.east, box.south});
    }
    PlaneBox wider_by(std::int32_t margin) const {
        return {west - margin, north - margin, east + margin, south + margin};
    }
};

// The world is a square of 2^30 units (Web Mercator, EPSG:3857): some centimetres each.
inline constexpr int kWorldBits = 30;
inline constexpr int kTileBits = 12;
inline constexpr std::int32_t kTileExtent = 1 << kTileBits;  // of a tile in units of its grid

// Latitudes beyond 85.05° are put there.
PlanePoint to_world(Point point);
Point to_point(PlanePoint world);

// The grid of a zoom has 4,096 units for each tile; rounded to the nearest.
PlanePoint to_grid(PlanePoint world, int zoom);
PlanePoint grid_to_world(PlanePoint grid, int zoom);

// A tile of the usual numbering: x from 180° west to the east, y from the north.
struct TileAddress {
    int zoom = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;

    auto operator<=>(const TileAddress&) const = default;
    PlanePoint corner() const {  // its north-west one, on the grid of its zoom
        return {static_cast<std::int32_t>(x * kTileExtent),
                static_cast<std::int32_t>(y * kTileExtent)};
    }
};
TileAddress tile_at(Point point, int zoom);
Bounds bounds_of(const TileAddress& tile);

}  // namespace emplettes::geo
