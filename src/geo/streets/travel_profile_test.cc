#include "geo/streets/travel_profile.h"

#include <gtest/gtest.h>

#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

using TagList = std::vector<std::pair<std::string_view, std::string_view>>;

WayRule way_of(Profile profile, TagList tags) {
    return way_rule(OsmTags(std::move(tags)), profile);
}

NodeRule node_of(Profile profile, TagList tags) {
    return node_rule(OsmTags(std::move(tags)), profile);
}

WayRule both(std::uint16_t pace) { return {pace, pace, Manner::usual}; }
WayRule forward(std::uint16_t pace) { return {pace, 0, Manner::usual}; }
const WayRule kClosedWay{};
const WayRule kPushed{40, 40, Manner::pushing};

TEST(TravelProfile, HasNames) {
    for (const Profile profile : kProfiles) EXPECT_EQ(parse_profile(to_string(profile)), profile);
    EXPECT_EQ(parse_profile("car"), std::nullopt);
}

TEST(TravelProfile, StreetsAreOpenToAll) {
    const TagList street = {{"highway", "residential"}};
    EXPECT_EQ(way_of(Profile::foot, street), both(50));
    EXPECT_EQ(way_of(Profile::bike, street), both(150));
    EXPECT_EQ(way_of(Profile::cargo_bike, street), both(150));
    for (const char* closed : {"motorway", "construction", "proposed", ""})
        for (const Profile profile : kProfiles)
            EXPECT_EQ(way_of(profile, {{"highway", closed}}), kClosedWay) << closed;
}

TEST(TravelProfile, StepsAreForFeetAndLightBikes) {
    const TagList steps = {{"highway", "steps"}};
    EXPECT_EQ(way_of(Profile::foot, steps), (WayRule{20, 20, Manner::steps}));
    EXPECT_EQ(way_of(Profile::bike, steps), (WayRule{20, 20, Manner::steps}));
    EXPECT_EQ(way_of(Profile::cargo_bike, steps), kClosedWay);
}

TEST(TravelProfile, PedestrianZonesAreRiddenAtWalkingPace) {
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "pedestrian"}}), both(60));
    EXPECT_EQ(way_of(Profile::cargo_bike, {{"highway", "pedestrian"}}), both(60));
    const TagList invited = {{"highway", "pedestrian"}, {"bicycle", "yes"}};
    EXPECT_EQ(way_of(Profile::bike, invited), both(100));
    EXPECT_EQ(way_of(Profile::cargo_bike, invited), both(100));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "pedestrian"}, {"bicycle", "no"}}), kPushed);
}

TEST(TravelProfile, BikesArePushedWhereOneMayWalk) {
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "footway"}}), kPushed);
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "footway"}, {"bicycle", "designated"}}),
              both(100));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "service"}, {"bicycle", "dismount"}}), kPushed);
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "service"}, {"access", "private"}}), kClosedWay);
    EXPECT_GT(pushing_max_m(Profile::bike), 1e9);
    EXPECT_EQ(pushing_max_m(Profile::cargo_bike), 100);
}

TEST(TravelProfile, AccessOfTheMostSpecialTagCounts) {
    const TagList tags = {{"highway", "service"}, {"access", "no"}, {"bicycle", "yes"}};
    EXPECT_EQ(way_of(Profile::bike, tags), both(150));
    EXPECT_EQ(way_of(Profile::foot, tags), kClosedWay);
    EXPECT_EQ(way_of(Profile::foot, {{"highway", "cycleway"}}), kClosedWay);
    EXPECT_EQ(way_of(Profile::foot, {{"highway", "cycleway"}, {"foot", "yes"}}), both(50));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "trunk"}}), kClosedWay);
    EXPECT_EQ(
        way_of(Profile::bike, {{"highway", "trunk"}, {"motorroad", "yes"}, {"bicycle", "yes"}}),
        kClosedWay);
}

