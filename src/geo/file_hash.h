#pragma once
#include <cstdint>
#include <string>

namespace emplettes::geo {

// A hash of the bytes of a file, mixed with `seed`: equal for equal bytes. Throws
// std::runtime_error with a sentence that names the file when it cannot be read.
std::uint64_t file_hash(const std::string& file, std::uint64_t seed = 0);

}  // namespace emplettes::geo
