#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "pictures/bitmap.h"
#include "pictures/picture_error.h"

namespace emplettes::pictures {

inline constexpr std::size_t kPictureBytesMax = 32 * 1024 * 1024;
inline constexpr int kPictureSideMax = 16'384;
inline constexpr std::int64_t kPicturePixelsMax = 64'000'000;

// The picture of a JPEG, PNG, WebP or AVIF file, upright; the first of a moving one; on white
// where it is transparent. What a JPEG has more than `enough` pixels on its shorter side of may be
// left out. Sizes are looked at before anything is decoded. Uses libraries that strangers' bytes
// have broken before: call it in a confined process (picture_maker.h).
Result<Bitmap, PictureError> decode_picture(std::string_view bytes, int enough);

// Shared by the formats' sources. What is at most as large as is decoded.
bool is_small_enough(std::int64_t width, std::int64_t height);

Result<Bitmap, PictureError> decode_jpeg(std::string_view bytes, int enough);
Result<Bitmap, PictureError> decode_png(std::string_view bytes);
Result<Bitmap, PictureError> decode_webp(std::string_view bytes);
Result<Bitmap, PictureError> decode_avif(std::string_view bytes);

}  // namespace emplettes::pictures
