#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kTown =
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.raw.osm.pbf";
constexpr const char* kRepublique = "48.8670,2.3640";
constexpr const char* kOberkampf = "48.8650,2.3780";

Typed route(std::vector<std::string> words) {
    words.insert(words.begin(), {"route", "--osm", kTown});
    return type_in(std::move(words));
}

TEST(RouteVerbTest, TellsTheStreets) {
    const Typed told = route({kRepublique, kOberkampf});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, AllOf(HasSubstr("metres  minutes"), HasSubstr("Rue "),
                                HasSubstr("in all"), HasSubstr("646 missing nodes skipped")));
}

TEST(RouteVerbTest, FillsAJsonObject) {
    const Json walk =
        Json::parse(route({kRepublique, kOberkampf, "--profile", "foot", "--json"}).out);
    const Json ride =
        Json::parse(route({kRepublique, kOberkampf, "--profile", "bike", "--json"}).out);
    EXPECT_GT(walk["time_s"], ride["time_s"]);
    EXPECT_EQ(walk["shape"]["type"], "LineString");
    double sum_m = 0;
    for (const Json& direction : walk["directions"]) sum_m += direction["length_m"].get<double>();
    EXPECT_NEAR(sum_m, walk["length_m"].get<double>(), 1e-6);
    EXPECT_EQ(walk["map"]["missing_nodes"], 646);
}

TEST(RouteVerbTest, SaysWhatIsWrong) {
    EXPECT_THAT(route({"here", kOberkampf}).err, HasSubstr("latitude,longitude"));
    EXPECT_THAT(route({"91,0", kOberkampf}).err, HasSubstr("is no place"));
    EXPECT_THAT(route({"45.0,2.0", kOberkampf}).err, HasSubstr("within 1 km of 45.0,2.0"));
    EXPECT_THAT(route({kRepublique, kOberkampf, "--profile", "car"}).err, HasSubstr("cargo_bike"));
    EXPECT_NE(type_in({"route", kRepublique, kOberkampf, "--osm", EMPLETTES_SOURCE_DIR "/LICENSE"})
                  .status,
              0);
}

}  // namespace
}  // namespace emplettes
