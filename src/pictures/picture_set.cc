#include "pictures/picture_set.h"

#include <avif/avif.h>
#include <webp/encode.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "base/text.h"
#include "pictures/decode.h"

namespace emplettes::pictures {
namespace {

constexpr std::array kWidths = {1280, 640, 320};
constexpr float kWebpQuality = 78;
constexpr int kAvifSpeed = 8;
constexpr int kAvifBest = 22;  // quantizers of 0 to 63, looked at beside kWebpQuality
constexpr int kAvifWorst = 36;
constexpr std::size_t kFilesMax = 2 * kWidths.size();
constexpr std::array<std::string_view, 6> kErrorNames = {"unknown_format", "damaged",  "too_long",
                                                         "too_large",      "too_slow", "busy"};

std::string encode_webp(const Bitmap& bitmap) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size = WebPEncodeRGB(bitmap.rgb.data(), bitmap.size.width, bitmap.size.height,
                                           3 * bitmap.size.width, kWebpQuality, &bytes);
    if (size == 0) throw std::runtime_error("libwebp cannot encode");
    const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> freed(bytes, &WebPFree);
    return {reinterpret_cast<const char*>(bytes), size};
}

void check_avif(avifResult result) {
    if (result != AVIF_RESULT_OK)
        throw std::runtime_error(std::string("libavif: ") + avifResultToString(result));
}

std::string encode_avif(const Bitmap& bitmap) {
    const std::unique_ptr<avifImage, decltype(&avifImageDestroy)> image(
        avifImageCreate(static_cast<std::uint32_t>(bitmap.size.width),
                        static_cast<std::uint32_t>(bitmap.size.height), 8,
                        AVIF_PIXEL_FORMAT_YUV420),
        &avifImageDestroy);
    image->colorPrimaries = AVIF_COLOR_PRIMARIES_BT709;
    image->transferCharacteristics = AVIF_TRANSFER_CHARACTERISTICS_SRGB;
    image->matrixCoefficients = AVIF_MATRIX_COEFFICIENTS_BT601;
    avifRGBImage rgb{};
    avifRGBImageSetDefaults(&rgb, image.get());
    rgb.format = AVIF_RGB_FORMAT_RGB;
    rgb.depth = 8;
    std::vector<std::uint8_t> pixels = bitmap.rgb;
    rgb.pixels = pixels.data();
    rgb.rowBytes = static_cast<std::uint32_t>(3 * bitmap.size.width);
    check_avif(avifImageRGBToYUV(image.get(), &rgb));
    const std::unique_ptr<avifEncoder, decltype(&avifEncoderDestroy)> encoder(avifEncoderCreate(),
                                                                              &avifEncoderDestroy);
    encoder->maxThreads = 1;
    encoder->speed = kAvifSpeed;
    encoder->minQuantizer = kAvifBest;
    encoder->maxQuantizer = kAvifWorst;
    avifRWData data = AVIF_DATA_EMPTY;
    const avifResult result = avifEncoderWrite(encoder.get(), image.get(), &data);
    std::string bytes(reinterpret_cast<const char*>(data.data), data.size);
    avifRWDataFree(&data);
    check_avif(result);
    return bytes;
}

// Takes one line, without its end; none when there is no whole one.
std::optional<std::string_view> take_line(std::string_view& bytes) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    return line;
}

std::optional<PictureError> error_named(std::string_view name) {
    for (std::size_t i = 0; i < kErrorNames.size(); ++i)
        if (kErrorNames[i] == name) return static_cast<PictureError>(i);
    return std::nullopt;
}

// Written as std::to_string does: no sign, no zero in front.
std::optional<std::int64_t> plain_number(std::string_view word) {
    const auto number = parse_int(word);
    return number && std::to_string(*number) == word ? number : std::nullopt;
}

