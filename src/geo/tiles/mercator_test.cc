#include "geo/tiles/mercator.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace emplettes::geo {
namespace {

// As the wiki of OpenStreetMap gives them.
TEST(Mercator, KnownTiles) {
    EXPECT_EQ(tile_at({48.8566, 2.3522}, 14), (TileAddress{14, 8299, 5636}));
    EXPECT_EQ(tile_at({0, 0}, 0), (TileAddress{0, 0, 0}));
    EXPECT_EQ(tile_at({85.06, -180}, 14), (TileAddress{14, 0, 0}));
    EXPECT_EQ(tile_at({-90, 180}, 14), (TileAddress{14, 16383, 16383}));
}

RC_GTEST_PROP(Mercator, ATileContainsItsPoints, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    const Point point{std::uniform_real_distribution<double>(-85, 85)(random),
                      std::uniform_real_distribution<double>(-180, 180)(random)};
    for (int zoom = 10; zoom <= 14; ++zoom) {
        const Bounds bounds = bounds_of(tile_at(point, zoom));
        constexpr double kRounding = 1e-6;  // of the world's units: ten centimetres
        RC_ASSERT(point.lat >= bounds.south - kRounding);
        RC_ASSERT(point.lat <= bounds.north + kRounding);
        RC_ASSERT(point.lon >= bounds.west - kRounding);
        RC_ASSERT(point.lon <= bounds.east + kRounding);
    }
}

RC_GTEST_PROP(Mercator, ThereAndBackIsWithinDecimetres, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    const Point point{std::uniform_real_distribution<double>(-84, 84)(random),
                      std::uniform_real_distribution<double>(-180, 180)(random)};
    RC_ASSERT(distance_m(to_point(to_world(point)), point) < 0.1);
    const PlanePoint world = to_world(point);
    const PlanePoint back = grid_to_world(to_grid(world, 14), 14);
    RC_ASSERT(std::abs(back.x - world.x) <= 8);
    RC_ASSERT(std::abs(back.y - world.y) <= 8);
}

}  // namespace
}  // namespace emplettes::geo
