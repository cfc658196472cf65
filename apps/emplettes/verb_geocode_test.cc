#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::HasSubstr;

constexpr const char* kBan = EMPLETTES_SOURCE_DIR "/src/geo/testdata/ban-paris-11e.csv";

Typed geocode(std::vector<std::string> words) {
    words.insert(words.begin(), {"geocode", "--addresses", kBan});
    return type_in(std::move(words));
}

TEST(GeocodeVerbTest, TellsWhereAnAddressIs) {
    const Typed told = geocode({"bd de la bastille"});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, HasSubstr("Boulevard de la Bastille, 75012"));
}

TEST(GeocodeVerbTest, FillsAJsonObject) {
    const Json told = Json::parse(geocode({"bd de la bastille", "--json", "--limit", "1"}).out);
    EXPECT_EQ(told["rows"], 593);
    EXPECT_EQ(told["without_position"], 0);
    ASSERT_EQ(told["found"].size(), 1U);
    const Json& found = told["found"][0];
    EXPECT_EQ(found["match"], "street");
    const std::string here = found["lat"].dump() + "," + found["lon"].dump();
    const Json back = Json::parse(geocode({here, "--reverse", "--json"}).out);
    EXPECT_EQ(back["found"][0]["match"], "house");
    EXPECT_LT(back["found"][0]["distance_m"].get<double>(), 1);
}

TEST(GeocodeVerbTest, SaysWhatIsWrong) {
    EXPECT_THAT(geocode({"zzzzz"}).out, HasSubstr("Nothing like \"zzzzz\" among 593 houses"));
    EXPECT_THAT(geocode({"here", "--reverse"}).err, HasSubstr("latitude,longitude"));
    EXPECT_THAT(geocode({"91,0", "--reverse"}).err, HasSubstr("is no place"));
    EXPECT_THAT(type_in({"geocode", "rue", "--addresses", EMPLETTES_SOURCE_DIR "/LICENSE"}).err,
                HasSubstr("cannot be read as addresses"));
}

}  // namespace
}  // namespace emplettes
