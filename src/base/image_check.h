#pragma once
#include <filesystem>
#include <optional>

#include "base/image_error.h"

namespace emplettes {

// Why a file is no sound image (base/image.h) of whatever kind; none: it is.
std::optional<ImageError> find_image_error(const std::filesystem::path& file);

}  // namespace emplettes
