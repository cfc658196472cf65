#pragma once
#include <string_view>

namespace emplettes::pictures {

// The orientation (1 to 8) that an EXIF block says, which begins with its TIFF header or with
// "Exif\0\0" before it; 1 when it says nothing or cannot be read. All else in it is nobody's
// business.
int exif_orientation(std::string_view block);

}  // namespace emplettes::pictures
