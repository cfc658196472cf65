#include "geo/tiles/tile_set.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

class TileSetFile : public ::testing::Test {
  protected:
    void TearDown() override { fs::remove(file_); }
    fs::path file_ =
        fs::temp_directory_path() / ("emplettes-" + std::to_string(::getpid()) + ".tiles");
};

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::shared_ptr<const TileSet> three_tiles() {
    return TileSet::make({{.address = {.zoom = 14, .x = 8300, .y = 5600}, .bytes = "street"},
                          {.address = {.zoom = 10, .x = 1023, .y = 0}, .bytes = "sea"},
                          {.address = {.zoom = 14, .x = 8299, .y = 5601}, .bytes = "sea"}},
                         {.map = {.areas = 3}, .bounds = {1, 2, 3, 4}, .source = 5});
}

TEST_F(TileSetFile, FindsWhatWasPutIn) {
    const auto set = three_tiles();
    EXPECT_EQ(set->size(), 3U);
    EXPECT_EQ(set->bytes(), 9U) << "the sea is kept once";
    EXPECT_EQ(set->largest_bytes(), 6U);
    EXPECT_EQ(text_of(set->find({.zoom = 14, .x = 8300, .y = 5600})), "street");
    EXPECT_EQ(text_of(set->find({.zoom = 14, .x = 8299, .y = 5601})), "sea");
    EXPECT_EQ(text_of(set->find({.zoom = 10, .x = 1023, .y = 0})), "sea");
    EXPECT_TRUE(set->find({.zoom = 14, .x = 8300, .y = 5601}).empty());
    EXPECT_TRUE(set->find({.zoom = 13, .x = 8300, .y = 5600}).empty()) << "no such number there";
    EXPECT_TRUE(set->find({.zoom = -1, .x = 0, .y = 0}).empty());
    EXPECT_TRUE(set->find({.zoom = 99, .x = 0, .y = 0}).empty());
    EXPECT_TRUE(set->find({.zoom = 14, .x = 4294967295U, .y = 4294967295U}).empty());
    EXPECT_EQ(set->address(0), (TileAddress{.zoom = 10, .x = 1023, .y = 0}));
}

TEST_F(TileSetFile, IsTheSameFromItsFile) {
    const auto set = three_tiles();
    set->save(file_);
    const auto loaded = TileSet::load(file_);
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ((*loaded)->version(), set->version());
    EXPECT_EQ((*loaded)->bounds(), (Bounds{1, 2, 3, 4}));
    EXPECT_EQ((*loaded)->origin().source, 5U);
    EXPECT_EQ((*loaded)->origin().map.areas, 3);
    EXPECT_EQ(text_of((*loaded)->find({.zoom = 14, .x = 8300, .y = 5600})), "street");
}

TEST_F(TileSetFile, AnyDamagedByteIsSeen) {
    three_tiles()->save(file_);
    std::string bytes;
    {
        std::ifstream stream(file_, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(stream), {});
    }
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 16);
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << damaged;
        EXPECT_FALSE(TileSet::load(file_).ok()) << at;
    }
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes.substr(0, bytes.size() / 2);
    EXPECT_FALSE(TileSet::load(file_).ok());
    fs::remove(file_);
    EXPECT_EQ(TileSet::load(file_).error(), ImageError::missing);
}

TEST_F(TileSetFile, TheVersionTellsOneMapFromAnother) {
    const TileSet::Tile tile{.address = {.zoom = 14, .x = 1, .y = 2}, .bytes = "a"};
    TileSet::Tile moved = tile;
    moved.address.x = 2;
    TileSet::Tile changed = tile;
    changed.bytes = "b";
    const std::string version = TileSet::make({tile}, {})->version();
    EXPECT_EQ(version.size(), 16U);
    EXPECT_EQ(TileSet::make({tile}, {.source = 9})->version(), version);
    EXPECT_NE(TileSet::make({moved}, {})->version(), version);
    EXPECT_NE(TileSet::make({changed}, {})->version(), version);
}

}  // namespace
}  // namespace emplettes::geo
