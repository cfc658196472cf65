#include "geo/tiles/tile_maker.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "geo/tiles/plane_shapes.h"
#include "geo/tiles/test_tile.h"

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

const std::string kTestData = EMPLETTES_SOURCE_DIR "/src/geo/testdata/";
constexpr double kLat = 48.856;  // in the middle of a tile
constexpr double kLon = 2.362;

// A file with these objects, gone afterwards.
class MapText {
  public:
    explicit MapText(const std::string& objects, const std::string& name = "some.osm",
                     bool is_whole = true)
        : path_(fs::temp_directory_path() /
                ("emplettes-map-" + std::to_string(::getpid()) + name)) {
        std::ofstream(path_, std::ios::binary)
            << (is_whole ? "<osm version='0.6'>" + objects + "</osm>" : objects);
    }
    ~MapText() { fs::remove(path_); }
    MapText(const MapText&) = delete;
    MapText& operator=(const MapText&) = delete;
    std::string path() const { return path_.string(); }

  private:
    fs::path path_;
};

std::string tag(const std::string& key, const std::string& value) {
    return "<tag k='" + key + "' v='" + value + "'/>";
}

std::string node(int id, Point at, const std::string& tags = "") {
    return "<node id='" + std::to_string(id) + "' lat='" + std::to_string(at.lat) + "' lon='" +
           std::to_string(at.lon) + "'>" + tags + "</node>";
}

std::string way(int id, const std::vector<int>& nodes, const std::string& tags) {
    std::string text = "<way id='" + std::to_string(id) + "'>";
    for (const int ref : nodes) text += "<nd ref='" + std::to_string(ref) + "'/>";
    return text + tags + "</way>";
}

std::string relation(int id, const std::vector<std::pair<int, std::string>>& ways,
                     const std::string& tags) {
    std::string text = "<relation id='" + std::to_string(id) + "'>";
    for (const auto& [ref, role] : ways)
        text += "<member type='way' ref='" + std::to_string(ref) + "' role='" + role + "'/>";
    return text + tag("type", "multipolygon") + tags + "</relation>";
}

// Four nodes of a square with sides of 2 `reach`, numbered from `first`.
std::string square(int first, Point middle, double reach) {
    return node(first, {middle.lat - reach, middle.lon - reach}) +
           node(first + 1, {middle.lat - reach, middle.lon + reach}) +
           node(first + 2, {middle.lat + reach, middle.lon + reach}) +
           node(first + 3, {middle.lat + reach, middle.lon - reach});
}

std::shared_ptr<const TileSet> tiles_of(const std::string& objects,
                                        const TileOptions& options = {}) {
    const MapText file(objects);
    return make_tiles(file.path(), options);
}

TestTile tile_of(const TileSet& set, int zoom, Point at = {kLat, kLon}) {
    const auto bytes = set.find(tile_at(at, zoom));
    return bytes.empty() ? TestTile{} : read_test_tile(bytes);
}

double shown_area(const TestFeature& feature) {
    double area = 0;
    for (const auto& ring : feature.parts) area += area_of(ring);
    return area;
}

TEST(TileMaker, AStreetIsALineWithItsLook) {
    const auto set = tiles_of(node(1, {kLat, kLon}) + node(2, {kLat, kLon + 0.002}) +
                              way(1, {1, 2},
                                  tag("highway", "residential") + tag("name", "rue d&apos;ici") +
                                      tag("oneway", "yes") + tag("oneway:bicycle", "no") +
                                      tag("maxspeed", "30")));
    const TestTile tile = tile_of(*set, 14);
    ASSERT_EQ(tile.size(), 1U);
    ASSERT_EQ(tile.at("street").size(), 1U);
    const TestFeature& street = tile.at("street").front();
    EXPECT_EQ(street.type, 2);
    EXPECT_EQ(street.attributes, (std::map<std::string, std::string>{{"class", "minor"},
                                                                     {"bike", "3"},
                                                                     {"cycle", "contraflow"},
                                                                     {"oneway", "1"},
                                                                     {"name", "rue d'ici"}}));
    // Where it should be, within half a unit of rounding.
    const PlanePoint corner = tile_at({kLat, kLon}, 14).corner();
    const PlanePoint begin = to_grid(to_world({kLat, kLon}), 14);
    EXPECT_EQ(street.parts.front().front(), (PlanePoint{begin.x - corner.x, begin.y - corner.y}));
}

