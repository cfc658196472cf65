#include "geo/tiles/tile_set.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/check.h"

namespace emplettes::geo {
namespace {

constexpr ImageKind kTileImage{.name = {'E', 'M', 'P', 'L', 'T', 'I', 'L', 'E'}, .version = 1};
constexpr std::uint64_t kNumberBits = 28;  // of x and of y: zooms go up to 14
constexpr std::uint64_t kNumberMask = (1U << kNumberBits) - 1;

std::uint64_t key_of(const TileAddress& tile) {
    return static_cast<std::uint64_t>(tile.zoom) << (2 * kNumberBits) |
           static_cast<std::uint64_t>(tile.x) << kNumberBits | tile.y;
}

TileAddress address_of(std::uint64_t key) {
    return {.zoom = static_cast<int>(key >> (2 * kNumberBits)),
            .x = static_cast<std::uint32_t>(key >> kNumberBits & kNumberMask),
            .y = static_cast<std::uint32_t>(key & kNumberMask)};
}

bool is_numbered(const TileAddress& tile) {
    return tile.zoom >= kTileZoomMin && tile.zoom <= kTileZoomMax && tile.x < 1U << tile.zoom &&
           tile.y < 1U << tile.zoom;
}

std::string hexadecimal(std::uint64_t number) {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
    return text.data();
}

}  // namespace

std::shared_ptr<const TileSet> TileSet::make(std::vector<Tile> tiles, const Origin& origin) {
    std::ranges::sort(tiles, {}, &Tile::address);
    const std::shared_ptr<TileSet> set(new TileSet);
    set->origin_ = origin;
    std::unordered_map<std::string_view, std::uint64_t> begin_of;
    HugeVector<std::byte> all;
    for (const Tile& tile : tiles) {
        check(is_numbered(tile.address) && !tile.bytes.empty());
        const auto known = begin_of.try_emplace(tile.bytes, all.size());
        const auto bytes = std::as_bytes(std::span(tile.bytes));
        if (known.second) all.insert(all.end(), bytes.begin(), bytes.end());
        set->tiles_.push_back(
            {.key = key_of(tile.address), .begin = known.first->second, .size = tile.bytes.size()});
    }
    set->tiles_.shrink_to_fit();
    all.shrink_to_fit();
    set->bytes_.assign(std::move(all));
    check(set->is_consistent());
    set->version_ = hexadecimal(set->content_hash());
    return set;
}

std::uint64_t TileSet::content_hash() const {
    const auto places = std::as_bytes(tiles_.values());
    const std::uint64_t seed = XXH3_64bits(places.data(), places.size());
    return XXH3_64bits_withSeed(bytes_.values().data(), bytes_.size(), seed);
}

bool TileSet::is_consistent() const {
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
        const Place& place = tiles_[i];
        if (i > 0 && tiles_[i - 1].key >= place.key) return false;
        if (place.size == 0 || place.begin > bytes_.size() ||
            place.size > bytes_.size() - place.begin)
            return false;
        if (!is_numbered(address_of(place.key))) return false;
    }
    return true;
}

void TileSet::save(const std::filesystem::path& file) const {
    ImageWriter writer(file, kTileImage);
    each_part(*this, writer);
    writer.finish();
}

Result<std::shared_ptr<const TileSet>, ImageError> TileSet::load(
    const std::filesystem::path& file) {
    const auto image = Image::open(file, kTileImage);
    if (!image) return image.error();
    const std::shared_ptr<TileSet> set(new TileSet);
    set->image_ = *image;
    ImageReader reader(**image);
    each_part(*set, reader);
    if (!reader.is_complete() || !set->is_consistent()) return ImageError::damaged;
    return std::shared_ptr<const TileSet>(set);
}

std::span<const std::byte> TileSet::find(const TileAddress& tile) const {
    if (!is_numbered(tile)) return {};
    const std::uint64_t key = key_of(tile);
    const auto places = tiles_.values();
    const auto found = std::ranges::lower_bound(places, key, {}, &Place::key);
    if (found == places.end() || found->key != key) return {};
    return bytes_.values().subspan(found->begin, found->size);
}

TileAddress TileSet::address(std::size_t tile) const { return address_of(tiles_[tile].key); }

std::size_t TileSet::largest_bytes() const {
    std::uint64_t largest = 0;
    for (const Place& place : tiles_) largest = std::max(largest, place.size);
    return largest;
}

}  // namespace emplettes::geo
