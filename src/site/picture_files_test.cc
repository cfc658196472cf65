#include "site/picture_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "web/spool_file.h"

namespace emplettes::site {
namespace {

const std::string kSha256(64, 'a');

TEST(PictureFiles, HaveNamesThatLeadNowhereElse) {
    EXPECT_EQ(picture_file_name(kSha256, 640, pictures::Format::webp), kSha256 + "-640.webp");
    EXPECT_TRUE(is_picture_file_name(kSha256 + "-640.webp"));
    EXPECT_TRUE(is_picture_file_name(kSha256 + "-1.avif"));
    for (const std::string& name :
         {std::string(), kSha256, kSha256 + "-.webp", kSha256 + "-640.png", kSha256 + "-640",
          kSha256 + "-64x.webp", kSha256 + "-12345.webp", kSha256 + "-640.webp.avif",
          "../" + kSha256 + "-640.webp", std::string(64, 'A') + "-640.webp",
          std::string(64, '/') + "-640.webp"})
        EXPECT_FALSE(is_picture_file_name(name)) << name;
}

TEST(PictureFiles, AreWrittenOnceAndWhole) {
    const auto root = std::filesystem::temp_directory_path() /
                      ("picture_files_test." + std::to_string(::getpid()));
    const PictureFolder folder{.files = root / "ville", .spool = root / "spool"};
    web::prepare_spool(folder.spool);
    const pictures::PictureSet set{
        {{.format = pictures::Format::webp, .size = {320, 200}, .bytes = "webp"},
         {.format = pictures::Format::avif, .size = {320, 200}, .bytes = "avif"}}};
    const std::string name = store_picture_files(folder, set);
    EXPECT_EQ(store_picture_files(folder, set), name);
    EXPECT_EQ(std::filesystem::file_size(folder.files / (name + "-320.avif")), 4U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.files), {}), 2);
    EXPECT_TRUE(std::filesystem::is_empty(folder.spool));
    std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace emplettes::site
