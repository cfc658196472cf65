#include "geo/streets/street_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "geo/streets/street_router.h"
#include "geo/streets/strong_parts.h"
#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

// The way that two points in crossing() are apart by bike, as the numbers of streets passed.
class CrossingTest : public testing::Test {
  protected:
    static constexpr Point kWest{48.88, 2.338700};
    static constexpr Point kNorth{48.8808, 2.34};

    static std::shared_ptr<const StreetRouter> build(const OsmText& text) {
        return StreetRouter::build(text.read(), Profile::bike);
    }
    // From the west end to the north end.
    static std::optional<Route> left_turn(const StreetRouter& router) {
        RouteScratch scratch;
        return router.route(*router.snap(kWest, 50), *router.snap(kNorth, 50), scratch);
    }
};

TEST_F(CrossingTest, WithoutASignOneTurnsLeft) {
    const auto router = build(crossing());
    EXPECT_EQ(router->network().report().turn_copies, 0);
    EXPECT_EQ(left_turn(*router)->stretches.size(), 2U);
}

// Neither at the crossing nor at the next one does one turn round to get past the sign; at the end
// of a dead end one may.
TEST_F(CrossingTest, ASignIsNotPassedByTurningRound) {
    const auto signed_crossing = [] { return crossing().sign("no_left_turn", 10, 3, 40); };
    const auto dead_ends = build(signed_crossing());
    EXPECT_GT(dead_ends->network().report().turn_copies, 0);
    const auto to_the_end = left_turn(*dead_ends);
    ASSERT_TRUE(to_the_end);
    EXPECT_EQ(to_the_end->stretches.size(), 4U);  // into way 20 or 30, back, then way 40

    // All roads end in blocks to go around, 100 m each: three sides and the street back.
    OsmText blocks = signed_crossing();
    const OsmText::Tags plain = {{"highway", "residential"}};
    for (const auto& [id, at, lat, lon] :
         {std::tuple{50, 2, 48.8782, 2.34}, {60, 5, 48.88, 2.3427}}) {
        blocks.node(id, lat, lon + 0.001).node(id + 1, lat - 0.0001, lon - 0.001);
        blocks.way(id, {at, id, id + 1, at}, plain);
    }
    const auto around = left_turn(*build(blocks));
    ASSERT_TRUE(around);
    EXPECT_EQ(around->stretches.size(), 5U);  // a street, its block, the street back, way 40
    EXPECT_GT(around->length_cm, to_the_end->length_cm);
}

TEST_F(CrossingTest, CompulsoryTurns) {
    const auto router = build(crossing().sign("only_straight_on", 10, 3, 30));
    const auto route = left_turn(*router);
    ASSERT_TRUE(route);
    EXPECT_EQ(route->stretches.size(), 4U);
    EXPECT_EQ(router->network().name(edge_of(route->stretches[1].street)), "");
}

TEST(StreetNetwork, LeavesOutWhatIsNotConnected) {
    OsmText text = crossing();
    text.node(8, 48.9, 2.4).node(9, 48.9, 2.41).way(50, {8, 9}, {{"highway", "residential"}});
    text.node(11, 48.88, 2.345);
    text.way(60, {5, 11}, {{"highway", "residential"}, {"oneway", "yes"}});  // no way back
    const StreetPlan plan = make_street_plan(text.read(), Profile::bike);
    const StreetNetwork network = StreetNetwork::make(plan);
    EXPECT_EQ(plan.edges.size(), 6U);
    EXPECT_EQ(network.edge_count(), 4U);
    EXPECT_EQ(network.report().edges_left_out, 2);
    EXPECT_EQ(network.report().parts_left_out, 2);
    const auto on_foot = StreetNetwork::make(make_street_plan(text.read(), Profile::foot));
    EXPECT_EQ(on_foot.report().edges_left_out, 1);
}

// Parts as everybody reaches everybody says.
RC_GTEST_PROP(StrongParts, AreThoseOfReachability, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const std::size_t nodes = 1 + random() % 12;
    std::vector<std::uint32_t> first = {0};
    std::vector<std::uint32_t> heads;
    std::vector<std::vector<bool>> reaches(nodes, std::vector<bool>(nodes));
    for (std::size_t node = 0; node < nodes; ++node) {
        reaches[node][node] = true;
        for (std::size_t i = random() % 4; i > 0; --i) {
            heads.push_back(static_cast<std::uint32_t>(random() % nodes));
            reaches[node][heads.back()] = true;
        }
        first.push_back(static_cast<std::uint32_t>(heads.size()));
    }
    for (std::size_t over = 0; over < nodes; ++over)
        for (std::size_t from = 0; from < nodes; ++from)
            for (std::size_t to = 0; to < nodes; ++to)
                if (reaches[from][over] && reaches[over][to]) reaches[from][to] = true;
    const StrongParts parts = find_strong_parts(first, heads);
    std::vector<std::uint32_t> size(parts.size.size());
    for (std::size_t a = 0; a < nodes; ++a) {
        ++size[parts.part[a]];
        for (std::size_t b = 0; b < nodes; ++b)
            RC_ASSERT((parts.part[a] == parts.part[b]) == (reaches[a][b] && reaches[b][a]));
    }
    RC_ASSERT(size == parts.size);
    RC_ASSERT(size[parts.largest()] == *std::ranges::max_element(size));
}

}  // namespace
}  // namespace emplettes::geo
