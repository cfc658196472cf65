#include "geo/tiles/coastline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace emplettes::geo {
namespace {

constexpr PlaneBox kBox{0, 0, 1000, 1000};

bool is_sea(const Sea& sea, PlanePoint point) {
    return std::ranges::any_of(
        sea.areas, [&](const std::vector<PlaneLine>& area) { return is_within(area, point); });
}

// Where is water: at the middles of ten by ten fields, row by row from the north.
std::string chart(const Sea& sea) {
    std::string text;
    for (int y = 50; y < 1000; y += 100) {
        for (int x = 50; x < 1000; x += 100) text += is_sea(sea, {x, y}) ? '~' : '.';
        text += '\n';
    }
    return text;
}

TEST(Coastline, LandIsOnItsLeft) {
    // Going south in the middle: land in the east.
    const std::string west = chart(make_sea({{{500, -100}, {500, 1100}}}, kBox));
    const std::string east = chart(make_sea({{{500, 1100}, {500, -100}}}, kBox));
    for (std::size_t row = 0; row < 10; ++row) {
        EXPECT_EQ(west.substr(row * 11, 10), "~~~~~.....");
        EXPECT_EQ(east.substr(row * 11, 10), ".....~~~~~");
    }
}

TEST(Coastline, CornersAreFilled) {
    // A cape in the south-east, its sea around three corners.
    const std::string cape = chart(make_sea({{{1100, 700}, {700, 700}, {700, 1100}}}, kBox));
    EXPECT_EQ(std::ranges::count(cape, '.'), 9);
    // A bay in the same corner.
    const std::string bay = chart(make_sea({{{700, 1100}, {700, 700}, {1100, 700}}}, kBox));
    EXPECT_EQ(std::ranges::count(bay, '~'), 9);
}

TEST(Coastline, WaysAreJoinedWhateverTheirOrder) {
    const std::vector<PlaneLine> coast = {
        {{500, 600}, {500, 1100}}, {{500, -100}, {500, 300}}, {{500, 300}, {500, 600}}};
    const Sea sea = make_sea(coast, kBox);
    EXPECT_EQ(sea.areas.size(), 1U);
    EXPECT_EQ(std::ranges::count(chart(sea), '~'), 50);
}

TEST(Coastline, AStraitHasTwoCoasts) {
    // Land in the west and in the east.
    const Sea sea = make_sea({{{300, 1100}, {300, -100}}, {{700, -100}, {700, 1100}}}, kBox);
    EXPECT_EQ(chart(sea).substr(0, 10), "...~~~~...");
    // And an isthmus between two seas.
    const Sea two = make_sea({{{300, -100}, {300, 1100}}, {{700, 1100}, {700, -100}}}, kBox);
    EXPECT_EQ(chart(two).substr(0, 10), "~~~....~~~");
    EXPECT_EQ(two.areas.size(), 2U);
}

TEST(Coastline, IslandsAreHoles) {
    const PlaneLine island = {{100, 100}, {100, 300}, {300, 300}, {300, 100}, {100, 100}};
    const Sea sea = make_sea({island, {{500, -100}, {500, 1100}}}, kBox);
    ASSERT_EQ(sea.areas.size(), 1U);
    EXPECT_EQ(sea.areas[0].size(), 2U);
    EXPECT_FALSE(is_sea(sea, {200, 200}));
    EXPECT_TRUE(is_sea(sea, {400, 200}));
    const Sea alone = make_sea({island}, kBox);
    EXPECT_EQ(std::ranges::count(chart(alone), '.'), 4) << "an island and nothing else";
}

TEST(Coastline, AnInlandSeaIsAnArea) {
    const PlaneLine lake = {{100, 100}, {300, 100}, {300, 300}, {100, 300}, {100, 100}};
    EXPECT_EQ(std::ranges::count(chart(make_sea({lake}, kBox)), '~'), 4);
}

TEST(Coastline, AnIslandAcrossTheEdge) {
    // It begins within the box, where it is joined again.
    const PlaneLine island = {{900, 450}, {900, 650}, {1200, 650}, {1200, 450}, {900, 450}};
    const Sea sea = make_sea({island}, kBox);
    EXPECT_EQ(std::ranges::count(chart(sea), '.'), 2);
    EXPECT_TRUE(is_sea(sea, {500, 500}));
}

TEST(Coastline, CutEndsAreLedToTheEdgeOrLeftOut) {
    const Sea near = make_sea({{{500, 60}, {500, 930}}}, kBox);
    EXPECT_EQ(std::ranges::count(chart(near), '~'), 50);
    EXPECT_EQ(near.broken, 0);
    const Sea far = make_sea({{{500, 400}, {500, 600}}}, kBox);
    EXPECT_EQ(far.areas.size(), 0U);
    EXPECT_EQ(far.broken, 1);
}

TEST(Coastline, WithoutCoastThereIsNoSea) {
    EXPECT_TRUE(make_sea({}, kBox).areas.empty());
    EXPECT_TRUE(make_sea({{{2000, 0}, {2000, 1000}}}, kBox).areas.empty());
    EXPECT_TRUE(make_sea({{{0, 0}, {5, 5}}}, PlaneBox{}).areas.empty());
}

}  // namespace
}  // namespace emplettes::geo
