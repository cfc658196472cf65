#pragma once
#include <string_view>

namespace emplettes {

// Why a file is no image of its kind for this program; the remedy is always to build anew.
enum class ImageError {
    missing,
    unreadable,  // the system says so
    foreign,     // of another version or kind of machine
    damaged,     // cut, or some byte is not what was written
};
std::string_view to_string(ImageError error);  // "it is damaged"

}  // namespace emplettes
