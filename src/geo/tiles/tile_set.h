#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/column.h"
#include "base/image.h"
#include "base/result.h"
#include "geo/tiles/map_features.h"

namespace emplettes::geo {

// Counted up whenever a tile would have other bytes for the same file: sets that were made by other
// rules are made anew.
inline constexpr std::uint32_t kTileRules = 1;

// All tiles of one territory, zooms kTileZoomMin to kTileZoomMax, each a Mapbox Vector Tile as
// gzip. Immutable: any number of threads may ask at once.
class TileSet {
  public:
    // What a set was made from, and what of it was of no use.
    struct Origin {
        MapReport map;
        Bounds bounds;
        std::uint64_t rules = kTileRules;
        std::uint64_t source = 0;  // a hash of the file read, or whatever the maker wants to know
    };
    struct Tile {
        TileAddress address;
        std::string bytes;
    };

    // In any order, each address once. Equal bytes, as of the open sea, are kept once.
    static std::shared_ptr<const TileSet> make(std::vector<Tile> tiles, const Origin& origin);

    // As an image (base/image.h). Throws std::runtime_error when it cannot be written. A loaded set
    // keeps the file mapped: never write into it, replace it.
    void save(const std::filesystem::path& file) const;
    static Result<std::shared_ptr<const TileSet>, ImageError> load(
        const std::filesystem::path& file);

    // The gzip of a tile, as long as the set lives; empty where there is nothing to show, and
    // outside the zooms and the territory.
    std::span<const std::byte> find(const TileAddress& tile) const;

    const Origin& origin() const { return origin_; }
    const Bounds& bounds() const { return origin_.bounds; }
    // Sixteen hexadecimal digits that change with any byte of any tile, for addresses that may be
    // kept for ever.
    const std::string& version() const { return version_; }

    std::size_t size() const { return tiles_.size(); }
    TileAddress address(std::size_t tile) const;  // the i-th of all, by zoom
    std::size_t bytes() const { return bytes_.size(); }
    std::size_t largest_bytes() const;

  private:
    // Where the bytes of a tile are.
    struct Place {
        std::uint64_t key = 0;
        std::uint64_t begin = 0;
        std::uint64_t size = 0;
    };

    TileSet() = default;
    bool is_consistent() const;
    std::uint64_t content_hash() const;
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("tiles: origin", self.origin_);
        parts("tiles: version", self.version_);
        parts("tiles: places", self.tiles_);
        parts("tiles: bytes", self.bytes_);
    }

    std::shared_ptr<const Image> image_;  // that columns show parts of
    Origin origin_;
    std::string version_;
    Column<Place> tiles_;  // by key
    Column<std::byte> bytes_;
};

}  // namespace emplettes::geo
