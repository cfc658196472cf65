#include "site/picture_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

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
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.files), {}), 3);
    EXPECT_TRUE(std::filesystem::is_empty(folder.spool));
    const auto sums = load_picture_sums(folder.files, name);
    EXPECT_EQ(sums.size(), 2U);
    EXPECT_EQ(sums.at(name + "-320.webp"), name);
    EXPECT_EQ(sums.at(name + "-320.avif"),
              sha256_of_picture_file(folder.files / (name + "-320.avif")));
    std::filesystem::remove_all(root);
}

TEST(PictureFiles, ThatNoPictureHasAreSweptAfterADay) {
    const auto root = std::filesystem::temp_directory_path() /
                      ("picture_files_sweep." + std::to_string(::getpid()));
    const PictureFolder folder{.files = root / "ville", .spool = root / "spool"};
    const Instant now = instant_from_unix(1'792'058'400);
    const auto written = std::chrono::file_clock::from_sys(now - std::chrono::days{2});
    std::set<std::string> used;
    EXPECT_EQ(sweep_picture_files(
                  folder.files, [&] { return used; }, now),
              0);
    web::prepare_spool(folder.spool);
    const auto store = [&](const std::string& bytes) {
        const std::string name = store_picture_files(
            folder, {{{.format = pictures::Format::webp, .size = {320, 200}, .bytes = bytes}}});
        for (const std::string& file : {name + "-320.webp", picture_sums_name(name)})
            std::filesystem::last_write_time(folder.files / file, written);
        return name;
    };
    const std::string kept = store("kept");
    const std::string gone = store("gone");
    const auto other = folder.files / "README.txt";
    std::ofstream(other) << "not a picture";
    std::filesystem::last_write_time(other, written);
    used = {kept};
    const auto sweep = [&](Instant before) {
        return sweep_picture_files(
            folder.files, [&] { return used; }, before);
    };
    EXPECT_EQ(sweep(now - std::chrono::days{3}), 0);  // too young
    // What comes into use while it looks stays.
    int asked = 0;
    EXPECT_EQ(sweep_picture_files(
                  folder.files,
                  [&] {
                      return ++asked == 1 ? used : std::set<std::string>{kept, gone};
                  },
                  now),
              0);
    EXPECT_EQ(sweep(now - std::chrono::days{1}), 2) << "the picture and its sums";
    EXPECT_FALSE(std::filesystem::exists(folder.files / picture_sums_name(gone)));
    EXPECT_TRUE(std::filesystem::exists(folder.files / (kept + "-320.webp")));
    EXPECT_FALSE(std::filesystem::exists(folder.files / (gone + "-320.webp")));
    EXPECT_TRUE(std::filesystem::exists(other));
    // Written again, an old file is young.
    used = {};
    store_picture_files(
        folder, {{{.format = pictures::Format::webp, .size = {320, 200}, .bytes = "kept"}}});
    EXPECT_EQ(sweep(now - std::chrono::days{1}), 0);
    std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace emplettes::site