TEST(TravelProfile, OneWayStreets) {
    const TagList oneway = {{"highway", "tertiary"}, {"oneway", "yes"}};
    EXPECT_EQ(way_of(Profile::bike, oneway), forward(150));
    EXPECT_EQ(way_of(Profile::foot, oneway), both(50));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "tertiary"}, {"oneway", "-1"}}),
              forward(150).reversed());
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "tertiary"}, {"junction", "roundabout"}}),
              forward(150));
    EXPECT_EQ(way_of(Profile::foot, {{"highway", "footway"}, {"oneway:foot", "yes"}}), forward(50));
}

TEST(TravelProfile, ContraflowIsSlowerWithoutALane) {
    const auto with = [](std::string_view key, std::string_view value) {
        return way_of(Profile::bike, {{"highway", "tertiary"}, {"oneway", "yes"}, {key, value}});
    };
    EXPECT_EQ(with("oneway:bicycle", "no"), (WayRule{150, 120, Manner::usual}));
    EXPECT_EQ(with("cycleway", "opposite"), (WayRule{150, 120, Manner::usual}));
    EXPECT_EQ(with("cycleway", "opposite_lane"), both(150));
    EXPECT_EQ(with("cycleway:left", "opposite_track"), both(150));
    EXPECT_EQ(with("cycleway:left", "lane"), forward(150));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "tertiary"},
                                     {"oneway", "yes"},
                                     {"cycleway:left", "lane"},
                                     {"cycleway:left:oneway", "-1"}}),
              both(150));
}

TEST(TravelProfile, SurfacesSlowDown) {
    const TagList sett = {{"highway", "residential"}, {"surface", "sett"}};
    EXPECT_EQ(way_of(Profile::bike, sett), both(90));
    EXPECT_EQ(way_of(Profile::cargo_bike, sett), both(80));
    EXPECT_EQ(way_of(Profile::foot, sett), both(50));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "residential"}, {"surface", "moon dust"}}),
              both(150));
    EXPECT_EQ(way_of(Profile::cargo_bike, {{"highway", "path"}, {"smoothness", "horrible"}}),
              kPushed);
}

TEST(TravelProfile, ACargoBikeNeedsAMetre) {
    const auto of_width = [](std::string_view width) {
        return way_of(Profile::cargo_bike, {{"highway", "cycleway"}, {"width", width}});
    };
    EXPECT_EQ(of_width("0.8"), kClosedWay);
    EXPECT_EQ(of_width("80 cm"), kClosedWay);
    EXPECT_EQ(of_width("1.2 m"), both(150));
    EXPECT_EQ(of_width("narrow"), both(150));
    EXPECT_EQ(way_of(Profile::bike, {{"highway", "cycleway"}, {"width", "0.8"}}), both(150));
}

TEST(TravelProfile, BarriersCostSecondsOrClose) {
    const TagList bollard = {{"barrier", "bollard"}};
    EXPECT_EQ(node_of(Profile::foot, bollard), NodeRule{});
    EXPECT_EQ(node_of(Profile::cargo_bike, bollard), NodeRule{.delay_s = 3});
    const NodeRule closed{.is_closed = true};
    EXPECT_EQ(node_of(Profile::cargo_bike, {{"barrier", "bollard"}, {"maxwidth:physical", "0.7"}}),
              closed);
    EXPECT_EQ(node_of(Profile::cargo_bike, {{"barrier", "stile"}}), closed);
    EXPECT_EQ(node_of(Profile::bike, {{"barrier", "stile"}}), NodeRule{.delay_s = 60});
    EXPECT_EQ(node_of(Profile::foot, {{"barrier", "gate"}, {"access", "private"}}), closed);
    EXPECT_EQ(node_of(Profile::foot, {{"barrier", "gate"}, {"access", "private"}, {"foot", "yes"}}),
              NodeRule{.delay_s = 5});
    EXPECT_EQ(node_of(Profile::bike, {{"barrier", "something new"}}), NodeRule{.delay_s = 2});
    EXPECT_EQ(node_of(Profile::bike, {{"highway", "traffic_signals"}}), NodeRule{.delay_s = 2});
    EXPECT_EQ(node_of(Profile::cargo_bike, {{"kerb", "raised"}}), NodeRule{.delay_s = 8});
}

}  // namespace
}  // namespace emplettes::geo
