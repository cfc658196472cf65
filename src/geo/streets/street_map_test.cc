#include "geo/streets/street_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "geo/streets/street_router.h"
#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kCut =
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.raw.osm.pbf";
constexpr const char* kUncompressed =
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-rochechouart.osm.pbf";

std::string bytes_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(StreetMap, SkipsAndCountsMissingNodes) {
    const StreetMap map = read_street_map(kCut);
    EXPECT_EQ(map.report.missing_nodes, 646);  // of 714, 68 are not of streets
    EXPECT_EQ(map.report.nodes_read, 4598);
    EXPECT_EQ(map.report.ways_read, 1289);
    const StreetMap part = OsmText()
                               .node(1, 48.88, 2.34)
                               .node(2, 48.88, 2.35)
                               .node(4, 48.88, 2.36)
                               .way(1, {1, 2, 3, 4, 5}, {{"highway", "residential"}})
                               .read();
    EXPECT_EQ(part.report.missing_nodes, 2);
    const StreetPlan plan = make_street_plan(part, Profile::foot);
    ASSERT_EQ(plan.edges.size(), 1U);  // not across the gap
    EXPECT_EQ(plan.edges[0].shape_count, 2U);
}

TEST(StreetMap, KeepsTheFirstOfDuplicates) {
    const StreetMap map =
        crossing().node(3, 10, 10).way(10, {1, 5}, {{"highway", "residential"}}).read();
    EXPECT_EQ(map.report.duplicates, 2);
    EXPECT_EQ(map.ways.size(), 4U);
    for (const FixedPoint& point : map.points) EXPECT_NEAR(point.point().lat, 48.88, 0.01);
}

TEST(StreetMap, ReadsOtherContinents) {
    const StreetMap map = OsmText()
                              .node(1, -41.1, -71.3)
                              .node(2, -41.1001, -71.3)
                              .node(3, 0, 179.9999)
                              .node(4, 0, -179.9999)
                              .way(1, {1, 2}, {{"highway", "footway"}})
                              .way(2, {3, 4}, {{"highway", "footway"}})
                              .read();
    const StreetPlan plan = make_street_plan(map, Profile::foot);
    ASSERT_EQ(plan.edges.size(), 2U);
    EXPECT_NEAR(plan.edges[0].length_cm, 1112, 2);
    EXPECT_NEAR(plan.edges[1].length_cm, 2224, 2);
}

TEST(StreetMap, ReadsSignsButNotThoseForOthers) {
    const StreetMap map = crossing()
                              .sign("no_left_turn", 10, 3, 40)
                              .sign("no_left_turn", 20, 3, 10, {{"except", "psv;bicycle"}})
                              .sign("only_straight_on", 30, 3, 10)
                              .sign("no_u_turn", 40, 99, 40)
                              .read();
    EXPECT_EQ(map.report.unread_restrictions, 1);
    ASSERT_EQ(map.restrictions.size(), 2U);
    EXPECT_FALSE(map.restrictions[0].is_compulsory);
    EXPECT_TRUE(map.restrictions[1].is_compulsory);
}

TEST(StreetMap, AFileWithoutStreetsIsAMapWithoutStreets) {
    const StreetMap map = OsmText().node(1, 48.88, 2.34).read();
    EXPECT_TRUE(map.ways.empty());
    EXPECT_EQ(StreetRouter::build(map, Profile::bike)->network().edge_count(), 0U);
}

TEST(StreetMap, SaysWhatIsWrongWithAFile) {
    const auto says = [](const char* what) {
        return AllOf(HasSubstr("some.osm"), HasSubstr(what));
    };
    EXPECT_THAT(OsmText::error_of("some.osm.pbf", ""), says("damaged, incomplete"));
    EXPECT_THAT(OsmText::error_of("some.osm", "<osm version='0.6'></osm>"), says("no map data"));
    EXPECT_THAT(OsmText::error_of("some.osm", "<osm version='0.6'><node"), says("damaged"));
    EXPECT_THROW(read_street_map("nowhere.osm.pbf"), std::runtime_error);
}

// Wherever it is cut or scratched: read, or refused with a sentence.
TEST(StreetMap, DamagedBytesNeverCrash) {
    const std::string whole = bytes_of_file(kUncompressed);
    ASSERT_GT(whole.size(), 8000U);
    for (std::size_t at = 0; at < whole.size(); at += 397) {
        OsmText::error_of("some.osm.pbf", whole.substr(0, at));
        std::string scratched = whole;
        scratched[at] = static_cast<char>(~scratched[at]);
        OsmText::error_of("some.osm.pbf", scratched);
    }
    EXPECT_NE(OsmText::error_of("some.osm.pbf", whole.substr(0, whole.size() / 2)), "");
    EXPECT_EQ(OsmText::error_of("some.osm.pbf", whole), "");
}

}  // namespace
}  // namespace emplettes::geo