// "webp 640 480 12345", then so many bytes.
std::optional<PictureFile> take_file(std::string_view& bytes) {
    const auto line = take_line(bytes);
    const auto words = line ? split(*line, ' ') : std::vector<std::string_view>();
    if (words.size() != 4 || (words[0] != "webp" && words[0] != "avif")) return std::nullopt;
    const auto width = plain_number(words[1]);
    const auto height = plain_number(words[2]);
    const auto size = plain_number(words[3]);
    if (!width || !height || !size || *width < 1 || *width > kWidths.front() || *height < 1 ||
        *height > 2 * kWidths.front() || *size < 1 ||
        static_cast<std::uint64_t>(*size) > bytes.size())
        return std::nullopt;
    PictureFile file{.format = words[0] == "webp" ? Format::webp : Format::avif,
                     .size = {static_cast<int>(*width), static_cast<int>(*height)},
                     .bytes = std::string(bytes.substr(0, static_cast<std::size_t>(*size)))};
    bytes.remove_prefix(static_cast<std::size_t>(*size));
    return file;
}

// Each size in every format, and the sizes those of its largest.
bool is_whole(const PictureSet& set) {
    if (set.files.empty()) return false;
    std::size_t i = 0;
    for (const Size& size : picture_sizes(set.files.front().size)) {
        for (const Format format : {Format::webp, Format::avif}) {
            if (i == set.files.size() || set.files[i].size != size || set.files[i].format != format)
                return false;
            ++i;
        }
    }
    return i == set.files.size();
}

}  // namespace

std::string_view to_string(Format format) {
    switch (format) {
        case Format::webp: return "webp";
        case Format::avif: return "avif";
    }
    return {};
}

std::vector<Size> picture_sizes(Size size) {
    std::vector<Size> sizes;
    for (const int width : kWidths) {
        const Size fitted = fit(sizes.empty() ? size : sizes.front(), width);
        if (sizes.empty() || fitted != sizes.back()) sizes.push_back(fitted);
    }
    return sizes;
}

Result<PictureSet, PictureError> make_picture_set(std::string_view bytes) {
    const auto bitmap = decode_picture(bytes, 2 * kWidths.front());
    if (!bitmap) return bitmap.error();
    PictureSet set;
    for (const Size& size : picture_sizes(bitmap->size)) {
        const Bitmap small = shrink(*bitmap, size);
        set.files.push_back({.format = Format::webp, .size = size, .bytes = encode_webp(small)});
        set.files.push_back({.format = Format::avif, .size = size, .bytes = encode_avif(small)});
    }
    return set;
}

std::string write_outcome(const SetOutcome& outcome) {
    if (!outcome)
        return "error " + std::string(kErrorNames[static_cast<std::size_t>(outcome.error())]) +
               "\n";
    std::string text = "files " + std::to_string(outcome->files.size()) + "\n";
    for (const PictureFile& file : outcome->files) {
        text += std::string(to_string(file.format)) + " " + std::to_string(file.size.width) + " " +
                std::to_string(file.size.height) + " " + std::to_string(file.bytes.size()) + "\n";
        text += file.bytes;
    }
    return text;
}

std::optional<SetOutcome> read_outcome(std::string_view bytes) {
    std::optional<SetOutcome> outcome;  // emplaced: GCC 12 warns of a temporary that is none
    const auto line = take_line(bytes);
    if (!line) return outcome;
    if (line->starts_with("error ")) {
        const auto error = error_named(line->substr(6));
        if (error && bytes.empty()) outcome.emplace(*error);
        return outcome;
    }
    const auto count = line->starts_with("files ") ? plain_number(line->substr(6)) : std::nullopt;
    if (!count || *count < 1 || *count > static_cast<std::int64_t>(kFilesMax)) return outcome;
    PictureSet set;
    for (std::int64_t i = 0; i < *count; ++i) {
        auto file = take_file(bytes);
        if (!file) return outcome;
        set.files.push_back(std::move(*file));
    }
    if (bytes.empty() && is_whole(set)) outcome.emplace(std::move(set));
    return outcome;
}

}  // namespace emplettes::pictures
