#include "notices/sms_gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "notices/test_peer.h"

namespace emplettes::notices {
namespace {

using testing::HasSubstr;
using Kind = Outcome::Kind;

class SmsGatewayTest : public testing::Test {
  protected:
    void start(const std::string& answers = "202") {
        peer_.emplace("sms_server.py", std::vector<std::string>{"--folder", folder_.path().string(),
                                                                "--answers", answers});
    }
    SmsConfig config() const {
        return {.url = "http://127.0.0.1:" + peer_->port() + "/send",
                .headers = {"Content-Type: application/json", "Authorization: Bearer {secret}"},
                .body = R"({"to": "{to}", "text": "{text}", "ref": "{reference}"})",
                .secret = "s3cret",
                .country = "+33"};
    }
    static Outgoing text(const std::string& content) {
        return {.name = "42", .recipient = "06 12 34 56 78", .return_path = {}, .content = content};
    }

    TestFolder folder_;
    std::optional<TestPeer> peer_;
};

TEST_F(SmsGatewayTest, AsksAsTheSettingsSay) {
    start();
    SmsGateway gateway(config());
    EXPECT_EQ(gateway.send(text("Gardé : \"Thé\"\nà 19 h {secret}")), Outcome{});
    const auto asked = folder_.lines("texts.jsonl");
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].at("method"), "POST");
    EXPECT_EQ(asked[0].at("headers").at("Authorization"), "Bearer s3cret");
    EXPECT_EQ(asked[0].at("headers").at("Idempotency-Key"), "42");
    const Json body = parse_json(asked[0].at("body").get<std::string>());
    EXPECT_EQ(body.at("to"), "+33612345678");
    EXPECT_EQ(body.at("text"),
              "Gardé : \"Thé\"\nà 19 h {secret}");  // no place in a value is filled
    EXPECT_EQ(body.at("ref"), "42");
}

TEST_F(SmsGatewayTest, AsksByAddressAloneToo) {
    start();
    SmsConfig by_get = config();
    by_get.method = "GET";
    by_get.url += "?to={to}&text={text}";
    by_get.body.clear();
    SmsGateway gateway(by_get);
    EXPECT_EQ(gateway.send(text("a&b=ç")), Outcome{});
    EXPECT_EQ(folder_.lines("texts.jsonl")[0].at("path"),
              "/send?to=%2B33612345678&text=a%26b%3D%C3%A7");
}

TEST_F(SmsGatewayTest, TriesAgainWithTheSameReference) {
    start("503,429,202");
    SmsGateway gateway(config());
    for (const char* words : {"503 said the provider", "429 said the provider"})
        EXPECT_EQ(gateway.send(text("x")), (Outcome{.kind = Kind::retry, .words = words}));
    EXPECT_EQ(gateway.send(text("x")), Outcome{});
    for (const Json& asked : folder_.lines("texts.jsonl"))
        EXPECT_EQ(asked.at("headers").at("Idempotency-Key"), "42");
}

TEST_F(SmsGatewayTest, ARefusalIsFinal) {
    start("401");
    SmsGateway gateway(config());
    EXPECT_EQ(gateway.send(text("x")),
              (Outcome{.kind = Kind::refused, .words = "401 said the provider"}));
}

TEST_F(SmsGatewayTest, AProviderThatIsNotThereIsTriedLater) {
    start();
    SmsGateway gateway(config());
    peer_.reset();
    EXPECT_EQ(gateway.send(text("x")).kind, Kind::retry);
}

TEST(InternationalNumber, IsMadeOfWhatPeopleType) {
    EXPECT_EQ(international_number("06 12 34 56 78", "+33"), "+33612345678");
    EXPECT_EQ(international_number("+49 (30) 12-34.56", "+33"), "+4930123456");
    EXPECT_EQ(international_number("0049 30 123456", "+33"), "+4930123456");
    EXPECT_EQ(international_number("06 12 34 56 78", ""), "");
    EXPECT_EQ(international_number("17", "+33"), "");
    EXPECT_EQ(international_number("+1234567890123456", "+33"), "");
}

TEST(SmsConfig, SaysWhatIsWrong) {
    const auto problems = [](const std::string& url) {
        return problems_of({.url = url, .body = "{to}{text}"}).size();
    };
    EXPECT_EQ(problems("https://sms.example/"), 0u);
    EXPECT_EQ(problems("http://localhost:1/x?y"), 0u);
    for (const char* url :
         {"", "http://sms.example/", "ftp://localhost/", "http://localhost.evil/"})
        EXPECT_EQ(problems(url), 1u) << url;
}

}  // namespace
}  // namespace emplettes::notices
