#include "geo/file_hash.h"

#include <xxhash.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace emplettes::geo {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

}  // namespace

std::uint64_t file_hash(const std::string& file, std::uint64_t seed) {
    if (!std::filesystem::is_regular_file(file))
        throw std::runtime_error("There is no file " + file + ".");
    std::uint64_t hash = seed;
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> chunk(kChunkBytes);
    while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
           stream.gcount() > 0)
        hash = XXH3_64bits_withSeed(chunk.data(), static_cast<std::size_t>(stream.gcount()), hash);
    if (!stream.eof()) throw std::runtime_error("The system cannot read the file " + file + ".");
    return hash;
}

}  // namespace emplettes::geo
