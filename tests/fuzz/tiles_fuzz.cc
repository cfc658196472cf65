#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/check.h"
#include "geo/tiles/still_map.h"
#include "geo/tiles/tile_maker.h"
#include "geo/tiles/tile_reader.h"

namespace {

using namespace emplettes;

// Whatever was read: tiles that can be read, found and drawn.
void look_at(const geo::TileSet& tiles) {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const auto bytes = tiles.find(tiles.address(i));
        check(!bytes.empty() && !geo::read_tile(bytes).empty());
    }
    const geo::Bounds& bounds = tiles.bounds();
    const geo::Point middle{.lat = (bounds.south + bounds.north) / 2,
                            .lon = (bounds.west + bounds.east) / 2};
    const std::string svg = geo::draw_still_map({.view = {.centre = middle}}, tiles);
    check(svg.ends_with("</svg>") && svg.size() <= geo::kStillBytesMax);
}

}  // namespace

// The first byte says the kind of file, and whether the territory is given. Reading ends, with
// tiles or with a sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const std::string folder =
        (std::filesystem::temp_directory_path() / ("tiles-fuzz-" + std::to_string(::getpid())))
            .string();
    const std::string file = folder + (data[0] % 2 == 0 ? ".osm.pbf" : ".osm");
    geo::TileOptions options;
    if (data[0] % 4 < 2)
        options.bounds = geo::Bounds{.south = 48.8, .west = 2.3, .north = 48.9, .east = 2.4};
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
    try {
        look_at(*geo::make_tiles(file, options));
    } catch (const std::runtime_error& error) {
        check(!std::string(error.what()).empty());
    }
    std::filesystem::remove(file);
    return 0;
}
