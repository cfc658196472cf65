#pragma once
#include <string>
#include <string_view>

namespace emplettes {

// The bytes as a gzip (RFC 1952), the same for the same level: from 1, made at once, to 9,
// smallest.
std::string gzip(std::string_view bytes, int level);

}  // namespace emplettes
