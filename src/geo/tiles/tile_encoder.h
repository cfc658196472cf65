#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "geo/tiles/map_features.h"

namespace emplettes::geo {

using TileValue = std::variant<std::string_view, std::int64_t>;
using TileAttributes = std::vector<std::pair<std::string_view, TileValue>>;

// Writes one tile as Mapbox Vector Tile 2. Coordinates are those of the tile: 0 to 4,096 and what
// lies around it. The same calls give the same bytes.
class TileEncoder {
  public:
    void add_point(MapLayer layer, const TileAttributes& attributes, PlanePoint point);
    // Each line has at least two points.
    void add_lines(MapLayer layer, const TileAttributes& attributes,
                   const std::vector<PlaneLine>& lines);
    // The first ring is the outer one, each has at least three points; they are turned as the
    // format wants them. Rings without area are left out.
    void add_area(MapLayer layer, const TileAttributes& attributes,
                  const std::vector<PlaneLine>& rings);

    bool empty() const;
    std::string bytes() const;

  private:
    struct Layer {
        std::string features;
        std::map<std::string, std::uint32_t, std::less<>> number_of_key;
        std::vector<std::string> keys;
        std::map<std::string, std::uint32_t> number_of_value;  // by their bytes
        std::vector<std::string> values;
    };
    void add(MapLayer layer, const TileAttributes& attributes, std::uint32_t type,
             const std::vector<std::uint32_t>& geometry);

    std::array<Layer, kMapLayerCount> layers_;
};

// As gzip, always the same for the same bytes.
std::string pack_tile(std::string_view bytes);

}  // namespace emplettes::geo
