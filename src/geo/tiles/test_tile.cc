#include "geo/tiles/test_tile.h"

#include <zlib.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace emplettes::geo {
namespace {

void demand(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

std::string unzipped(std::span<const std::byte> bytes) {
    z_stream stream{};
    demand(inflateInit2(&stream, 15 + 16) == Z_OK, "no memory");
    std::string packed(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string text;
    std::array<char, 4096> chunk{};
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        result = inflate(&stream, Z_NO_FLUSH);
        text.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    demand(result == Z_STREAM_END, "not gzip");
    return text;
}

// Protocol Buffers, read by hand.
class Wire {
  public:
    explicit Wire(std::string_view bytes) : rest_(bytes) {}
    bool empty() const { return rest_.empty(); }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            demand(!rest_.empty(), "ends within a number");
            const auto byte = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 127U) << shift;
            if (byte < 128) return value;
        }
        throw std::runtime_error("a number of too many bytes");
    }
    std::string_view text() {
        const std::uint64_t size = number();
        demand(size <= rest_.size(), "ends within a text");
        const std::string_view text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return text;
    }
    std::vector<std::uint64_t> numbers() {
        Wire packed(text());
        std::vector<std::uint64_t> values;
        while (!packed.empty()) values.push_back(packed.number());
        return values;
    }

  private:
    std::string_view rest_;
};

std::int32_t zigzag(std::uint64_t word) {
    const auto half = static_cast<std::int64_t>(word >> 1U);
    return static_cast<std::int32_t>((word & 1U) != 0 ? -half - 1 : half);
}

std::vector<std::vector<PlanePoint>> read_parts(const std::vector<std::uint64_t>& words, int type) {
    std::vector<std::vector<PlanePoint>> parts;
    PlanePoint at;
    bool is_closed = true;
    for (std::size_t i = 0; i < words.size();) {
        const std::uint64_t command = words[i] & 7U;
        std::uint64_t count = words[i] >> 3U;
        ++i;
        demand(count > 0, "a command for nothing");
        if (command == 7) {
            demand(type == 3 && count == 1 && parts.back().size() > 2, "closes what is no ring");
            is_closed = true;
            continue;
        }
        demand(command == 1 || command == 2, "an unknown command");
        demand(command == 1 || !parts.empty(), "a line from nowhere");
        if (command == 1) demand(type != 3 || is_closed, "an open ring");
        is_closed = type != 3;
        if (command == 1) demand(count == 1 || type == 1, "two moves");
        for (; count > 0; --count, i += 2) {
            demand(i + 1 < words.size(), "ends within a point");
            const PlanePoint by{zigzag(words[i]), zigzag(words[i + 1])};
            demand(command == 1 || by != PlanePoint{}, "a step to the same point");
            at = {at.x + by.x, at.y + by.y};
            if (command == 1) parts.emplace_back();
            parts.back().push_back(at);
        }
    }
    demand(is_closed, "an open ring");
    for (const auto& part : parts) demand(type != 2 || part.size() > 1, "a line of one point");
    return parts;
}

struct RawFeature {
    std::vector<std::uint64_t> tags;
    int type = 0;
    std::vector<std::uint64_t> geometry;
};

RawFeature read_feature(Wire wire) {
    RawFeature feature;
    while (!wire.empty()) {
        const std::uint64_t field = wire.number();
        if (field == (2U << 3U | 2U)) {
            feature.tags = wire.numbers();
        } else if (field == (3U << 3U)) {
            feature.type = static_cast<int>(wire.number());
        } else if (field == (4U << 3U | 2U)) {
            feature.geometry = wire.numbers();
        } else {
            throw std::runtime_error("an unknown field of a feature");
        }
    }
    return feature;
}

std::string read_value(Wire wire) {
    const std::uint64_t field = wire.number();
    if (field == (1U << 3U | 2U)) return std::string(wire.text());
    demand(field == (4U << 3U), "an unknown kind of value");
    return std::to_string(static_cast<std::int64_t>(wire.number()));
}

void read_layer(Wire wire, TestTile& tile) {
    std::string name;
    std::vector<RawFeature> features;
    std::vector<std::string> keys;
    std::vector<std::string> values;
    std::uint64_t version = 0;
    std::uint64_t extent = 0;
    while (!wire.empty()) {
        switch (wire.number()) {
            case 15U << 3U: version = wire.number(); break;
            case 1U << 3U | 2U: name = wire.text(); break;
            case 2U << 3U | 2U: features.push_back(read_feature(Wire(wire.text()))); break;
            case 3U << 3U | 2U: keys.emplace_back(wire.text()); break;
            case 4U << 3U | 2U: values.push_back(read_value(Wire(wire.text()))); break;
            case 5U << 3U: extent = wire.number(); break;
            default: throw std::runtime_error("an unknown field of a layer");
        }
    }
    demand(version == 2 && extent == 4096 && !name.empty() && !features.empty(), "a bad layer");
    demand(!tile.contains(name), "a layer twice");
    for (const RawFeature& raw : features) {
        TestFeature feature{.attributes = {}, .type = raw.type, .parts = {}};
        demand(raw.tags.size() % 2 == 0, "a key without a value");
        for (std::size_t i = 0; i < raw.tags.size(); i += 2)
            feature.attributes[keys.at(raw.tags[i])] = values.at(raw.tags[i + 1]);
        feature.parts = read_parts(raw.geometry, raw.type);
        demand(!feature.parts.empty(), "a feature of nothing");
        tile[name].push_back(std::move(feature));
    }
}

}  // namespace

TestTile read_test_tile(std::span<const std::byte> gzip_bytes) {
    const std::string bytes = unzipped(gzip_bytes);
    TestTile tile;
    Wire wire(bytes);
    while (!wire.empty()) {
        demand(wire.number() == (3U << 3U | 2U), "an unknown field of a tile");
        read_layer(Wire(wire.text()), tile);
    }
    return tile;
}

}  // namespace emplettes::geo
