#include "pictures/picture_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <system_error>

#include "pictures/decode.h"
#include "pictures/picture_child.h"
#include "pictures/test_pictures.h"

namespace emplettes::pictures {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const std::string kChild = EMPLETTES_BINARY_DIR "/src/pictures/picture_child";
const std::string kProbe = EMPLETTES_BINARY_DIR "/src/pictures/picture_probe";

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(command.c_str(), "r"), &pclose);
    std::string text;
    std::array<char, 1024> block{};
    while (const auto count = std::fread(block.data(), 1, block.size(), pipe.get()))
        text.append(block.data(), count);
    return text;
}

TEST(PictureMaker, MakesAPictureInAnotherProcess) {
    PictureMaker maker({kChild, kPictureVerb});
    const std::string photo =
        jpeg_of(four_colours({.width = 1'600, .height = 1'200}), phone_exif(6));
    const auto set = maker.make(photo);
    ASSERT_TRUE(set);
    EXPECT_EQ(*set, *make_picture_set(photo));  // as in this process, byte for byte
    EXPECT_EQ(set->files.front().size, (Size{.width = 1'200, .height = 1'600}));
}

TEST(PictureMaker, SaysWhyThereIsNone) {
    PictureMaker maker({kChild, kPictureVerb});
    const Bitmap bitmap = four_colours({.width = 64, .height = 32});
    EXPECT_EQ(maker.make("GIF89a").error(), PictureError::unknown_format);
    EXPECT_EQ(maker.make("").error(), PictureError::unknown_format);
    EXPECT_EQ(maker.make(png_of(bitmap).substr(0, 60)).error(), PictureError::damaged);
    EXPECT_EQ(
        maker.make(claim_png_size(png_of(bitmap), {.width = 40'000, .height = 40'000})).error(),
        PictureError::too_large);
    EXPECT_EQ(maker.make(std::string(kPictureBytesMax + 1, 'x')).error(), PictureError::too_long);
}

TEST(PictureMaker, SurvivesItsProcesses) {
    const MakerLimits limits{.deadline = 300ms};
    EXPECT_EQ(PictureMaker({kProbe, "crash"}).make("x").error(), PictureError::damaged);
    EXPECT_EQ(PictureMaker({kProbe, "burn"}).make("x").error(), PictureError::damaged);  // SIGKILL
    EXPECT_EQ(PictureMaker({kProbe, "sleep"}, limits).make("x").error(), PictureError::too_slow);
    EXPECT_EQ(PictureMaker({kProbe, "flood"}).make("x").error(), PictureError::damaged);
    EXPECT_EQ(PictureMaker({kProbe, "try"}).make("x").error(), PictureError::damaged);
    // Which reads nothing of what is more than the socket holds.
    EXPECT_EQ(PictureMaker({kProbe, "crash"}).make(std::string(4'000'000, 'x')).error(),
              PictureError::damaged);
    EXPECT_THROW(PictureMaker({"/no/such/program"}).make("x").error(), std::system_error);
}

TEST(PictureMaker, ConfinesItsProcesses) {
    const std::string free = output_of(kProbe + " free");
    for (const auto* what :
         {"file yes", "kept_file yes", "socket yes", "process yes", "signal_to_parent yes",
          "code yes", "2_gb yes", "16_mb yes", "program yes"})
        EXPECT_THAT(free, HasSubstr(what));
    EXPECT_EQ(output_of(kProbe + " try"),
              "file no\nkept_file no\nsocket no\nprocess no\nsignal_to_parent no\n"
              "code no\n2_gb no\n16_mb yes\nprogram no\n");
}

}  // namespace
}  // namespace emplettes::pictures
