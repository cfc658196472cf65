#include "base/image_check.h"

#include <fstream>

#include "base/image.h"

namespace emplettes {

std::optional<ImageError> find_image_error(const std::filesystem::path& file) {
    // What an image begins with: its kind, which says nothing here.
    ImageKind kind;
    std::ifstream stream(file, std::ios::binary);
    stream.read(kind.name.data(), static_cast<std::streamsize>(kind.name.size()));
    stream.read(reinterpret_cast<char*>(&kind.version), sizeof kind.version);
    if (!stream) return std::filesystem::exists(file) ? ImageError::damaged : ImageError::missing;
    const auto image = Image::open(file, kind);
    if (!image) return image.error();
    return std::nullopt;
}

}  // namespace emplettes
