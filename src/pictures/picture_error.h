#pragma once

namespace emplettes::pictures {

// Why bytes became no picture.
enum class PictureError {
    unknown_format,  // not JPEG, PNG, WebP or AVIF
    damaged,         // one of them, and cut off or wrong inside
    too_long,        // kPictureBytesMax
    too_large,       // kPictureSideMax, kPicturePixelsMax; found before anything is decoded
    too_slow,        // it took more time than the limits of PictureMaker give it
    busy,            // too many others are being made
};

}  // namespace emplettes::pictures
