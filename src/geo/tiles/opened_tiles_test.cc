#include "geo/tiles/opened_tiles.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

constexpr Bounds kQuarter{.south = 48.8766, .west = 2.3425, .north = 48.8818, .east = 2.3549};

class OpenedTilesTest : public testing::Test {
  protected:
    OpenedTilesTest()
        : image_(fs::temp_directory_path() / ("tiles-" + std::to_string(::getpid()))) {}
    ~OpenedTilesTest() override { fs::remove(image_); }

    OpenedTiles open(const TileOptions& options) const {
        return open_tiles(EMPLETTES_SOURCE_DIR "/demo/paris-9e.osm.pbf", options, image_,
                          [](std::int64_t, std::int64_t) {});
    }

    const fs::path image_;
};

TEST_F(OpenedTilesTest, AreReadFromTheirImageUntilWhatTheyAreMadeOfChanges) {
    const auto first = open({.bounds = kQuarter, .source = 1});
    EXPECT_FALSE(first.built_because.empty());
    EXPECT_GT(first.tiles->size(), 0U);
    const auto again = open({.bounds = kQuarter, .source = 1});
    EXPECT_EQ(again.built_because, "");
    EXPECT_EQ(again.tiles->version(), first.tiles->version());

    EXPECT_EQ(open({.bounds = kQuarter, .source = 2}).built_because, "it was made of another map");
    Bounds wider = kQuarter;
    wider.east += 0.01;
    EXPECT_EQ(open({.bounds = wider, .source = 2}).built_because, "it was made for other bounds");
    std::ofstream(image_, std::ios::trunc) << "nothing";
    EXPECT_FALSE(open({.bounds = wider, .source = 2}).built_because.empty());
}

}  // namespace
}  // namespace emplettes::geo
