#pragma once
#include <string_view>

namespace emplettes {

// One file built into the program (cmake/embed.cmake); both views live as long as the process.
struct EmbeddedFile {
    std::string_view path;  // relative, with '/'
    std::string_view bytes;
};

}  // namespace emplettes
