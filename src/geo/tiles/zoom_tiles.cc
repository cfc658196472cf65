#include "geo/tiles/zoom_tiles.h"

#include <algorithm>
#include <cmath>

#include "geo/tiles/line_joining.h"
#include "geo/tiles/plane_shapes.h"

namespace emplettes::geo {
namespace {

// What is drawn beyond the edge of a tile, so that strokes do not end there.
constexpr std::int32_t kTileBuffer = 64;

// A tile is shown about 512 pixels wide, so 8 units are a pixel. The nearest zoom is enlarged, and
// keeps what it has.
constexpr double kToleranceUnits = 4;
constexpr double kToleranceNearestUnits = 1;
constexpr double kAreaMinUnits = 256;  // four square pixels
constexpr double kAreaMinNearestUnits = 16;
constexpr double kLineMinUnits = 16;  // two pixels, both ways: else it is not drawn

constexpr int kBikeZoomMin = 12;
constexpr int kDetailZoomMin = 13;  // one-way arrows, lanes

constexpr int area_zoom_min(MapLayer layer) {
    switch (layer) {
        case MapLayer::paved:
        case MapLayer::building: return 13;
        case MapLayer::water:
        case MapLayer::green:
        case MapLayer::waterway:
        case MapLayer::street:
        case MapLayer::number:
        case MapLayer::label: return kTileZoomMin;
    }
    return kTileZoomMin;
}

constexpr int waterway_zoom_min(std::string_view kind) {
    if (kind == "river") return kTileZoomMin;
    return kind == "canal" ? 11 : 13;
}

double tolerance_at(int zoom) {
    return zoom == kTileZoomMax ? kToleranceNearestUnits : kToleranceUnits;
}

// What of a street's look is told at a zoom: what is not told does not keep two streets apart.
StreetLook look_at(const StreetLook& look, int zoom) {
    StreetLook seen = look;
    if (zoom < name_zoom_min(look.street_class)) seen.name.clear();
    if (zoom < kBikeZoomMin) seen.bike = 0;
    if (zoom < kDetailZoomMin) {
        seen.cycle = CycleWay::none;
        seen.oneway = 0;
        seen.is_tunnel = false;
        seen.is_bridge = false;
    }
    return seen;
}

TileAttributes attributes_of(const StreetLook& look) {
    TileAttributes attributes = {{"class", to_string(look.street_class)}};
    if (look.bike > 0) attributes.emplace_back("bike", std::int64_t{look.bike});
    if (look.cycle != CycleWay::none) attributes.emplace_back("cycle", to_string(look.cycle));
    if (look.oneway != 0) attributes.emplace_back("oneway", std::int64_t{look.oneway});
    if (look.is_tunnel) attributes.emplace_back("tunnel", std::int64_t{1});
    if (look.is_bridge) attributes.emplace_back("bridge", std::int64_t{1});
    if (!look.name.empty()) attributes.emplace_back("name", std::string_view(look.name));
    return attributes;
}

PlaneLine moved(PlaneLine line, PlanePoint corner) {
    for (PlanePoint& point : line) point = {point.x - corner.x, point.y - corner.y};
    return line;
}

PlaneBox box_of_tiles(std::int32_t column, std::int32_t row) {
    return {column * kTileExtent, row * kTileExtent, (column + 1) * kTileExtent,
            (row + 1) * kTileExtent};
}

// The rings of an area within a box; none when its outer one is outside.
std::vector<PlaneLine> clip_rings(const std::vector<PlaneLine>& rings, const PlaneBox& box) {
    std::vector<PlaneLine> clipped;
    for (const PlaneLine& ring : rings) {
        PlaneLine part = box.contains(box_of(ring)) ? ring : clip_ring(ring, box);
        if (!part.empty()) clipped.push_back(std::move(part));
        if (clipped.empty()) break;
    }
    return clipped;
}

}  // namespace

ZoomTiles::ZoomTiles(int zoom, const Bounds& bounds) : zoom_(zoom) {
    const TileAddress first = tile_at({.lat = bounds.north, .lon = bounds.west}, zoom);
    const TileAddress last = tile_at({.lat = bounds.south, .lon = bounds.east}, zoom);
    columns_ = {static_cast<std::int32_t>(first.x), static_cast<std::int32_t>(last.x)};
    rows_ = {static_cast<std::int32_t>(first.y), static_cast<std::int32_t>(last.y)};
}

ZoomTiles::Range ZoomTiles::tiles_touched(std::int32_t from, std::int32_t to, const Range& of_map) {
    const auto tile_of = [](std::int32_t unit) { return unit >> kTileBits; };
    return {std::max(tile_of(from - kTileBuffer), of_map.first),
            std::min(tile_of(to + kTileBuffer), of_map.last)};
}

TileEncoder& ZoomTiles::tile(std::int32_t column, std::int32_t row) {
    return tiles_[{.zoom = zoom_,
                   .x = static_cast<std::uint32_t>(column),
                   .y = static_cast<std::uint32_t>(row)}];
}

PlaneLine ZoomTiles::on_grid(const PlaneLine& line) const {
    PlaneLine on_grid;
    on_grid.reserve(line.size());
    for (const PlanePoint& point : line) on_grid.push_back(to_grid(point, zoom_));
    return on_grid;
}

void ZoomTiles::add_area(const MapArea& area) {
    if (zoom_ < area_zoom_min(area.layer)) return;
    const bool is_nearest = zoom_ == kTileZoomMax;
    std::vector<PlaneLine> rings;
    for (const PlaneLine& ring : area.rings) {
        PlaneLine simple = simplify_ring(on_grid(ring), tolerance_at(zoom_));
        const double size = std::abs(area_of(simple));
        if (size >= (is_nearest ? kAreaMinNearestUnits : kAreaMinUnits))
            rings.push_back(std::move(simple));
        if (rings.empty()) return;
    }
    // Column by column first: an area over many tiles is not cut out of the whole for each.
    const Range columns = columns_of(box_of(rings.front()));
    for (std::int32_t column = columns.first; column <= columns.last; ++column) {
        PlaneBox strip = box_of_tiles(column, rows_.first).wider_by(kTileBuffer);
        strip.south = (rows_.last + 1) * kTileExtent + kTileBuffer;
        add_rings(area, clip_rings(rings, strip), column);
    }
}

void ZoomTiles::add_rings(const MapArea& area, const std::vector<PlaneLine>& rings,
                          std::int32_t column) {
    if (rings.empty()) return;
    TileAttributes attributes;
    if (!area.kind.empty()) attributes.emplace_back("kind", area.kind);
    const Range rows = rows_of(box_of(rings.front()));
    for (std::int32_t row = rows.first; row <= rows.last; ++row) {
        const PlaneBox box = box_of_tiles(column, row);
        std::vector<PlaneLine> clipped = clip_rings(rings, box.wider_by(kTileBuffer));
        if (clipped.empty()) continue;
        for (PlaneLine& ring : clipped) ring = moved(std::move(ring), {box.west, box.north});
        tile(column, row).add_area(area.layer, attributes, clipped);
    }
}

void ZoomTiles::add_line(MapLayer layer, const TileAttributes& attributes, const PlaneLine& line) {
    const PlaneLine simple = simplify_line(line, tolerance_at(zoom_));
    if (simple.size() < 2) return;
    const PlaneBox around = box_of(simple);
    if (zoom_ < kTileZoomMax && around.east - around.west < kLineMinUnits &&
        around.south - around.north < kLineMinUnits)
        return;
    const Range columns = columns_of(around);
    const Range rows = rows_of(around);
    for (std::int32_t column = columns.first; column <= columns.last; ++column)
        for (std::int32_t row = rows.first; row <= rows.last; ++row) {
            const PlaneBox box = box_of_tiles(column, row);
            std::vector<PlaneLine> pieces = clip_line(simple, box.wider_by(kTileBuffer));
            if (pieces.empty()) continue;
            for (PlaneLine& piece : pieces) piece = moved(std::move(piece), {box.west, box.north});
            tile(column, row).add_lines(layer, attributes, pieces);
        }
}

void ZoomTiles::add_streets(const std::vector<MapStreet>& streets) {
    std::map<StreetLook, std::vector<PlaneLine>> alike;
    for (const MapStreet& street : streets) {
        if (zoom_ < zoom_min(street.look.street_class)) continue;
        const StreetLook look = look_at(street.look, zoom_);
        alike[look].push_back(on_grid(street.line));
    }
    for (auto& [look, lines] : alike) {
        const TileAttributes attributes = attributes_of(look);
        for (const PlaneLine& line : join_lines(std::move(lines), look.oneway != 0))
            add_line(MapLayer::street, attributes, line);
    }
}

void ZoomTiles::add_waterways(const std::vector<MapWaterway>& waterways) {
    std::map<std::string_view, std::vector<PlaneLine>> alike;
    for (const MapWaterway& waterway : waterways)
        if (zoom_ >= waterway_zoom_min(waterway.kind))
            alike[waterway.kind].push_back(on_grid(waterway.line));
    for (auto& [kind, lines] : alike)
        for (const PlaneLine& line : join_lines(std::move(lines), true))
            add_line(MapLayer::waterway, {{"kind", kind}}, line);
}

void ZoomTiles::add_point(MapLayer layer, const TileAttributes& attributes, PlanePoint world) {
    const PlanePoint point = to_grid(world, zoom_);
    const std::int32_t column = point.x >> kTileBits;
    const std::int32_t row = point.y >> kTileBits;
    if (column < columns_.first || column > columns_.last || row < rows_.first || row > rows_.last)
        return;
    const PlaneBox box = box_of_tiles(column, row);
    tile(column, row).add_point(layer, attributes, {point.x - box.west, point.y - box.north});
}

void ZoomTiles::add_number(const MapNumber& number) {
    if (zoom_ == kTileZoomMax)
        add_point(MapLayer::number, {{"number", std::string_view(number.number)}}, number.at);
}

void ZoomTiles::add_label(const MapLabel& label) {
    if (zoom_ < label.zoom_min) return;
    add_point(MapLayer::label, {{"kind", label.kind}, {"name", std::string_view(label.name)}},
              label.at);
}

std::vector<TileSet::Tile> ZoomTiles::finish() const {
    std::vector<TileSet::Tile> tiles;
    for (const auto& [address, encoder] : tiles_)
        if (!encoder.empty())
            tiles.push_back({.address = address, .bytes = pack_tile(encoder.bytes())});
    return tiles;
}

}  // namespace emplettes::geo
