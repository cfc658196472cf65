#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/scenario.h"

namespace emplettes::scenario {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

Exchange only_exchange(std::string_view text) {
    const auto scenario = parse(text);
    EXPECT_TRUE(scenario.ok()) << scenario.error().message;
    EXPECT_THAT(scenario->steps, SizeIs(1));
    return std::get<Exchange>(scenario->steps.front());
}

TEST(ScenarioFile, TitleIsTheFirstComment) {
    const auto scenario = parse("\n# A quiet day\n# more\nGET /\n200\n");
    ASSERT_TRUE(scenario.ok());
    EXPECT_EQ(scenario->title, "A quiet day");
}

TEST(ScenarioFile, RequestWithHeadersAndBody) {
    const auto exchange = only_exchange(
        "POST /api/v1/reservations\nIdempotency-Key: k1\n{\"offer_id\": {offer},\n \"n\": "
        "1}\n201\n");
    EXPECT_EQ(exchange.request.method, "POST");
    EXPECT_EQ(exchange.request.target, "/api/v1/reservations");
    EXPECT_EQ(exchange.request.headers, (Headers{{"Idempotency-Key", "k1"}}));
    EXPECT_EQ(exchange.request.body, "{\"offer_id\": {offer},\n \"n\": 1}");
    EXPECT_EQ(exchange.status, 201);
}

TEST(ScenarioFile, EmptyLineKeepsABodyFromLookingLikeAHeader) {
    const auto exchange = only_exchange("POST /x\n\nName: value\n400\n");
    EXPECT_THAT(exchange.request.headers, SizeIs(0));
    EXPECT_EQ(exchange.request.body, "Name: value");
}

TEST(ScenarioFile, EveryKindOfExpectation) {
    const auto exchange = only_exchange(
        "GET /x\n200\nContent-Type: text/html\n!Set-Cookie:\n> caf\u00e9\n! error\n"
        "json a.0.b = \"c\"\njson a has 2\njson z absent\n");
    std::vector<Check> checks;
    for (const auto& item : exchange.answer) checks.push_back(std::get<Expectation>(item).check);
    EXPECT_EQ(checks, (std::vector{Check::header_contains, Check::header_absent,
                                   Check::body_contains, Check::body_lacks, Check::json_equals,
                                   Check::json_size, Check::json_absent}));
    const auto& equals = std::get<Expectation>(exchange.answer[4]);
    EXPECT_EQ(equals.subject, "a.0.b");
    EXPECT_EQ(equals.text, "\"c\"");
    EXPECT_EQ(equals.line, 7);
}

TEST(ScenarioFile, EveryKindOfSave) {
    const auto exchange = only_exchange(
        "GET /x\n200\nsave offer = json hits.0.id\nsave place = header Location\n"
        "save key = match name=\"key\" value=\"(*)\"\n");
    const auto& match = std::get<Save>(exchange.answer.at(2));
    EXPECT_EQ(match.name, "key");
    EXPECT_EQ(match.source, Source::match);
    EXPECT_EQ(match.where, "name=\"key\" value=\"(*)\"");
    EXPECT_EQ(std::get<Save>(exchange.answer[0]).source, Source::json);
    EXPECT_EQ(std::get<Save>(exchange.answer[1]).source, Source::header);
}

TEST(ScenarioFile, ClockIsSetAndMoved) {
    const auto scenario = parse("at 2026-11-24 15:00\nafter 90 minutes\nafter 1 day\nGET /\n200\n");
    ASSERT_TRUE(scenario.ok());
    using namespace std::chrono;
    EXPECT_EQ(std::get<SetClock>(scenario->steps[0]).time,
              LocalTime{local_days{2026y / November / 24} + 15h});
    EXPECT_EQ(std::get<MoveClock>(scenario->steps[1]).by, 90min);
    EXPECT_EQ(std::get<MoveClock>(scenario->steps[2]).by, 24h);
}

TEST(ScenarioFile, TwoRequestsAreTwoSteps) {
    const auto scenario = parse("GET /a\n200\n> x\n\nDELETE /b\n204");
    ASSERT_TRUE(scenario.ok());
    EXPECT_THAT(scenario->steps, SizeIs(2));
}

struct Broken {
    const char* text;
    int line;
    const char* message;
};
class BrokenScenario : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenScenario, IsRefusedWithItsLine) {
    const auto scenario = parse(GetParam().text);
    ASSERT_FALSE(scenario.ok());
    EXPECT_EQ(scenario.error().line, GetParam().line);
    EXPECT_THAT(scenario.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenScenario,
    ::testing::Values(Broken{"# only a title\n", 3, "without a step"},
                      Broken{"\nfetch /\n", 2, "not a step"},
                      Broken{"GET x\n200\n", 1, "starts with /"},
                      Broken{"GET /\n> never a status\n", 3, "expects no status"},
                      Broken{"GET /\n200\nnonsense\n", 3, "not something to expect"},
                      Broken{"GET /\n200\n> \n", 3, "not something to expect"},
                      Broken{"GET /\n200\njson a.b\n", 3, "json path"},
                      Broken{"GET /\n200\nsave Offer = json a\n", 3, "a name is a-z"},
                      Broken{"GET /\n200\nsave x = body a\n", 3, "not body"},
                      Broken{"GET /\n200\nsave x = match abc\n", 3, "(*)"},
                      Broken{"at tomorrow\n", 1, "not a time"},
                      Broken{"at 2026-11-24 15:00 Paris\n", 1, "not a time"},
                      Broken{"after -1 days\n", 1, "not a span"},
                      Broken{"after 3 weeks\n", 1, "not a unit"}));

}  // namespace
}  // namespace emplettes::scenario
