#include <avif/avif.h>
#include <png.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include <array>
#include <memory>

#include "pictures/decode.h"
#include "pictures/exif.h"

namespace emplettes::pictures {
namespace {

const std::uint8_t* data_of(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

// Red, green, blue, opacity, on white.
Bitmap on_white(const std::uint8_t* rgba, Size size) {
    Bitmap bitmap = make_bitmap(size);
    for (auto out = bitmap.rgb.begin(); out != bitmap.rgb.end(); rgba += 4) {
        const unsigned opacity = rgba[3];
        for (int c = 0; c < 3; ++c)
            *out++ = static_cast<std::uint8_t>((rgba[c] * opacity + 255 * (255 - opacity)) / 255);
    }
    return bitmap;
}

// The orientation that the EXIF chunk of a WebP file says.
int webp_orientation(std::string_view bytes) {
    const WebPData data{.bytes = data_of(bytes), .size = bytes.size()};
    const std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)> demuxer(WebPDemux(&data),
                                                                           &WebPDemuxDelete);
    WebPChunkIterator chunk{};
    int orientation = 1;
    if (demuxer && WebPDemuxGetChunk(demuxer.get(), "EXIF", 1, &chunk))
        orientation =
            exif_orientation({reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size});
    WebPDemuxReleaseChunkIterator(&chunk);
    return orientation;
}

Result<Bitmap, PictureError> first_of_moving_webp(std::string_view bytes, Size size) {
    const WebPData data{.bytes = data_of(bytes), .size = bytes.size()};
    const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
        WebPAnimDecoderNew(&data, nullptr), &WebPAnimDecoderDelete);
    std::uint8_t* rgba = nullptr;
    int at_ms = 0;
    if (!decoder || !WebPAnimDecoderGetNext(decoder.get(), &rgba, &at_ms))
        return PictureError::damaged;
    return on_white(rgba, size);
}

// EXIF's number for what AVIF says by two properties of its own: turned anti-clockwise, then
// mirrored.
int avif_orientation(const avifImage& image) {
    const bool turns = image.transformFlags & AVIF_TRANSFORM_IROT;
    const bool mirrors = image.transformFlags & AVIF_TRANSFORM_IMIR;
    const unsigned angle = turns ? image.irot.angle & 3U : 0;
    constexpr std::array<int, 4> kTurned = {1, 8, 3, 6};
    constexpr std::array<int, 4> kTopDown = {4, 5, 2, 7};
    constexpr std::array<int, 4> kLeftRight = {2, 7, 4, 5};
    if (!mirrors) return kTurned[angle];
    return image.imir.mode == 0 ? kTopDown[angle] : kLeftRight[angle];
}

// libavif refuses the largest itself, by words.
bool says_too_large(const avifDecoder& decoder) {
    return std::string_view(decoder.diag.error).find("too large") != std::string_view::npos;
}

}  // namespace

Result<Bitmap, PictureError> decode_png(std::string_view bytes) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, decltype(&png_image_free)> freed(&png, &png_image_free);
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()))
        return PictureError::damaged;
    if (!is_small_enough(png.width, png.height)) return PictureError::too_large;
    png.format = PNG_FORMAT_RGB;
    Bitmap bitmap =
        make_bitmap({.width = static_cast<int>(png.width), .height = static_cast<int>(png.height)});
    const png_color white{.red = 255, .green = 255, .blue = 255};
    if (!png_image_finish_read(&png, &white, bitmap.rgb.data(), 0, nullptr))
        return PictureError::damaged;
    return bitmap;
}

Result<Bitmap, PictureError> decode_webp(std::string_view bytes) {
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(data_of(bytes), bytes.size(), &features) != VP8_STATUS_OK)
        return PictureError::damaged;
    if (!is_small_enough(features.width, features.height)) return PictureError::too_large;
    const Size size{.width = features.width, .height = features.height};
    if (features.has_animation) return first_of_moving_webp(bytes, size);
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(size.width) *
                                   static_cast<std::size_t>(size.height) * 4);
    if (!WebPDecodeRGBAInto(data_of(bytes), bytes.size(), rgba.data(), rgba.size(), 4 * size.width))
        return PictureError::damaged;
    return turn_upright(on_white(rgba.data(), size), webp_orientation(bytes));
}

Result<Bitmap, PictureError> decode_avif(std::string_view bytes) {
    const std::unique_ptr<avifDecoder, decltype(&avifDecoderDestroy)> decoder(avifDecoderCreate(),
                                                                              &avifDecoderDestroy);
    if (!decoder) return PictureError::damaged;
    decoder->ignoreExif = AVIF_TRUE;
    decoder->ignoreXMP = AVIF_TRUE;
    decoder->imageDimensionLimit = 0;  // ours says what is wrong
    if (avifDecoderSetIOMemory(decoder.get(), data_of(bytes), bytes.size()) != AVIF_RESULT_OK ||
        avifDecoderParse(decoder.get()) != AVIF_RESULT_OK)
        return says_too_large(*decoder) ? PictureError::too_large : PictureError::damaged;
    const avifImage& image = *decoder->image;
    if (!is_small_enough(image.width, image.height)) return PictureError::too_large;
    const Size size{.width = static_cast<int>(image.width),
                    .height = static_cast<int>(image.height)};
    if (avifDecoderNextImage(decoder.get()) != AVIF_RESULT_OK) return PictureError::damaged;
    if (!is_small_enough(image.width, image.height) ||
        size != Size{static_cast<int>(image.width), static_cast<int>(image.height)})
        return PictureError::damaged;
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(size.width) *
                                   static_cast<std::size_t>(size.height) * 4);
    avifRGBImage rgb{};
    avifRGBImageSetDefaults(&rgb, &image);
    rgb.format = AVIF_RGB_FORMAT_RGBA;
    rgb.depth = 8;
    rgb.pixels = rgba.data();
    rgb.rowBytes = static_cast<std::uint32_t>(4 * size.width);
    if (avifImageYUVToRGB(&image, &rgb) != AVIF_RESULT_OK) return PictureError::damaged;
    return turn_upright(on_white(rgba.data(), size), avif_orientation(image));
}

}  // namespace emplettes::pictures
