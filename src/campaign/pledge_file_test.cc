#include "campaign/pledge_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace emplettes::campaign {
namespace {

using ::testing::HasSubstr;

std::string demo_pledge() {
    std::ifstream stream(EMPLETTES_SOURCE_DIR "/demo/pledges/noel-ici.toml", std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(stream)), {});
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

std::string problems_of(const std::string& text) {
    try {
        read_pledge(text, Zone());
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(PledgeFileTest, ADayIsWholeUntilItsEnd) {
    const Pledge pledge = read_pledge(demo_pledge(), *Zone::find("Europe/Paris"));
    EXPECT_EQ(pledge.slug, "noel-ici");
    EXPECT_EQ(to_unix(pledge.begins_at), 1'796'079'600);  // 1 December 2026, 0:00 in Paris
    EXPECT_EQ(to_unix(pledge.ends_at), 1'798'153'200);    // 25 December 2026, 0:00 in Paris
    EXPECT_EQ(pledge.milestones.front().signatures, 500);
    EXPECT_EQ(pledge.texts.size(), 2U);
}

TEST(PledgeFileTest, EveryFaultIsTold) {
    const std::string right = demo_pledge();
    EXPECT_EQ(problems_of(right), "");
    EXPECT_THAT(problems_of(replaced(right, "goal = 5000", "goal = 0")),
                HasSubstr("goal: must be above 0"));
    EXPECT_THAT(problems_of(replaced(right, "goal =", "gaol =")), HasSubstr("gaol: unknown key"));
    EXPECT_THAT(problems_of(replaced(right, "slug = \"noel-ici\"", "slug = \"mine\"")),
                HasSubstr("slug:"));
    EXPECT_THAT(problems_of(replaced(right, "anonymise = 2027-01-31", "anonymise = 2026-12-01")),
                HasSubstr("anonymise: must come after ends"));
    EXPECT_THAT(problems_of(replaced(right, "anonymise = 2027-01-31", "anonymise = 2029-01-31")),
                HasSubstr("anonymise: at most a year"));
    EXPECT_THAT(problems_of(replaced(right, "[text.en]", "[text.de]")),
                HasSubstr("promise lacks the language de"));
    EXPECT_THAT(problems_of("slug = "), HasSubstr("line 1"));
}

}  // namespace
}  // namespace emplettes::campaign
