#include "catalogue/feeds/feed_bytes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/gzip.h"

namespace emplettes::catalogue {
namespace {

class FeedBytesTest : public testing::Test {
  protected:
    void SetUp() override {
        file_ = std::filesystem::path(testing::TempDir()) /
                ("feed_bytes_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    }
    void TearDown() override { std::filesystem::remove(file_); }

    void write(std::string_view bytes) { std::ofstream(file_, std::ios::binary) << bytes; }
    // What is read before the end or a failure, and the failure's word.
    std::pair<std::size_t, std::string> read() {
        const auto bytes = FeedBytes::open(file_);
        if (!bytes) return {0, std::string(to_string(bytes.error().fault))};
        std::size_t total = 0;
        std::vector<char> buffer(10'000);
        while (const std::size_t count = (*bytes)->read(buffer.data(), buffer.size()))
            total += count;
        const auto& failure = (*bytes)->failure();
        return {total, failure ? std::string(to_string(failure->fault)) : "whole"};
    }

    std::filesystem::path file_;
};

TEST_F(FeedBytesTest, PlainAndPackedFilesGiveTheSameBytes) {
    std::string text = "ean;titre\n";
    for (int i = 0; i < 50'000; ++i)
        text += std::to_string(i * 7919) + ";Titre " + std::to_string(i);
    write(text);
    EXPECT_EQ(read(), std::pair(text.size(), std::string("whole")));
    write(gzip(text, 6));
    EXPECT_EQ(read(), std::pair(text.size(), std::string("whole")));
}

TEST_F(FeedBytesTest, ABombEndsLongBeforeItIsLarge) {
    const std::string bomb = gzip(std::string(64UL << 20, 'a'), 9);
    ASSERT_LT(bomb.size(), 100'000U);
    write(bomb);
    const auto [total, ended] = read();
    EXPECT_EQ(ended, "too_large");
    EXPECT_LT(total, 24UL << 20);
}

TEST_F(FeedBytesTest, ALargeFileEndsAtTheLimit) {
    write("ean;titre\n");
    std::filesystem::resize_file(file_, 10UL << 30);  // sparse: ten gigabytes that take no room
    const auto bytes = FeedBytes::open(file_);
    ASSERT_TRUE(bytes);
    std::vector<char> buffer(1 << 20);
    while ((*bytes)->read(buffer.data(), buffer.size()) > 0) continue;
    ASSERT_TRUE((*bytes)->failure());
    EXPECT_EQ((*bytes)->failure()->fault, FeedFault::too_large);
    EXPECT_LE((*bytes)->bytes_of_file(), kFeedBytesMax + (1 << 20));
}

TEST_F(FeedBytesTest, NothingIsThere) {
    EXPECT_EQ(read().second, "empty");
    write("");
    EXPECT_EQ(read().second, "empty");
    write(gzip("", 9));
    EXPECT_EQ(read().second, "empty");
}

}  // namespace
}  // namespace emplettes::catalogue
