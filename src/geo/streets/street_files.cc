#include "geo/streets/street_files.h"

#include <xxhash.h>

#include <fstream>
#include <stdexcept>
#include <vector>

#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

std::uint64_t hash_of(const std::string& file) {
    std::uint64_t hash = 0;
    read_osm_file(file, [&] {
        std::ifstream stream(file, std::ios::binary);
        std::vector<char> chunk(kChunkBytes);
        while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
               stream.gcount() > 0)
            hash =
                XXH3_64bits_withSeed(chunk.data(), static_cast<std::size_t>(stream.gcount()), hash);
        if (!stream.eof()) throw std::runtime_error("the system cannot read it");
    });
    return hash;
}

// Why an image cannot be used; empty: it can.
std::string fault_of(const Result<std::shared_ptr<const StreetRouter>, ImageError>& loaded,
                     Profile profile, std::uint64_t source) {
    if (!loaded) return std::string(to_string(loaded.error()));
    const StreetRouter::Origin& origin = (*loaded)->origin();
    if (origin.profile != profile) return "it is for " + std::string(to_string(origin.profile));
    if (origin.rules != kStreetRules) return "it was made by other rules";
    return origin.source == source ? "" : "it was made of another file";
}

}  // namespace

OpenedStreets open_streets(const std::filesystem::path& osm_file,
                           const std::filesystem::path& folder, Profile profile) {
    const std::uint64_t source = hash_of(osm_file.string());
    const std::filesystem::path image = folder / (std::string(to_string(profile)) + ".streets");
    const auto loaded = StreetRouter::load(image);
    OpenedStreets opened{.built_because = fault_of(loaded, profile, source)};
    if (opened.built_because.empty()) {
        opened.router = *loaded;
        return opened;
    }
    opened.router = StreetRouter::build(read_street_map(osm_file.string()), profile, source);
    opened.router->save(image);
    return opened;
}

}  // namespace emplettes::geo
