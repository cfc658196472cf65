#include "pictures/decode.h"

#include <gtest/gtest.h>

#include "pictures/picture_set.h"
#include "pictures/test_pictures.h"

namespace emplettes::pictures {
namespace {

constexpr int kEnough = 2'560;
constexpr Size kWide{.width = 64, .height = 32};
constexpr Size kHuge{.width = 40'000, .height = 40'000};

std::string avif_of(const Bitmap& bitmap) {
    return make_picture_set(png_of(bitmap))->files.at(1).bytes;
}

TEST(Decode, ReadsEveryFormat) {
    const Bitmap bitmap = four_colours(kWide);
    for (const std::string& bytes :
         {jpeg_of(bitmap), png_of(bitmap), webp_of(bitmap), moving_webp(kWide), avif_of(bitmap)}) {
        const auto decoded = decode_picture(bytes, kEnough);
        ASSERT_TRUE(decoded) << bytes.substr(0, 16);
        EXPECT_EQ(decoded->size, kWide);
        EXPECT_EQ(corners(*decoded), "1234") << bytes.substr(0, 16);
    }
    EXPECT_EQ(decode_picture(png_of(bitmap), kEnough).value(), bitmap);
    EXPECT_EQ(corners(*decode_picture(clear_png(kWide), kEnough)), "4444");  // on white
    EXPECT_EQ(corners(*decode_picture(cmyk_jpeg(kWide), kEnough)), "1111");
}

TEST(Decode, TurnsPicturesUpright) {
    const Bitmap bitmap = four_colours(kWide);
    for (const std::string& bytes :
         {jpeg_of(bitmap, phone_exif(6)), webp_of(bitmap, phone_exif(6))}) {
        const auto decoded = decode_picture(bytes, kEnough);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->size, (Size{.width = 32, .height = 64}));
        EXPECT_EQ(corners(*decoded), "3142");
    }
}

TEST(Decode, LeavesOutWhatIsMoreThanEnough) {
    const std::string jpeg = jpeg_of(four_colours({.width = 800, .height = 400}));
    EXPECT_EQ(decode_picture(jpeg, 401)->size.width, 800);
    EXPECT_EQ(decode_picture(jpeg, 200)->size.width, 400);
    EXPECT_EQ(corners(*decode_picture(jpeg, 50)), "1234");
}

TEST(Decode, RefusesHugePicturesByTheirHeader) {
    const Bitmap bitmap = four_colours(kWide);
    const std::string claims[] = {claim_jpeg_size(jpeg_of(bitmap), kHuge),
                                  claim_png_size(png_of(bitmap), kHuge),
                                  claim_avif_size(avif_of(bitmap), kHuge)};
    for (const std::string& bytes : claims)
        EXPECT_EQ(decode_picture(bytes, kEnough).error(), PictureError::too_large)
            << bytes.substr(0, 16);
    EXPECT_TRUE(is_small_enough(8'000, 8'000));
    EXPECT_FALSE(is_small_enough(8'001, 8'000));
    EXPECT_FALSE(is_small_enough(kPictureSideMax + 1, 1));
    EXPECT_FALSE(is_small_enough(0, 1));
}

TEST(Decode, RefusesWhatIsCutOff) {
    const Bitmap bitmap = four_colours({.width = 300, .height = 200});
    for (const std::string& whole : {jpeg_of(bitmap, phone_exif(6)), png_of(bitmap),
                                     webp_of(bitmap), moving_webp(kWide), avif_of(bitmap)}) {
        for (const std::size_t part : {2U, 4U, 8U, 9U}) {
            const auto decoded = decode_picture(whole.substr(0, whole.size() * part / 10), kEnough);
            ASSERT_FALSE(decoded) << whole.substr(0, 16) << part;
            EXPECT_EQ(decoded.error(), PictureError::damaged);
        }
    }
}

TEST(Decode, RefusesTheRest) {
    for (const std::string& bytes : {std::string(), std::string("GIF89a"), std::string("%PDF-1.7"),
                                     std::string("<svg/>"), std::string("RIFF\0\0\0\0WAVE", 12),
                                     std::string("\0\0\0\x18"
                                                 "ftypheic",
                                                 12)})
        EXPECT_EQ(decode_picture(bytes, kEnough).error(), PictureError::unknown_format);
    EXPECT_EQ(decode_picture("\xFF\xD8\xFF", kEnough).error(), PictureError::damaged);
    EXPECT_EQ(decode_picture(std::string(kPictureBytesMax + 1, 'x'), kEnough).error(),
              PictureError::too_long);
}

}  // namespace
}  // namespace emplettes::pictures