TEST(TileMaker, SmallStreetsComeNear) {
    const auto set = tiles_of(
        node(1, {kLat, kLon}) + node(2, {kLat, kLon + 0.01}) + node(3, {kLat + 0.01, kLon}) +
        way(1, {1, 2}, tag("highway", "footway")) + way(2, {1, 3}, tag("highway", "primary")));
    EXPECT_EQ(tile_of(*set, 14).at("street").size(), 2U);
    EXPECT_EQ(tile_of(*set, 13).at("street").size(), 1U);
    EXPECT_EQ(tile_of(*set, 10).at("street").front().attributes.at("class"), "main");
}

TEST(TileMaker, AnAreaWithAHoleIsTurnedAsTheFormatWants) {
    const std::string ways = way(1, {1, 2, 3, 4, 1}, "") + way(2, {5, 6, 7, 8, 5}, "");
    const auto set = tiles_of(
        square(1, {kLat, kLon}, 0.002) + square(5, {kLat, kLon}, 0.001) + ways +
        relation(1, {{1, "outer"}, {2, "inner"}}, tag("leisure", "park") + tag("name", "Le parc")));
    const TestTile tile = tile_of(*set, 14);
    ASSERT_EQ(tile.at("green").size(), 1U);
    const TestFeature& park = tile.at("green").front();
    ASSERT_EQ(park.parts.size(), 2U);
    EXPECT_GT(area_of(park.parts[0]), 0);
    EXPECT_LT(area_of(park.parts[1]), 0);
    EXPECT_NEAR(area_of(park.parts[1]) / area_of(park.parts[0]), -0.25, 0.02);
    EXPECT_EQ(park.attributes.at("kind"), "park");
    const TestFeature& label = tile.at("label").front();
    EXPECT_EQ(label.attributes.at("name"), "Le parc");
    EXPECT_FALSE(is_within({park.parts[1]}, label.parts[0][0])) << "in the pond";
}

TEST(TileMaker, WaysOfOneRingAreJoined) {
    const auto set =
        tiles_of(square(1, {kLat, kLon}, 0.002) + way(1, {1, 2, 3}, "") + way(2, {1, 4, 3}, "") +
                 relation(1, {{1, "outer"}, {2, ""}}, tag("natural", "water")));
    EXPECT_EQ(tile_of(*set, 14).at("water").size(), 1U);
}

TEST(TileMaker, RingsThatCrossAreLeftOut) {
    // A bow: its sides cross between nodes.
    const auto set =
        tiles_of(square(1, {kLat, kLon}, 0.002) + way(1, {1, 2, 4}, "") + way(2, {4, 3, 1}, "") +
                 relation(1, {{1, "outer"}, {2, "outer"}}, tag("leisure", "park")) +
                 way(3, {1, 2}, tag("highway", "service")));
    EXPECT_FALSE(tile_of(*set, 14).contains("green"));
    EXPECT_EQ(set->origin().map.broken_areas, 1);
}

// A coast from north to south through the middle, land in the east, and a street there.
std::string coast(const std::vector<int>& nodes, double street_lon) {
    return node(1, {kLat + 0.01, kLon}) + node(2, {kLat - 0.01, kLon}) +
           node(3, {kLat, street_lon}) + node(4, {kLat + 0.001, street_lon}) +
           way(1, nodes, tag("natural", "coastline")) +
           way(2, {3, 4}, tag("highway", "residential"));
}

