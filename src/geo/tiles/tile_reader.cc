#include "geo/tiles/tile_reader.h"

#include <zlib.h>

#include <array>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <stdexcept>
#include <utility>
#include <variant>

#include "geo/tiles/tile_format.h"

namespace emplettes::geo {
namespace {

constexpr int kGunzipWindow = 15 + 16;  // zlib.h: plus 16 reads a gzip header
constexpr std::size_t kUnpackedBytesMax = std::size_t{64} << 20;

std::string gunzip(std::span<const std::byte> bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, kGunzipWindow) != Z_OK) throw std::bad_alloc();
    // zlib reads through a pointer to non-const bytes, and does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string unpacked;
    std::array<char, 16384> chunk{};
    int result = Z_OK;
    while (result == Z_OK && unpacked.size() < kUnpackedBytesMax) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        result = inflate(&stream, Z_NO_FLUSH);
        unpacked.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("a tile that is no gzip");
    return unpacked;
}

std::vector<PlaneLine> read_geometry(
    protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> words) {
    std::vector<PlaneLine> parts;
    PlanePoint at;
    auto word = words.begin();
    while (word != words.end()) {
        const std::uint32_t command = *word & kCommandMask;
        std::uint32_t count = *word >> kCommandBits;
        ++word;
        if (command != kMoveTo && command != kLineTo) continue;
        if (command == kMoveTo || parts.empty()) parts.emplace_back();
        for (; count > 0 && word != words.end(); --count) {
            at.x += protozero::decode_zigzag32(*word++);
            if (word == words.end()) throw std::runtime_error("a tile that ends within a point");
            at.y += protozero::decode_zigzag32(*word++);
            parts.back().push_back(at);
        }
    }
    return parts;
}

using ReadValue = std::variant<std::string, std::int64_t>;

struct RawLayer {
    std::optional<MapLayer> layer;
    std::vector<protozero::data_view> features;
    std::vector<std::string> keys;
    std::vector<ReadValue> values;
};

std::optional<MapLayer> layer_named(std::string_view name) {
    for (std::size_t i = 0; i < kMapLayerCount; ++i)
        if (to_string(static_cast<MapLayer>(i)) == name) return static_cast<MapLayer>(i);
    return std::nullopt;
}

ReadValue read_value(protozero::pbf_reader reader) {
    ReadValue value;
    while (reader.next()) {
        if (reader.tag() == kValueText) {
            value = reader.get_string();
        } else if (reader.tag() == kValueInt) {
            value = reader.get_int64();
        } else {
            reader.skip();
        }
    }
    return value;
}

RawLayer read_layer(protozero::pbf_reader reader) {
    RawLayer layer;
    while (reader.next()) {
        switch (reader.tag()) {
            case kLayerName: layer.layer = layer_named(reader.get_string()); break;
            case kLayerFeatures: layer.features.push_back(reader.get_view()); break;
            case kLayerKeys: layer.keys.push_back(reader.get_string()); break;
            case kLayerValues: layer.values.push_back(read_value(reader.get_message())); break;
            default: reader.skip();
        }
    }
    return layer;
}

void read_attributes(const RawLayer& layer, protozero::pbf_reader& reader, DrawnFeature& feature) {
    const auto tags = reader.get_packed_uint32();
    for (auto tag = tags.begin(); tag != tags.end();) {
        const std::string& key = layer.keys.at(*tag++);
        if (tag == tags.end()) throw std::runtime_error("a key without a value");
        const ReadValue& value = layer.values.at(*tag++);
        if (const auto* text = std::get_if<std::string>(&value)) {
            feature.texts[key] = *text;
        } else {
            feature.numbers[key] = std::get<std::int64_t>(value);
        }
    }
}

DrawnFeature read_feature(const RawLayer& layer, protozero::pbf_reader reader) {
    DrawnFeature feature{.layer = *layer.layer};
    while (reader.next()) {
        if (reader.tag() == kFeatureTags) {
            read_attributes(layer, reader, feature);
        } else if (reader.tag() == kFeatureGeometry) {
            feature.parts = read_geometry(reader.get_packed_uint32());
        } else {
            reader.skip();
        }
    }
    return feature;
}

}  // namespace

std::string_view DrawnFeature::text(std::string_view key) const {
    const auto found = texts.find(key);
    return found == texts.end() ? std::string_view{} : found->second;
}

std::int64_t DrawnFeature::number(std::string_view key) const {
    const auto found = numbers.find(key);
    return found == numbers.end() ? 0 : found->second;
}

std::vector<DrawnFeature> read_tile(std::span<const std::byte> gzip_bytes) {
    const std::string bytes = gunzip(gzip_bytes);
    std::vector<DrawnFeature> features;
    protozero::pbf_reader tile(bytes);
    while (tile.next()) {
        if (tile.tag() != kTileLayer) {
            tile.skip();
            continue;
        }
        const RawLayer layer = read_layer(tile.get_message());
        if (!layer.layer) continue;
        for (const auto& view : layer.features)
            features.push_back(read_feature(layer, protozero::pbf_reader(view)));
    }
    return features;
}

}  // namespace emplettes::geo
