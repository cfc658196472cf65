#include "geo/tiles/street_look.h"

#include <gtest/gtest.h>

#include "geo/osm_file.h"
#include "geo/tiles/area_look.h"

namespace emplettes::geo {
namespace {

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

std::string line(const Pairs& tags) {
    const auto look = street_look(OsmTags(tags));
    if (!look) return "not drawn";
    std::string text = std::string(to_string(look->street_class)) + std::to_string(look->bike);
    if (look->cycle != CycleWay::none) text += " " + std::string(to_string(look->cycle));
    if (look->oneway != 0) text += look->oneway > 0 ? " >" : " <";
    if (look->is_tunnel) text += " tunnel";
    if (look->is_bridge) text += " bridge";
    return text;
}

TEST(StreetLook, ClassesOfStreets) {
    EXPECT_EQ(line({{"highway", "motorway"}}), "motorway0");
    EXPECT_EQ(line({{"highway", "trunk"}}), "motorway0");
    EXPECT_EQ(line({{"highway", "primary_link"}}), "main1");
    EXPECT_EQ(line({{"highway", "tertiary"}}), "secondary1");
    EXPECT_EQ(line({{"highway", "residential"}}), "minor2");
    EXPECT_EQ(line({{"highway", "service"}}), "service2");
    EXPECT_EQ(line({{"highway", "pedestrian"}}), "pedestrian2");
    EXPECT_EQ(line({{"highway", "footway"}}), "path0");
    EXPECT_EQ(line({{"highway", "steps"}}), "steps0");
    EXPECT_EQ(line({{"railway", "tram"}}), "rail0");
}

TEST(StreetLook, WhatIsNotDrawn) {
    EXPECT_EQ(line({}), "not drawn");
    EXPECT_EQ(line({{"highway", "proposed"}}), "not drawn");
    EXPECT_EQ(line({{"highway", "footway"}, {"footway", "sidewalk"}}), "not drawn");
    EXPECT_EQ(line({{"highway", "pedestrian"}, {"area", "yes"}}), "not drawn");
    EXPECT_EQ(line({{"railway", "subway"}, {"tunnel", "yes"}}), "not drawn");
    EXPECT_EQ(line({{"railway", "rail"}, {"service", "yard"}}), "not drawn");
    EXPECT_EQ(line({{"highway", "corridor"}}), "not drawn");
}

struct Comfort {
    Pairs tags;
    std::string wanted;
};

// The rule of the header, line by line.
TEST(StreetLook, ComfortOfBikes) {
    const std::vector<Comfort> cases = {
        {{{"highway", "cycleway"}}, "path3 track"},
        {{{"highway", "path"}, {"bicycle", "designated"}}, "path3 track"},
        {{{"highway", "primary"}, {"cycleway:right", "track"}}, "main3 track"},
        {{{"highway", "residential"}, {"bicycle_road", "yes"}}, "minor3"},
        {{{"highway", "living_street"}}, "minor3"},
        {{{"highway", "path"}}, "path2"},
        {{{"highway", "residential"}, {"maxspeed", "30"}}, "minor3"},
        {{{"highway", "residential"}, {"maxspeed", "50"}}, "minor2"},
        {{{"highway", "residential"}, {"motor_vehicle", "destination"}}, "minor3"},
        {{{"highway", "secondary"}, {"cycleway", "lane"}}, "secondary2 lane"},
        {{{"highway", "secondary"}, {"maxspeed", "30"}}, "secondary2"},
        {{{"highway", "tertiary"}, {"maxspeed", "30"}, {"cycleway", "lane"}}, "secondary3 lane"},
        {{{"highway", "primary"}, {"maxspeed", "30"}, {"cycleway", "lane"}}, "main2 lane"},
        {{{"highway", "trunk"}, {"bicycle", "yes"}}, "motorway1"},
        {{{"highway", "cycleway"}, {"surface", "sett"}}, "path2 track"},
        {{{"highway", "tertiary"}, {"surface", "sett"}}, "secondary1"},
        {{{"highway", "living_street"}, {"surface", "cobblestone"}}, "minor1"},
        {{{"highway", "residential"}, {"bicycle", "no"}}, "minor0"},
        {{{"highway", "residential"}, {"access", "private"}}, "minor0"},
    };
    for (const Comfort& each : cases) EXPECT_EQ(line(each.tags), each.wanted);
}

TEST(StreetLook, OneWayAndAgainstIt) {
    EXPECT_EQ(line({{"highway", "residential"}, {"oneway", "yes"}}), "minor2 >");
    EXPECT_EQ(line({{"highway", "residential"}, {"oneway", "-1"}}), "minor2 <");
    EXPECT_EQ(line({{"highway", "residential"}, {"junction", "roundabout"}}), "minor2 >");
    EXPECT_EQ(line({{"highway", "residential"}, {"oneway", "yes"}, {"oneway:bicycle", "no"}}),
              "minor2 contraflow >");
    EXPECT_EQ(line({{"highway", "residential"}, {"oneway", "yes"}, {"cycleway", "opposite_lane"}}),
              "minor2 contraflow >");
    EXPECT_EQ(line({{"highway", "residential"}, {"oneway:bicycle", "no"}}), "minor2");
    EXPECT_EQ(line({{"highway", "primary"}, {"bridge", "yes"}, {"tunnel", "no"}}), "main1 bridge");
}

std::string area(const Pairs& tags) {
    const auto look = area_look(OsmTags(tags));
    if (!look) return "not drawn";
    return std::string(to_string(look->layer)) + " " + std::string(look->kind);
}

TEST(AreaLook, LayersAndKinds) {
    EXPECT_EQ(area({{"natural", "water"}}), "water ");
    EXPECT_EQ(area({{"leisure", "park"}}), "green park");
    EXPECT_EQ(area({{"landuse", "forest"}}), "green wood");
    EXPECT_EQ(area({{"landuse", "cemetery"}}), "green cemetery");
    EXPECT_EQ(area({{"leisure", "pitch"}}), "green pitch");
    EXPECT_EQ(area({{"highway", "pedestrian"}, {"area", "yes"}}), "paved ");
    EXPECT_EQ(area({{"building", "yes"}}), "building ");
    EXPECT_EQ(area({{"building", "no"}}), "not drawn");
    EXPECT_EQ(area({{"building", "yes"}, {"location", "underground"}}), "not drawn");
    EXPECT_EQ(area({{"highway", "residential"}}), "not drawn");
    EXPECT_EQ(area({{"leisure", "park"}, {"area", "no"}}), "not drawn");
    EXPECT_EQ(area({}), "not drawn");
}

TEST(AreaLook, NamesOfPlaces) {
    EXPECT_EQ(label_look(OsmTags(Pairs{{"place", "suburb"}}))->kind, "quarter");
    EXPECT_EQ(label_look(OsmTags(Pairs{{"railway", "station"}}))->kind, "station");
    EXPECT_FALSE(label_look(OsmTags(Pairs{{"highway", "pedestrian"}})).has_value());
    EXPECT_EQ(waterway_kind(OsmTags(Pairs{{"waterway", "canal"}})), "canal");
    EXPECT_EQ(waterway_kind(OsmTags(Pairs{{"waterway", "canal"}, {"tunnel", "yes"}})), "");
    EXPECT_EQ(waterway_kind(OsmTags(Pairs{{"waterway", "drain"}})), "");
}

}  // namespace
}  // namespace emplettes::geo
