#include "geo/streets/street_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<TurnBan> bans_of(const OsmText& text, Profile profile = Profile::bike) {
    return make_street_plan(text.read(), profile).bans;
}

TEST(StreetPlan, BendsAreShapesNotJunctions) {
    const StreetPlan plan = make_street_plan(crossing().read(), Profile::bike);
    EXPECT_EQ(plan.junctions, 5U);
    ASSERT_EQ(plan.edges.size(), 4U);
    EXPECT_EQ(plan.edges[0].shape_count, 4U);
    EXPECT_EQ(plan.names[plan.edges[0].name], "rue de l’Ouest");
    EXPECT_NEAR(plan.edges[0].length_cm, 10'000, 150);
    EXPECT_EQ(plan.edges[0].time_ms[0], plan.edges[0].length_cm * 360 / 150);
    EXPECT_EQ(plan.edges[0].time_ms[1], plan.edges[0].time_ms[0]);
}

OsmText line(const OsmText::Tags& first, const OsmText::Tags& second) {
    return OsmText()
        .node(1, 48.88, 2.34)
        .node(2, 48.88, 2.35)
        .node(3, 48.88, 2.36)
        .way(1, {1, 2}, first)
        .way(2, {3, 2}, second);  // against the other
}

TEST(StreetPlan, PiecesOfTheSameKindAreJoined) {
    const auto edges = [](const OsmText& text) {
        return make_street_plan(text.read(), Profile::bike).edges;
    };
    const OsmText::Tags rue = {{"highway", "residential"}, {"name", "rue Bleue"}};
    EXPECT_EQ(edges(line(rue, rue)).size(), 1U);
    EXPECT_EQ(edges(line(rue, rue)).front().shape_count, 3U);
    EXPECT_EQ(edges(line(rue, {{"highway", "residential"}, {"name", "rue Papillon"}})).size(), 2U);
    EXPECT_EQ(edges(line(rue, {{"highway", "footway"}, {"name", "rue Bleue"}})).size(), 2U);
    OsmText::Tags oneway = rue;
    oneway.emplace_back("oneway", "yes");
    EXPECT_EQ(edges(line(oneway, oneway)).size(), 2U);  // they meet head on
    OsmText::Tags against = rue;
    against.emplace_back("oneway", "-1");
    const auto joined = edges(line(oneway, against));
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(std::ranges::count(joined[0].time_ms, kFar), 1);
}

TEST(StreetPlan, RingsHaveOneEdge) {
    const OsmText::Tags rue = {{"highway", "residential"}};
    OsmText text;
    text.node(1, 48.88, 2.34).node(2, 48.88, 2.35).node(3, 48.89, 2.35);
    EXPECT_EQ(make_street_plan(OsmText(text).way(1, {1, 2, 3, 1}, rue).read(), Profile::foot)
                  .edges.size(),
              1U);
    const StreetPlan two = make_street_plan(
        OsmText(text).way(1, {1, 2}, rue).way(2, {2, 3, 1}, rue).read(), Profile::foot);
    ASSERT_EQ(two.edges.size(), 1U);
    EXPECT_EQ(two.edges[0].from, two.edges[0].to);
    EXPECT_EQ(two.edges[0].shape_count, 4U);
}

TEST(StreetPlan, BarriersCutOrDelay) {
    const auto with = [](const OsmText::Tags& barrier) {
        return make_street_plan(OsmText()
                                    .node(1, 48.88, 2.34)
                                    .node(2, 48.88, 2.341, barrier)
                                    .node(3, 48.88, 2.342)
                                    .way(1, {1, 2, 3}, {{"highway", "service"}})
                                    .read(),
                                Profile::cargo_bike);
    };
    const StreetPlan open = with({});
    const StreetPlan delayed = with({{"barrier", "bollard"}});
    const StreetPlan closed = with({{"barrier", "stile"}});
    ASSERT_EQ(delayed.edges.size(), 1U);
    EXPECT_EQ(delayed.edges[0].time_ms[0], open.edges[0].time_ms[0] + 3000);
    EXPECT_EQ(closed.edges.size(), 2U);
    EXPECT_EQ(closed.junctions, 4U);
}

TEST(StreetPlan, ABarrierAtACrossingDelaysBothSidesByHalf) {
    const OsmText::Tags lights = {{"highway", "traffic_signals"}};
    const StreetPlan plan = make_street_plan(crossing().read(), Profile::bike);
    const StreetPlan slow = make_street_plan(crossing(lights).read(), Profile::bike);
    for (std::size_t i = 0; i < plan.edges.size(); ++i)
        EXPECT_EQ(slow.edges[i].time_ms[0], plan.edges[i].time_ms[0] + 1000);
}

TEST(StreetPlan, ACargoBikeIsNotPushedFar) {
    const auto edges = [](double lon, Profile profile) {
        return make_street_plan(OsmText()
                                    .node(1, 48.88, 2.34)
                                    .node(2, 48.88, lon)
                                    .way(1, {1, 2}, {{"highway", "footway"}})
                                    .read(),
                                profile)
            .edges.size();
    };
    EXPECT_EQ(edges(2.341, Profile::cargo_bike), 1U);  // 73 m
    EXPECT_EQ(edges(2.342, Profile::cargo_bike), 0U);  // 146 m
    EXPECT_EQ(edges(2.342, Profile::bike), 1U);
}

// In crossing(): edge 0 is way 10 towards the middle, 1 is way 20 towards it, 2 and 3 leave it.
TEST(StreetPlan, SignsForbidTurns) {
    EXPECT_THAT(bans_of(crossing().sign("no_left_turn", 10, 3, 40)), ElementsAre(TurnBan{0, 6}));
    EXPECT_THAT(bans_of(crossing().sign("only_straight_on", 10, 3, 30)),
                ElementsAre(TurnBan{0, 1}, TurnBan{0, 3}, TurnBan{0, 6}));
    EXPECT_THAT(bans_of(crossing().sign("no_u_turn", 40, 3, 40)), ElementsAre(TurnBan{7, 6}));
    EXPECT_THAT(bans_of(crossing().sign("no_left_turn", 10, 3, 40), Profile::foot), IsEmpty());
}

TEST(StreetPlan, SignsThatDoNotFitAreCounted) {
    const StreetMap map = crossing()
                              .way(50, {1, 3, 5}, {{"highway", "residential"}})  // passes the sign
                              .sign("no_left_turn", 50, 3, 40)
                              .sign("no_left_turn", 10, 3, 77)
                              .read();
    const StreetPlan plan = make_street_plan(map, Profile::bike);
    EXPECT_THAT(plan.bans, IsEmpty());
    EXPECT_EQ(plan.unclear_restrictions, 1);
}

}  // namespace
}  // namespace emplettes::geo
