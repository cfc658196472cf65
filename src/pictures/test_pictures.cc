#include "pictures/test_pictures.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>
#include <zlib.h>

#include "base/check.h"

namespace emplettes::pictures {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr std::array<Colour, 4> kColours = {
    {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}};

std::string big(std::uint32_t number, std::size_t bytes) {
    std::string text;
    for (std::size_t i = bytes; i-- > 0;) text += static_cast<char>(number >> (8 * i) & 0xFF);
    return text;
}

std::string entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
    const bool is_short = type == 3;
    return big(tag, 2) + big(type, 2) + big(count, 4) +
           (is_short ? big(value, 2) + big(0, 2) : big(value, 4));
}

// Lines of `components` bytes a pixel.
std::string compress_jpeg(const std::uint8_t* lines, Size size, J_COLOR_SPACE space,
                          std::string_view exif) {
    const int components = space == JCS_CMYK ? 4 : 3;
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr error{};
    jpeg.err = jpeg_std_error(&error);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long count = 0;
    jpeg_mem_dest(&jpeg, &bytes, &count);
    jpeg.image_width = static_cast<unsigned>(size.width);
    jpeg.image_height = static_cast<unsigned>(size.height);
    jpeg.input_components = components;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    if (!exif.empty())
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                          static_cast<unsigned>(exif.size()));
    while (jpeg.next_scanline < jpeg.image_height) {
        auto* row = const_cast<std::uint8_t*>(lines) +
                    static_cast<std::size_t>(jpeg.next_scanline) *
                        static_cast<std::size_t>(size.width * components);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string result(reinterpret_cast<const char*>(bytes), count);
    std::free(bytes);
    return result;
}

std::string write_png(const std::uint8_t* lines, Size size, unsigned format) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<unsigned>(size.width);
    png.height = static_cast<unsigned>(size.height);
    png.format = format;
    png_alloc_size_t count = 0;
    check(png_image_write_to_memory(&png, nullptr, &count, 0, lines, 0, nullptr));
    std::string bytes(count, '\0');
    check(png_image_write_to_memory(&png, bytes.data(), &count, 0, lines, 0, nullptr));
    bytes.resize(count);
    return bytes;
}

std::string assembled(WebPMux* mux) {
    WebPData data{};
    check(WebPMuxAssemble(mux, &data) == WEBP_MUX_OK);
    std::string bytes(reinterpret_cast<const char*>(data.bytes), data.size);
    WebPDataClear(&data);
    WebPMuxDelete(mux);
    return bytes;
}

WebPData webp_data(std::string_view bytes) {
    return {.bytes = reinterpret_cast<const std::uint8_t*>(bytes.data()), .size = bytes.size()};
}

}  // namespace

Bitmap four_colours(Size size) {
    Bitmap bitmap = make_bitmap(size);
    auto out = bitmap.rgb.begin();
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const int number = (2 * x >= size.width) + 2 * (2 * y >= size.height);
            const Colour& colour = kColours[static_cast<std::size_t>(number)];
            out = std::copy(colour.begin(), colour.end(), out);
        }
    }
    return bitmap;
}

std::string corners(const Bitmap& bitmap) {
    std::string text;
    for (const int y : {bitmap.size.height / 4, bitmap.size.height * 3 / 4}) {
        for (const int x : {bitmap.size.width / 4, bitmap.size.width * 3 / 4}) {
            const std::uint8_t* pixel = bitmap.row(y) + 3 * x;
            const bool red = pixel[0] > 127, green = pixel[1] > 127, blue = pixel[2] > 127;
            text += red && green ? '4' : red ? '1' : green ? '2' : blue ? '3' : '0';
        }
    }
    return text;
}

