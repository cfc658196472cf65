#pragma once
#include <map>
#include <vector>

#include "geo/tiles/tile_encoder.h"
#include "geo/tiles/tile_set.h"

namespace emplettes::geo {

// The tiles of one zoom while they are drawn.
class ZoomTiles {
  public:
    ZoomTiles(int zoom, const Bounds& bounds);

    void add_area(const MapArea& area);
    void add_streets(const std::vector<MapStreet>& streets);
    void add_waterways(const std::vector<MapWaterway>& waterways);
    void add_number(const MapNumber& number);
    void add_label(const MapLabel& label);

    // Those with anything in them, compressed.
    std::vector<TileSet::Tile> finish() const;

  private:
    // Tiles in a row, column by column: numbers from the first to the last.
    struct Range {
        std::int32_t first = 0;
        std::int32_t last = -1;
    };
    static Range tiles_touched(std::int32_t from, std::int32_t to, const Range& of_map);
    Range columns_of(const PlaneBox& box) const {
        return tiles_touched(box.west, box.east, columns_);
    }
    Range rows_of(const PlaneBox& box) const { return tiles_touched(box.north, box.south, rows_); }

    PlaneLine on_grid(const PlaneLine& line) const;
    TileEncoder& tile(std::int32_t column, std::int32_t row);
    void add_line(MapLayer layer, const TileAttributes& attributes, const PlaneLine& line);
    void add_rings(const MapArea& area, const std::vector<PlaneLine>& rings, std::int32_t column);
    void add_point(MapLayer layer, const TileAttributes& attributes, PlanePoint world);

    int zoom_;
    Range columns_;
    Range rows_;
    std::map<TileAddress, TileEncoder> tiles_;
};

}  // namespace emplettes::geo
