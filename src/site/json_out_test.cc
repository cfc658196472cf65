#include "site/json_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/json.h"
#include "base/random.h"

namespace emplettes::site {
namespace {

using testing::Eq;

std::string body(JsonOut& out) { return out.response().body; }

std::string decimal(double value, int places) {
    JsonOut out;
    out.begin_object();
    out.member_decimal("n", value, places);
    out.end_object();
    const std::string text = body(out);
    return text.substr(5, text.size() - 6);
}

TEST(JsonOut, PutsCommasBetweenMembersAndItemsOnly) {
    JsonOut out;
    out.begin_object();
    out.begin_array("empty");
    out.end_array();
    out.begin_array("items");
    for (int i = 0; i < 2; ++i) {
        out.begin_object();
        out.member("i", i);
        out.member("yes", i == 0);
        out.end_object();
    }
    out.end_array();
    out.begin_object("inner");
    out.member_null("nothing");
    out.member("text", "é");
    out.end_object();
    out.end_object();
    EXPECT_THAT(body(out), Eq(R"({"empty":[],"items":[{"i":0,"yes":true},{"i":1,"yes":false}],)"
                              R"("inner":{"nothing":null,"text":"é"}})"));
}

TEST(JsonOut, WritesWholeNumbersToTheirEnds) {
    constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    JsonOut out;
    out.begin_object();
    out.member("least", kLeast);
    out.member("most", kMost);
    out.end_object();
    const Json read = Json::parse(body(out));
    EXPECT_EQ(read["least"].get<std::int64_t>(), kLeast);
    EXPECT_EQ(read["most"].get<std::int64_t>(), kMost);
}

TEST(JsonOut, RoundsDecimalsAndLeavesOutTheirLastZeros) {
    EXPECT_EQ(decimal(351.2499, 1), "351.2");
    EXPECT_EQ(decimal(351.25, 1), "351.3");
    EXPECT_EQ(decimal(2, 3), "2.0");
    EXPECT_EQ(decimal(0.0304, 3), "0.03");
    EXPECT_EQ(decimal(48.8795243, 7), "48.8795243");
    EXPECT_EQ(decimal(-0.0000001, 7), "-0.0000001");
    EXPECT_EQ(decimal(-2.3493499, 7), "-2.3493499");
    EXPECT_EQ(decimal(-0.04, 1), "0.0");
    EXPECT_EQ(decimal(1e300, 1), "1e+300");
    EXPECT_EQ(decimal(std::numeric_limits<double>::infinity(), 1), "null");
    EXPECT_EQ(decimal(std::numeric_limits<double>::quiet_NaN(), 1), "null");
}

// Another library reads what we write, whatever the texts are and however much there is.
TEST(JsonOut, TextsOfAllKindsAreReadBackAsTheyWere) {
    SeededRandom random(20261129);
    Json wanted = Json::array();
    JsonOut out;
    out.begin_object();
    out.begin_array("texts");
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        const std::uint64_t letters = random.below(40);
        // Every fourth text may have any sign below 128, the others only few that need care.
        const std::uint64_t first = i % 4 == 0 ? 0 : 0x21;
        for (std::uint64_t n = 0; n < letters; ++n)
            text += random.below(9) == 0
                        ? std::string("œ€🧵")
                        : std::string(1, static_cast<char>(first + random.below(128 - first)));
        wanted.push_back(text);
        out.begin_object();
        out.member("text", text);
        out.end_object();
    }
    out.end_array();
    out.end_object();
    const Json read = Json::parse(body(out));
    ASSERT_EQ(read["texts"].size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(read["texts"][i]["text"], wanted[i]);
}

TEST(JsonOut, ALongTextIsWrittenWhole) {
    const std::string text(100'000, '\x01');
    JsonOut out;
    out.begin_object();
    out.member("text", text);
    out.end_object();
    EXPECT_EQ(Json::parse(body(out))["text"], text);
}

TEST(JsonOut, RepeatsMembers) {
    JsonOut out;
    out.begin_object();
    out.member("a", 1);
    JsonOut::Part part{.begin = out.place()};
    out.member("b", "two");
    out.begin_object("c");
    out.end_object();
    part.end = out.place();
    out.begin_object("d");
    out.member("e", 5);
    out.again(part);
    out.member("f", 6);
    out.end_object();
    out.end_object();
    EXPECT_EQ(body(out), R"({"a":1,"b":"two","c":{},"d":{"e":5,"b":"two","c":{},"f":6}})");
}

}  // namespace
}  // namespace emplettes::site
