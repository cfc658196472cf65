#include "geo/tiles/tile_encoder.h"

#include <algorithm>
#include <protozero/pbf_writer.hpp>

#include "base/gzip.h"
#include "geo/tiles/plane_shapes.h"
#include "geo/tiles/tile_format.h"

namespace emplettes::geo {
namespace {

constexpr int kGzipLevel = 6;

// Commands of a geometry, each point told from the one before it.
class Pen {
  public:
    void command(std::uint32_t command, std::size_t count) {
        words_.push_back(command | static_cast<std::uint32_t>(count) << kCommandBits);
    }
    void point(PlanePoint point) {
        words_.push_back(protozero::encode_zigzag32(point.x - at_.x));
        words_.push_back(protozero::encode_zigzag32(point.y - at_.y));
        at_ = point;
    }
    void line(const PlaneLine& points) {
        command(kMoveTo, 1);
        point(points.front());
        command(kLineTo, points.size() - 1);
        for (std::size_t i = 1; i < points.size(); ++i) point(points[i]);
    }
    const std::vector<std::uint32_t>& words() const { return words_; }

  private:
    std::vector<std::uint32_t> words_;
    PlanePoint at_;
};

std::string value_bytes(const TileValue& value) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        writer.add_string(kValueText, text->data(), text->size());
    } else {
        writer.add_int64(kValueInt, std::get<std::int64_t>(value));
    }
    return bytes;
}

}  // namespace

void TileEncoder::add(MapLayer layer, const TileAttributes& attributes, std::uint32_t type,
                      const std::vector<std::uint32_t>& geometry) {
    Layer& into = layers_[static_cast<std::size_t>(layer)];
    std::vector<std::uint32_t> tags;
    for (const auto& [key, value] : attributes) {
        const auto next_key = static_cast<std::uint32_t>(into.keys.size());
        const auto known_key = into.number_of_key.try_emplace(std::string(key), next_key);
        if (known_key.second) into.keys.emplace_back(key);
        std::string bytes = value_bytes(value);
        const auto next_value = static_cast<std::uint32_t>(into.values.size());
        const auto known_value = into.number_of_value.try_emplace(bytes, next_value);
        if (known_value.second) into.values.push_back(std::move(bytes));
        tags.push_back(known_key.first->second);
        tags.push_back(known_value.first->second);
    }
    protozero::pbf_writer layer_writer(into.features);
    protozero::pbf_writer feature(layer_writer, kLayerFeatures);
    feature.add_packed_uint32(kFeatureTags, tags.begin(), tags.end());
    feature.add_enum(kFeatureType, static_cast<std::int32_t>(type));
    feature.add_packed_uint32(kFeatureGeometry, geometry.begin(), geometry.end());
}

void TileEncoder::add_point(MapLayer layer, const TileAttributes& attributes, PlanePoint point) {
    Pen pen;
    pen.command(kMoveTo, 1);
    pen.point(point);
    add(layer, attributes, kPointType, pen.words());
}

void TileEncoder::add_lines(MapLayer layer, const TileAttributes& attributes,
                            const std::vector<PlaneLine>& lines) {
    Pen pen;
    for (const PlaneLine& line : lines) pen.line(line);
    if (!lines.empty()) add(layer, attributes, kLineType, pen.words());
}

void TileEncoder::add_area(MapLayer layer, const TileAttributes& attributes,
                           const std::vector<PlaneLine>& rings) {
    Pen pen;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        const double area = area_of(rings[i]);
        if (area == 0 && i == 0) return;
        if (area == 0) continue;
        PlaneLine ring = rings[i];
        // Section 4.3.3.3: outer rings have a positive area, holes a negative one.
        if ((area > 0) != (i == 0)) std::ranges::reverse(ring);
        pen.line(ring);
        pen.command(kClosePath, 1);
    }
    if (!rings.empty()) add(layer, attributes, kAreaType, pen.words());
}

bool TileEncoder::empty() const {
    return std::ranges::all_of(layers_, [](const Layer& layer) { return layer.features.empty(); });
}

std::string TileEncoder::bytes() const {
    std::string bytes;
    protozero::pbf_writer tile(bytes);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const Layer& layer = layers_[i];
        if (layer.features.empty()) continue;
        std::string body;
        protozero::pbf_writer writer(body);
        writer.add_uint32(kLayerVersion, 2);
        writer.add_string(kLayerName, std::string(to_string(static_cast<MapLayer>(i))));
        body += layer.features;
        for (const std::string& key : layer.keys) writer.add_string(kLayerKeys, key);
        for (const std::string& value : layer.values) writer.add_message(kLayerValues, value);
        writer.add_uint32(kLayerExtent, kTileExtent);
        tile.add_message(kTileLayer, body);
    }
    return bytes;
}

std::string pack_tile(std::string_view bytes) { return gzip(bytes, kGzipLevel); }

std::string_view to_string(MapLayer layer) {
    switch (layer) {
        case MapLayer::water: return "water";
        case MapLayer::waterway: return "waterway";
        case MapLayer::green: return "green";
        case MapLayer::paved: return "paved";
        case MapLayer::building: return "building";
        case MapLayer::street: return "street";
        case MapLayer::number: return "number";
        case MapLayer::label: return "label";
    }
    return "";
}

}  // namespace emplettes::geo
