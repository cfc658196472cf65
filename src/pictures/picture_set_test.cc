#include "pictures/picture_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pictures/decode.h"
#include "pictures/test_pictures.h"

namespace emplettes::pictures {
namespace {

std::vector<int> widths(Size size) {
    std::vector<int> result;
    for (const Size& one : picture_sizes(size)) result.push_back(one.width);
    return result;
}

TEST(PictureSet, HasSizesForEveryScreen) {
    EXPECT_EQ(widths({.width = 4'000, .height = 3'000}), (std::vector{1280, 640, 320}));
    EXPECT_EQ(widths({.width = 500, .height = 400}), (std::vector{500, 320}));
    EXPECT_EQ(widths({.width = 100, .height = 80}), (std::vector{100}));
    EXPECT_EQ(picture_sizes({.width = 1'000, .height = 16'000}).front(),
              (Size{.width = 160, .height = 2'560}));
}

RC_GTEST_PROP(PictureSet, HasTheSizesOfItsLargest, ()) {
    const Size size{.width = *rc::gen::inRange(1, 20'000), .height = *rc::gen::inRange(1, 20'000)};
    const auto sizes = picture_sizes(size);
    RC_ASSERT(picture_sizes(sizes.front()) == sizes);
}

TEST(PictureSet, KeepsNothingThatCannotBeSeen) {
    const std::string photo = jpeg_of(four_colours({.width = 700, .height = 350}), phone_exif(8));
    ASSERT_NE(photo.find("PHONE-OF-ZOE"), std::string::npos);
    ASSERT_NE(photo.find("48.8790N"), std::string::npos);
    const auto set = make_picture_set(photo);
    ASSERT_TRUE(set);
    ASSERT_EQ(set->files.size(), 4U);
    for (const PictureFile& file : set->files) {
        for (const char* trace : {"PHONE-OF-ZOE", "48.8790N", "Exif", "EXIF", "XMP ", "ICCP"})
            EXPECT_EQ(file.bytes.find(trace), std::string::npos) << trace;
        const auto seen = decode_picture(file.bytes, 2'560);
        ASSERT_TRUE(seen);
        EXPECT_EQ(seen->size, file.size);
        EXPECT_EQ(corners(*seen), "2413");  // upright
    }
    EXPECT_EQ(set->files[0].size, (Size{.width = 350, .height = 700}));
    EXPECT_EQ(set->files[2].size, (Size{.width = 320, .height = 640}));
}

TEST(PictureSet, CrossesFromProcessToProcess) {
    const SetOutcome made = make_picture_set(png_of(four_colours({.width = 330, .height = 20})));
    ASSERT_TRUE(made);
    const std::string text = write_outcome(made);
    const auto read = read_outcome(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->value(), *made);
    EXPECT_FALSE(read_outcome(text + "x"));
    for (std::size_t size = 0; size < text.size(); size += 7)
        EXPECT_FALSE(read_outcome(std::string_view(text).substr(0, size))) << size;
    for (const auto error :
         {PictureError::unknown_format, PictureError::damaged, PictureError::too_long,
          PictureError::too_large, PictureError::too_slow, PictureError::busy})
        EXPECT_EQ(read_outcome(write_outcome(error))->error(), error);
}

TEST(PictureSet, BelievesNoProcess) {
    for (const auto* text :
         {"", "files", "files 0\n", "files 7\n", "files -1\n", "error none\n", "error damaged\nx",
          "files 1\nwebp 10 10 1\nx", "files 1\ngif 10 10 1\nx", "files 1\nwebp 1281 1 1\nx",
          "files 1\nwebp 1 1 99999999999\nx", "files 2\nwebp 1 1 1\nxavif 2 1 1\nx",
          "files 2\navif 1 1 1\nxwebp 1 1 1\nx", "files 2\nwebp 1 1 0\navif 1 1 1\nx",
          "files 2\nwebp 1 1 1\nxavif 1 +1 1\nx", "files 02\nwebp 1 1 1\nxavif 1 1 1\nx"})
        EXPECT_FALSE(read_outcome(text)) << text;
    EXPECT_TRUE(read_outcome("files 2\nwebp 1 1 1\nxavif 1 1 1\nx"));
}

}  // namespace
}  // namespace emplettes::pictures
