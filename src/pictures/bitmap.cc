#include "pictures/bitmap.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace emplettes::pictures {
namespace {

// Which source pixels one new pixel covers, and how much of each; the weights add up to 1.
struct Covered {
    std::size_t first = 0;
    std::vector<float> weights;
};

std::vector<Covered> cover(int source, int target) {
    std::vector<Covered> all;
    const double step = static_cast<double>(source) / target;
    for (int i = 0; i < target; ++i) {
        const double from = i * step;
        const double to = std::min((i + 1) * step, static_cast<double>(source));
        Covered covered{.first = static_cast<std::size_t>(from)};
        for (auto at = static_cast<double>(covered.first); at < to; at += 1)
            covered.weights.push_back(
                static_cast<float>((std::min(at + 1, to) - std::max(at, from)) / (to - from)));
        all.push_back(std::move(covered));
    }
    return all;
}

// Adds one source row, weighted, to a row of sums.
void add_row(const std::uint8_t* source, const std::vector<Covered>& columns, float weight,
             std::vector<float>& sums) {
    std::size_t out = 0;
    for (const Covered& covered : columns) {
        std::array<float, 3> sum{};
        const std::uint8_t* pixel = source + covered.first * 3;
        for (const float part : covered.weights) {
            for (std::size_t c = 0; c < 3; ++c) sum[c] += part * static_cast<float>(*pixel++);
        }
        for (std::size_t c = 0; c < 3; ++c) sums[out++] += weight * sum[c];
    }
}

}  // namespace

Bitmap make_bitmap(Size size) {
    check(size.width > 0 && size.height > 0);
    Bitmap bitmap{.size = size};
    bitmap.rgb.resize(static_cast<std::size_t>(size.height) * bitmap.stride());
    return bitmap;
}

Bitmap turn_upright(Bitmap bitmap, int orientation) {
    if (orientation < 2 || orientation > 8) return bitmap;
    const bool swaps = orientation >= 5;
    const Size from = bitmap.size;
    Bitmap turned = make_bitmap(swaps ? Size{from.height, from.width} : from);
    const bool from_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_bottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    auto out = turned.rgb.begin();
    for (int y = 0; y < turned.size.height; ++y) {
        for (int x = 0; x < turned.size.width; ++x) {
            const int across = swaps ? y : x;
            const int down = swaps ? x : y;
            const int source_x = from_right ? from.width - 1 - across : across;
            const int source_y = from_bottom ? from.height - 1 - down : down;
            out = std::copy_n(bitmap.row(source_y) + 3 * source_x, 3, out);
        }
    }
    return turned;
}

Size fit(Size size, int width_max) {
    const double scale =
        std::min({1.0, static_cast<double>(width_max) / size.width, 2.0 * width_max / size.height});
    return {.width = std::max(1, static_cast<int>(std::lround(size.width * scale))),
            .height = std::max(1, static_cast<int>(std::lround(size.height * scale)))};
}

Bitmap shrink(const Bitmap& bitmap, Size size) {
    check(size.width <= bitmap.size.width && size.height <= bitmap.size.height);
    if (size == bitmap.size) return bitmap;
    Bitmap small = make_bitmap(size);
    const auto columns = cover(bitmap.size.width, size.width);
    const auto rows = cover(bitmap.size.height, size.height);
    auto out = small.rgb.begin();
    std::vector<float> sums;
    for (const Covered& row : rows) {
        sums.assign(small.stride(), 0.5F);  // rounds
        for (std::size_t i = 0; i < row.weights.size(); ++i)
            add_row(bitmap.row(static_cast<int>(row.first + i)), columns, row.weights[i], sums);
        out = std::transform(sums.begin(), sums.end(), out, [](float sum) {
            return static_cast<std::uint8_t>(std::min(sum, 255.0F));
        });
    }
    return small;
}

}  // namespace emplettes::pictures
