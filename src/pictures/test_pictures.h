#pragma once
// For tests: small pictures in every format, made here.
#include <string>
#include <string_view>

#include "pictures/bitmap.h"

namespace emplettes::pictures {

// Red, green above blue, white.
Bitmap four_colours(Size size);
// '1' to '4' for the colours of the corners, from the top left, by rows.
std::string corners(const Bitmap& bitmap);

// What a phone writes: this orientation, its maker "PHONE-OF-ZOE", and a place "48.8790N".
std::string phone_exif(int orientation);

std::string jpeg_of(const Bitmap& bitmap, std::string_view exif = {});
std::string cmyk_jpeg(Size size);  // all of it red
std::string png_of(const Bitmap& bitmap);
std::string clear_png(Size size);  // nothing but transparent black
std::string webp_of(const Bitmap& bitmap, std::string_view exif = {});
std::string moving_webp(Size size);  // four colours, then black

// The same file, whose header says another size.
std::string claim_jpeg_size(std::string jpeg, Size size);
std::string claim_png_size(std::string png, Size size);
std::string claim_avif_size(std::string avif, Size size);

}  // namespace emplettes::pictures