std::string phone_exif(int orientation) {
    const std::string maker("PHONE-OF-ZOE\0", 13);
    const std::string place("48.8790N\0", 9);
    const std::uint32_t texts = 8 + 2 + 3 * 12 + 4;
    const std::uint32_t places = texts + 22;
    std::string exif("Exif\0\0", 6);
    exif += "MM" + big(42, 2) + big(8, 4) + big(3, 2);
    exif += entry(0x010F, 2, 13, texts);
    exif += entry(0x0112, 3, 1, static_cast<std::uint32_t>(orientation));
    exif += entry(0x8825, 4, 1, places);
    exif += big(0, 4) + maker + place;
    return exif + big(1, 2) + entry(0x0002, 2, 9, texts + 13) + big(0, 4);
}

std::string jpeg_of(const Bitmap& bitmap, std::string_view exif) {
    return compress_jpeg(bitmap.rgb.data(), bitmap.size, JCS_RGB, exif);
}

std::string cmyk_jpeg(Size size) {
    // Upside down, as Adobe has it: no cyan, all magenta and yellow, no black.
    std::vector<std::uint8_t> lines;
    for (int i = 0; i < size.width * size.height; ++i) lines.insert(lines.end(), {255, 0, 0, 255});
    return compress_jpeg(lines.data(), size, JCS_CMYK, {});
}

std::string png_of(const Bitmap& bitmap) {
    return write_png(bitmap.rgb.data(), bitmap.size, PNG_FORMAT_RGB);
}

std::string clear_png(Size size) {
    const std::vector<std::uint8_t> lines(static_cast<std::size_t>(size.width * size.height) * 4);
    return write_png(lines.data(), size, PNG_FORMAT_RGBA);
}

std::string webp_of(const Bitmap& bitmap, std::string_view exif) {
    std::uint8_t* encoded = nullptr;
    const std::size_t size = WebPEncodeRGB(bitmap.rgb.data(), bitmap.size.width, bitmap.size.height,
                                           3 * bitmap.size.width, 90, &encoded);
    std::string bytes(reinterpret_cast<const char*>(encoded), size);
    WebPFree(encoded);
    if (exif.empty()) return bytes;
    WebPMux* mux = WebPMuxNew();
    const WebPData image = webp_data(bytes);
    const WebPData chunk = webp_data(exif);
    check(WebPMuxSetImage(mux, &image, 1) == WEBP_MUX_OK);
    check(WebPMuxSetChunk(mux, "EXIF", &chunk, 1) == WEBP_MUX_OK);
    return assembled(mux);
}

std::string moving_webp(Size size) {
    WebPMux* mux = WebPMuxNew();
    for (const Bitmap& bitmap : {four_colours(size), make_bitmap(size)}) {
        const std::string bytes = webp_of(bitmap);
        WebPMuxFrameInfo frame{};
        frame.bitstream = webp_data(bytes);
        frame.duration = 100;
        frame.id = WEBP_CHUNK_ANMF;
        check(WebPMuxPushFrame(mux, &frame, 1) == WEBP_MUX_OK);
    }
    const WebPMuxAnimParams params{.bgcolor = 0xFFFFFFFF, .loop_count = 0};
    check(WebPMuxSetAnimationParams(mux, &params) == WEBP_MUX_OK);
    return assembled(mux);
}

std::string claim_jpeg_size(std::string jpeg, Size size) {
    const auto frame = jpeg.find("\xFF\xC0");
    check(frame != std::string::npos);
    jpeg.replace(frame + 5, 4,
                 big(static_cast<std::uint32_t>(size.height), 2) +
                     big(static_cast<std::uint32_t>(size.width), 2));
    return jpeg;
}

std::string claim_png_size(std::string png, Size size) {
    png.replace(16, 8,
                big(static_cast<std::uint32_t>(size.width), 4) +
                    big(static_cast<std::uint32_t>(size.height), 4));
    const auto sum = crc32(0, reinterpret_cast<const unsigned char*>(png.data()) + 12, 17);
    return png.replace(29, 4, big(static_cast<std::uint32_t>(sum), 4));
}

std::string claim_avif_size(std::string avif, Size size) {
    const auto box = avif.find("ispe");
    check(box != std::string::npos);
    return avif.replace(box + 8, 8,
                        big(static_cast<std::uint32_t>(size.width), 4) +
                            big(static_cast<std::uint32_t>(size.height), 4));
}

}  // namespace emplettes::pictures
