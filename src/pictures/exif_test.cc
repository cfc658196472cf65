#include "pictures/exif.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pictures/test_pictures.h"

namespace emplettes::pictures {
namespace {

TEST(Exif, SaysTheOrientation) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
        EXPECT_EQ(exif_orientation(phone_exif(orientation)), orientation);
        EXPECT_EQ(exif_orientation(phone_exif(orientation).substr(6)), orientation);
    }
    const std::string little("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0", 26);
    EXPECT_EQ(exif_orientation(little), 6);
}

TEST(Exif, SaysNothingWhenItIsNotSound) {
    EXPECT_EQ(exif_orientation(""), 1);
    EXPECT_EQ(exif_orientation(phone_exif(9)), 1);
    EXPECT_EQ(exif_orientation(phone_exif(0)), 1);
    EXPECT_EQ(exif_orientation("MM no TIFF at all"), 1);
    // A directory that lies beyond the end, or says that it has 65,535 entries.
    EXPECT_EQ(exif_orientation({"MM\0*\xFF\xFF\xFF\xFF", 8}), 1);
    EXPECT_EQ(exif_orientation({"MM\0*\0\0\0\x08\xFF\xFF", 10}), 1);
    const std::string whole = phone_exif(6);
    for (std::size_t size = 0; size < 6 + 8 + 2 + 20; ++size)
        EXPECT_EQ(exif_orientation(std::string_view(whole).substr(0, size)), 1) << size;
}

RC_GTEST_PROP(Exif, IsOneOfEightWhateverComes, (const std::string& bytes)) {
    const int orientation = exif_orientation("Exif" + std::string(2, '\0') + "MM" + bytes);
    RC_ASSERT(orientation >= 1 && orientation <= 8);
}

}  // namespace
}  // namespace emplettes::pictures
