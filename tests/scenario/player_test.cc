#include "scenario/player.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "scenario/loopback_server.h"

namespace emplettes::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// A server that remembers what it was asked and always gives the same answer.
class Played : public ::testing::Test {
  protected:
    std::optional<Failure> play_text(const std::string& text) {
        const auto scenario = parse(text);
        EXPECT_TRUE(scenario.ok()) << scenario.error().message;
        const Stage stage{
            .base_url = server_.base_url(),
            .set_clock = [this](LocalTime time) { clock_.push_back(time.time_since_epoch()); },
            .move_clock = [this](std::chrono::seconds by) { clock_.push_back(by); },
            .on_exchange =
                [this](const Request& request, const Answer& answer) {
                    exchanges_.push_back(request.target + " " + std::to_string(answer.status));
                }};
        return play(*scenario, stage);
    }

    std::string answer_ = answer("200 OK", "Content-Type: application/json\r\nX-Id: 77\r\n",
                                 R"({"total": 1, "hits": [{"id": 4711, "name": "Ada"}]})");
    std::vector<std::string> requests_;
    std::vector<std::chrono::seconds> clock_;
    std::vector<std::string> exchanges_;
    LoopbackServer server_{[this](const std::string& request) {
        requests_.push_back(request);
        return answer_;
    }};
};

TEST_F(Played, EverythingThatHoldsPasses) {
    const auto failure = play_text(
        "GET /x\n200\nContent-Type: json\n!Set-Cookie:\n> Ada\n! Bob\njson total = 1\n"
        "json hits has 1\njson hits.0.name = \"Ada\"\njson hits.1 absent\n");
    EXPECT_FALSE(failure.has_value()) << failure->message;
}

TEST_F(Played, SavedValuesFillTargetHeaderBodyAndExpectation) {
    const auto failure = play_text(
        "GET /x\n200\nsave offer = json hits.0.id\nsave id = header X-Id\n"
        "save who = match \"name\": \"(*)\"\n\n"
        "POST /offers/{offer}\nX-Who: {who}\n{\"id\": {id}}\n200\n> {who}\n");
    EXPECT_FALSE(failure.has_value()) << failure->message;
    ASSERT_EQ(requests_.size(), 2U);
    EXPECT_THAT(requests_[1], HasSubstr("POST /offers/4711 HTTP/1.1\r\n"));
    EXPECT_THAT(requests_[1], HasSubstr("X-Who: Ada\r\n"));
    EXPECT_THAT(requests_[1], HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(requests_[1], HasSubstr("\r\n\r\n{\"id\": 77}"));
}

TEST_F(Played, BodyThatIsNotJsonIsSentAsAForm) {
    EXPECT_FALSE(play_text("POST /f\na=1&b=2\n200\n").has_value());
    EXPECT_THAT(requests_.at(0), HasSubstr("Content-Type: application/x-www-form-urlencoded\r\n"));
}

TEST_F(Played, AFormWithFilesHasTheLinesOfTheNetwork) {
    EXPECT_FALSE(play_text("POST /f\nContent-Type: multipart/form-data; boundary=b\n--b\n"
                           "Content-Disposition: form-data; name=\"x\"\n\ny\n--b--\n200\n")
                     .has_value());
    EXPECT_THAT(requests_.at(0),
                HasSubstr("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--"));
}

TEST_F(Played, WhatWasSavedFillsWhereTheNextIsSaved) {
    const auto failure = play_text(
        "GET /x\n200\nsave who = json hits.0.name\n\n"
        "GET /y\n200\nsave id = match \"id\": (*), \"name\": \"{who}\"\n> {id}\n");
    EXPECT_FALSE(failure.has_value()) << failure->message;
}

TEST_F(Played, ClockMovesInOrder) {
    EXPECT_FALSE(play_text("at 1970-01-02 00:00\nafter 5 minutes\nGET /\n200\n").has_value());
    EXPECT_THAT(clock_, ElementsAre(std::chrono::seconds{86400}, std::chrono::seconds{300}));
}

TEST_F(Played, TellsEveryExchangeAsItWasSent) {
    EXPECT_FALSE(play_text("GET /a\n200\nsave id = header X-Id\n\nGET /b/{id}\n200\n").has_value());
    EXPECT_THAT(exchanges_, ElementsAre("/a 200", "/b/77 200"));
}

TEST_F(Played, StopsAtTheFirstFailure) {
    EXPECT_TRUE(play_text("GET /a\n404\n\nGET /b\n200\n").has_value());
    EXPECT_EQ(requests_.size(), 1U);
}

TEST_F(Played, ServerThatHangsUpIsAFailure) {
    answer_ = "not HTTP at all";
    EXPECT_TRUE(play_text("GET /\n200\n").has_value());
}

// Negative controls: each expectation fails when it does not hold.
struct Wrong {
    const char* text;
    int line;
    const char* message;
};
class WrongExpectation : public Played, public ::testing::WithParamInterface<Wrong> {};

TEST_P(WrongExpectation, IsReportedWithItsLine) {
    const auto failure = play_text(GetParam().text);
    ASSERT_TRUE(failure.has_value());
    EXPECT_EQ(failure->line, GetParam().line);
    EXPECT_THAT(failure->message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongExpectation,
    ::testing::Values(Wrong{"GET /\n201\n", 1, "expected 201"},
                      Wrong{"GET /\n200\nContent-Type: text/html\n", 3, "application/json"},
                      Wrong{"GET /\n200\nETag: a\n", 3, "no header ETag"},
                      Wrong{"GET /\n200\n!X-Id:\n", 3, "there is a X-Id"},
                      Wrong{"GET /\n200\n> Bob\n", 3, "the body lacks: Bob"},
                      Wrong{"GET /\n200\n! Ada\n", 3, "the body contains: Ada"},
                      Wrong{"GET /\n200\njson total = 2\n", 3, "total is 1, not 2"},
                      Wrong{"GET /\n200\njson none = 2\n", 3, "nothing at none"},
                      Wrong{"GET /\n200\njson hits has 3\n", 3, "hits has 1, not 3"},
                      Wrong{"GET /\n200\njson total has 1\n", 3, "not 1"},
                      Wrong{"GET /\n200\njson hits.0 absent\n", 3, "there is something"},
                      Wrong{"GET /\n200\nsave x = json nothing\n", 3, "nothing at nothing"},
                      Wrong{"GET /\n200\nsave x = header ETag\n", 3, "no header ETag"},
                      Wrong{"GET /\n200\nsave x = match Bob(*)\n", 3, "no match"},
                      Wrong{"GET /{word}\n200\n", 1, "nobody saved {word}"}));

}  // namespace
}  // namespace emplettes::scenario
