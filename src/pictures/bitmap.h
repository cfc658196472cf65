#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace emplettes::pictures {

struct Size {
    int width = 0;
    int height = 0;
    bool operator==(const Size&) const = default;
};

// Red, green, blue, a byte each, rows from the top without gaps.
struct Bitmap {
    Size size;
    std::vector<std::uint8_t> rgb;

    std::size_t stride() const { return static_cast<std::size_t>(size.width) * 3; }
    const std::uint8_t* row(int y) const {
        return rgb.data() + static_cast<std::size_t>(y) * stride();
    }
    bool operator==(const Bitmap&) const = default;
};

Bitmap make_bitmap(Size size);  // black

// As a viewer turns it that obeys EXIF's tag 0x0112; another number than 1 to 8 is 1.
Bitmap turn_upright(Bitmap bitmap, int orientation);

// The size that fits into `width_max` and a height of twice that; never larger than it is.
Size fit(Size size, int width_max);

// Each new pixel is the mean of what it covers. Only to smaller sizes (check).
Bitmap shrink(const Bitmap& bitmap, Size size);

}  // namespace emplettes::pictures
