#include "pictures/bitmap.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "pictures/test_pictures.h"

namespace emplettes::pictures {
namespace {

Bitmap any_bitmap(int side_max) {
    Bitmap bitmap = make_bitmap({.width = *rc::gen::inRange(1, side_max + 1),
                                 .height = *rc::gen::inRange(1, side_max + 1)});
    for (auto& byte : bitmap.rgb) byte = *rc::gen::arbitrary<std::uint8_t>();
    return bitmap;
}

double mean(const Bitmap& bitmap) {
    return std::accumulate(bitmap.rgb.begin(), bitmap.rgb.end(), 0.0) /
           static_cast<double>(bitmap.rgb.size());
}

// The corners as they lie in the file for each orientation, and what a viewer shows.
TEST(Bitmap, IsTurnedAsAViewerDoes) {
    const Bitmap bitmap = four_colours({.width = 8, .height = 4});
    const char* shown[] = {"1234", "2143", "4321", "3412", "1324", "3142", "4231", "2413"};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const Bitmap turned = turn_upright(bitmap, orientation);
        EXPECT_EQ(corners(turned), shown[orientation - 1]) << orientation;
        EXPECT_EQ(turned.size.width, orientation < 5 ? 8 : 4) << orientation;
    }
    EXPECT_EQ(turn_upright(bitmap, 0), bitmap);
    EXPECT_EQ(turn_upright(bitmap, 9), bitmap);
}

RC_GTEST_PROP(Bitmap, IsItselfAgainWhenTurnedBack, ()) {
    const Bitmap bitmap = any_bitmap(6);
    const int back[] = {1, 2, 3, 4, 5, 8, 7, 6};
    const int orientation = *rc::gen::inRange(1, 9);
    RC_ASSERT(turn_upright(turn_upright(bitmap, orientation), back[orientation - 1]) == bitmap);
}

RC_GTEST_PROP(Bitmap, KeepsItsBrightnessWhenItShrinks, ()) {
    const Bitmap bitmap = any_bitmap(12);
    const Size size{.width = *rc::gen::inRange(1, bitmap.size.width + 1),
                    .height = *rc::gen::inRange(1, bitmap.size.height + 1)};
    const Bitmap small = shrink(bitmap, size);
    RC_ASSERT(small.size == size);
    RC_ASSERT(std::abs(mean(small) - mean(bitmap)) <= 0.6);  // each byte is rounded
    const auto [least, most] = std::minmax_element(bitmap.rgb.begin(), bitmap.rgb.end());
    for (const auto byte : small.rgb) RC_ASSERT(byte >= *least && byte <= *most);
}

RC_GTEST_PROP(Bitmap, FitsIntoItsBox, ()) {
    const Size size{.width = *rc::gen::inRange(1, 20'000), .height = *rc::gen::inRange(1, 20'000)};
    const int width_max = *rc::gen::inRange(1, 2'000);
    const Size fitted = fit(size, width_max);
    RC_ASSERT(fitted.width >= 1 && fitted.width <= std::min(width_max, size.width));
    RC_ASSERT(fitted.height >= 1 && fitted.height <= std::min(2 * width_max, size.height));
    RC_ASSERT(fit(fitted, width_max) == fitted);
}

}  // namespace
}  // namespace emplettes::pictures