TEST(TileMaker, TheSeaLiesOnTheRightOfACoast) {
    const Bounds bounds{kLat - 0.005, kLon - 0.005, kLat + 0.005, kLon + 0.005};
    const auto set = tiles_of(coast({1, 2}, kLon + 0.001), {.bounds = bounds});
    const TestFeature water = tile_of(*set, 14).at("water").front();
    const PlanePoint corner = tile_at({kLat, kLon}, 14).corner();
    const auto in_tile = [&](Point point) {
        const PlanePoint grid = to_grid(to_world(point), 14);
        return PlanePoint{grid.x - corner.x, grid.y - corner.y};
    };
    EXPECT_TRUE(is_within(water.parts, in_tile({kLat, kLon - 0.001})));
    EXPECT_FALSE(is_within(water.parts, in_tile({kLat, kLon + 0.001})));
}

TEST(TileMaker, ATownIsNotFlooded) {
    const Bounds bounds{kLat - 0.005, kLon - 0.005, kLat + 0.005, kLon + 0.005};
    const auto set = tiles_of(coast({2, 1}, kLon + 0.001), {.bounds = bounds});
    EXPECT_FALSE(tile_of(*set, 14).contains("water"));
    EXPECT_EQ(set->origin().map.broken_areas, 1);
}

TEST(TileMaker, TellsHowFarItIs) {
    std::int64_t last_done = 0;
    std::int64_t last_all = 1;
    bool grows = true;
    make_tiles(kTestData + "paris-rochechouart.osm.pbf", {},
               [&](std::int64_t done, std::int64_t all) {
                   grows = grows && done >= last_done && done <= all;
                   last_done = done;
                   last_all = all;
               });
    EXPECT_TRUE(grows);
    EXPECT_EQ(last_done, last_all);
}

TEST(TileMaker, WhatIsCutIsLeftOutAndCounted) {
    const auto set =
        tiles_of(square(1, {kLat, kLon}, 0.002) + way(1, {1, 2, 99, 4, 1}, tag("leisure", "park")) +
                 way(2, {1, 2, 3}, "") +
                 relation(1, {{2, "outer"}, {77, "outer"}}, tag("natural", "water")) +
                 way(3, {1, 2, 99, 3, 4}, tag("highway", "service")));
    const TestTile tile = tile_of(*set, 14);
    EXPECT_EQ(tile.size(), 1U);
    EXPECT_EQ(tile.at("street").size(), 2U) << "before the missing node and behind it";
    EXPECT_EQ(set->origin().map.broken_areas, 2);
    EXPECT_EQ(set->origin().map.missing_nodes, 2);
}

TEST(TileMaker, TheFirstOfTwoWithOneIdCounts) {
    const auto set = tiles_of(
        node(1, {kLat, kLon}) + node(2, {kLat, kLon + 0.002}) + node(2, {kLat, kLon + 1}) +
        way(1, {1, 2}, tag("highway", "service")) + way(1, {2, 1}, tag("highway", "primary")));
    EXPECT_EQ(tile_of(*set, 14).at("street").front().attributes.at("class"), "service");
    EXPECT_EQ(set->origin().map.duplicates, 1);
}

TEST(TileMaker, NumbersAndNamesStandAtTheirPlaces) {
    const auto house = [](const std::string& number) {
        return tag("addr:housenumber", number) + tag("addr:street", "rue d’ici");
    };
    const auto set = tiles_of(
        node(9, {kLat, kLon}, house("12 bis")) + node(10, {kLat, kLon}, house("12 bis")) +
        node(11, {kLat + 0.001, kLon}, tag("place", "square") + tag("name", "place d’ici")) +
        square(1, {kLat - 0.002, kLon}, 0.0001) +
        way(1, {1, 2, 3, 4, 1}, tag("building", "yes") + house("14")));
    const TestTile tile = tile_of(*set, 14);
    ASSERT_EQ(tile.at("number").size(), 2U);
    EXPECT_EQ(tile.at("number")[0].attributes.at("number"), "12 bis");
    EXPECT_EQ(tile.at("number")[1].attributes.at("number"), "14");
    EXPECT_TRUE(is_within({tile.at("building")[0].parts[0]}, tile.at("number")[1].parts[0][0]));
    EXPECT_EQ(tile.at("label")[0].attributes.at("kind"), "square");
    EXPECT_FALSE(tile_of(*set, 13).contains("number"));
}

