#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include <algorithm>

#include "pictures/decode.h"
#include "pictures/exif.h"

namespace emplettes::pictures {
namespace {

constexpr int kMarkerExif = JPEG_APP0 + 1;
constexpr unsigned kMarkerBytesMax = 64 * 1024 - 1;
constexpr int kScansMax = 100;  // a progressive bomb has thousands

// libjpeg reports errors by a function that must not return.
struct JpegError {
    jpeg_error_mgr manager;
    std::jmp_buf place;
};

[[noreturn]] void leave(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<JpegError*>(jpeg->err)->place, 1);
}

void say_nothing(j_common_ptr) {}

// A file that is cut off is damaged: libjpeg would paint the rest grey.
void on_message(j_common_ptr jpeg, int level) {
    if (level < 0) leave(jpeg);
}

void count_scans(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kScansMax) leave(jpeg);
}

// What is read of a file; lives outside of the function that may be jumped out of.
struct JpegReading {
    jpeg_decompress_struct jpeg{};
    JpegError error{};
    jpeg_progress_mgr progress{};
    Bitmap bitmap;
    std::vector<std::uint8_t> line;
    int orientation = 1;
    bool is_too_large = false;

    JpegReading() {
        jpeg.err = jpeg_std_error(&error.manager);
        error.manager.error_exit = leave;
        error.manager.output_message = say_nothing;
        error.manager.emit_message = on_message;
    }
    ~JpegReading() { jpeg_destroy_decompress(&jpeg); }
};

void read_orientation(JpegReading& reading) {
    for (auto* marker = reading.jpeg.marker_list; marker; marker = marker->next) {
        const std::string_view block(reinterpret_cast<const char*>(marker->data),
                                     marker->data_length);
        if (marker->marker == kMarkerExif && block.starts_with("Exif"))
            reading.orientation = exif_orientation(block);
    }
}

// Ink as Adobe stores it, upside down.
void paint_cmyk(const std::vector<std::uint8_t>& line, std::uint8_t* out, std::size_t width) {
    for (std::size_t x = 0; x < width; ++x) {
        const unsigned black = line[4 * x + 3];
        for (std::size_t c = 0; c < 3; ++c)
            *out++ = static_cast<std::uint8_t>(line[4 * x + c] * black / 255);
    }
}

void read_lines(JpegReading& reading) {
    auto& jpeg = reading.jpeg;
    const bool is_cmyk = jpeg.out_color_space == JCS_CMYK;
    while (jpeg.output_scanline < jpeg.output_height) {
        std::uint8_t* out =
            reading.bitmap.rgb.data() + jpeg.output_scanline * reading.bitmap.stride();
        JSAMPROW row = is_cmyk ? reading.line.data() : out;
        jpeg_read_scanlines(&jpeg, &row, 1);
        if (is_cmyk) paint_cmyk(reading.line, out, jpeg.output_width);
    }
}

void read_jpeg(JpegReading& reading, std::string_view bytes, int enough) {
    auto& jpeg = reading.jpeg;
    jpeg_create_decompress(&jpeg);
    reading.progress.progress_monitor = count_scans;
    jpeg.progress = &reading.progress;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_save_markers(&jpeg, kMarkerExif, kMarkerBytesMax);
    jpeg_read_header(&jpeg, TRUE);
    reading.is_too_large = !is_small_enough(jpeg.image_width, jpeg.image_height);
    if (reading.is_too_large) return;
    read_orientation(reading);
    const bool is_cmyk = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    jpeg.out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
    const auto shorter = static_cast<int>(std::min(jpeg.image_width, jpeg.image_height));
    jpeg.scale_num = 1;
    jpeg.scale_denom = 1;
    while (jpeg.scale_denom < 8 && shorter / static_cast<int>(2 * jpeg.scale_denom) >= enough)
        jpeg.scale_denom *= 2;
    jpeg_start_decompress(&jpeg);
    reading.bitmap = make_bitmap({.width = static_cast<int>(jpeg.output_width),
                                  .height = static_cast<int>(jpeg.output_height)});
    if (is_cmyk) reading.line.resize(std::size_t{jpeg.output_width} * 4);
    read_lines(reading);
    jpeg_finish_decompress(&jpeg);
}

}  // namespace

Result<Bitmap, PictureError> decode_jpeg(std::string_view bytes, int enough) {
    JpegReading reading;
    // Nothing that has a destructor lives between here and where libjpeg jumps back from.
    if (setjmp(reading.error.place) != 0) return PictureError::damaged;
    read_jpeg(reading, bytes, enough);
    if (reading.is_too_large) return PictureError::too_large;
    return turn_upright(std::move(reading.bitmap), reading.orientation);
}

}  // namespace emplettes::pictures
