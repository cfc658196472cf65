#pragma once
#include <string>
#include <string_view>

namespace emplettes::store {

// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace emplettes::store