TEST(TileMaker, OnlyTheTerritoryIsDrawn) {
    const Bounds bounds{kLat - 0.001, kLon - 0.001, kLat + 0.001, kLon + 0.001};
    const auto set = tiles_of(node(1, {kLat, kLon}) + node(2, {kLat, kLon + 3}) +
                                  way(1, {1, 2}, tag("highway", "primary")),
                              {.bounds = bounds, .source = 7});
    EXPECT_EQ(set->size(), 5U);
    EXPECT_EQ(set->bounds(), bounds);
    EXPECT_EQ(set->origin().source, 7U);
}

TEST(TileMaker, SouthAndWestOfNought) {
    for (const Point at : {Point{-33.45, -70.66}, Point{-1.29, 36.82}, Point{64.1, -21.9},
                           Point{-0.0001, -0.0001}}) {
        const auto set = tiles_of(node(1, at) + node(2, {at.lat + 0.001, at.lon}) +
                                  way(1, {1, 2}, tag("highway", "primary")));
        EXPECT_TRUE(tile_of(*set, 14, at).contains("street")) << at.lat << ' ' << at.lon;
    }
}

TEST(TileMaker, AWholeContinentIsRefused) {
    const std::string far =
        node(1, {-40, -70}) + node(2, {60, 30}) + way(1, {1, 2}, tag("highway", "primary"));
    EXPECT_THROW(tiles_of(far), std::runtime_error);
    EXPECT_NO_THROW(tiles_of(far, {.bounds = Bounds{kLat, kLon, kLat + 0.1, kLon + 0.1}}));
}

TEST(TileMaker, NothingInAFileIsAMapOfNothing) {
    EXPECT_EQ(tiles_of(node(1, {kLat, kLon}))->size(), 0U);
    EXPECT_THROW(tiles_of(""), std::runtime_error);
    EXPECT_THROW(make_tiles("/nowhere/at.osm.pbf", {}), std::runtime_error);
    const MapText cut("<osm version='0.6'><node id='1' la", "cut.osm", false);
    EXPECT_THROW(make_tiles(cut.path(), {}), std::runtime_error);
}

// What the decoder demands holds for every tile; areas lie within the buffer and are turned right.
void expect_sound(const TileSet& set) {
    for (std::size_t i = 0; i < set.size(); ++i) {
        const TestTile tile = read_test_tile(set.find(set.address(i)));
        const PlaneBox box = PlaneBox{0, 0, kTileExtent, kTileExtent}.wider_by(64);
        for (const auto& [layer, features] : tile)
            for (const TestFeature& feature : features) {
                for (const auto& part : feature.parts)
                    for (const PlanePoint& point : part) ASSERT_TRUE(box.contains(point)) << layer;
                if (feature.type != 3) continue;
                ASSERT_GT(area_of(feature.parts[0]), 0) << layer;
                for (std::size_t ring = 1; ring < feature.parts.size(); ++ring)
                    ASSERT_LT(area_of(feature.parts[ring]), 0) << layer;
                ASSERT_GE(shown_area(feature), 0) << layer;
            }
    }
}

TEST(TileMaker, RealFilesAreDrawnAndAgainTheSame) {
    for (const char* name : {"paris-3e-11e-streets.osm.pbf", "paris-3e-11e-streets.raw.osm.pbf",
                             "paris-rochechouart.osm.pbf"}) {
        const auto set = make_tiles(kTestData + name, {});
        EXPECT_GT(set->size(), 2U) << name;
        expect_sound(*set);
        EXPECT_EQ(make_tiles(kTestData + name, {})->version(), set->version()) << name;
    }
}

}  // namespace
}  // namespace emplettes::geo
