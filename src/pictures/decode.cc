#include "pictures/decode.h"

namespace emplettes::pictures {
namespace {

bool is_avif(std::string_view bytes) {
    if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
    const auto brand = bytes.substr(8, 4);
    return brand == "avif" || brand == "avis" || brand == "mif1" || brand == "msf1";
}

}  // namespace

bool is_small_enough(std::int64_t width, std::int64_t height) {
    return width > 0 && height > 0 && width <= kPictureSideMax && height <= kPictureSideMax &&
           width * height <= kPicturePixelsMax;
}

Result<Bitmap, PictureError> decode_picture(std::string_view bytes, int enough) {
    if (bytes.size() > kPictureBytesMax) return PictureError::too_long;
    if (bytes.starts_with("\xFF\xD8\xFF")) return decode_jpeg(bytes, enough);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return decode_png(bytes);
    if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP")
        return decode_webp(bytes);
    if (is_avif(bytes)) return decode_avif(bytes);
    return PictureError::unknown_format;
}

}  // namespace emplettes::pictures
