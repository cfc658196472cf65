#include "web/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "web/cookies.h"
#include "web/csrf.h"
#include "web/problem.h"

namespace emplettes::web {
namespace {

Request form_request(std::string body) {
    Request request{.method = Method::post, .body = std::move(body)};
    request.headers.add("content-type", "application/x-www-form-urlencoded; charset=UTF-8");
    request.headers.add("host", "shop.example");
    return request;
}

Request json_request(std::string body) {
    Request request{.method = Method::post, .body = std::move(body)};
    request.headers.add("content-type", "application/json");
    return request;
}

TEST(Form, ReadsFieldsInOrder) {
    const auto form = parse_form("name=Zo%C3%A9+L.&&tag=a&tag=b&empty=&bare&=x");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("name"), "Zoé L.");
    EXPECT_EQ(form->get("tag"), "a");
    EXPECT_EQ(form->count("tag"), 2U);
    EXPECT_EQ(form->find("empty"), "");
    EXPECT_EQ(form->find("bare"), "");
    EXPECT_EQ(form->find("other"), std::nullopt);
    EXPECT_EQ(form->all().size(), 6U);
}

TEST(Form, RefusesWhatIsNotText) {
    for (const auto* text : {"a=%", "a=%4", "a=%zz", "a=%FF", "a=%00", "%C3=1", "a=%ED%A0%80"})
        EXPECT_EQ(parse_form(text).error(), FormError::bad_encoding) << text;
}

TEST(Form, HasLimits) {
    const FormLimits limits{.fields_max = 2, .name_bytes_max = 3, .value_bytes_max = 4};
    EXPECT_TRUE(parse_form("abc=1234&b=1", limits));
    EXPECT_EQ(parse_form("a=1&b=2&c=3", limits).error(), FormError::too_many_fields);
    EXPECT_EQ(parse_form("abcd=1", limits).error(), FormError::name_too_long);
    EXPECT_EQ(parse_form("a=12345", limits).error(), FormError::value_too_long);
    Request request = form_request("a=1");
    EXPECT_TRUE(form_body(request));
    EXPECT_EQ(form_body(json_request("a=1")).error(), FormError::wrong_content_type);
}

RC_GTEST_PROP(Form, ReadsBackWhatWasEncoded, (const std::vector<std::string>& raw)) {
    std::string text;
    std::vector<std::string> values;
    for (const auto& value : raw) {
        if (!is_valid_utf8(value) || value.find('\0') != std::string::npos) continue;
        values.push_back(value);
        text += "v=" + url_encode(value) + '&';
    }
    const auto form = parse_form(text);
    RC_ASSERT(form.ok());
    RC_ASSERT(form->all().size() == values.size());
    for (std::size_t i = 0; i < values.size(); ++i) RC_ASSERT(form->all()[i].second == values[i]);
}

TEST(JsonBody, ReadsOneValue) {
    const auto json = json_body(json_request(R"({"offer_id":12,"name":"Zoé"})"));
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["offer_id"], 12);
    EXPECT_EQ((*json)["name"], "Zoé");
}

TEST(JsonBody, RefusesTheRest) {
    for (const auto* text : {"", "{", "{}{}", "nul", "{\"a\":\"\xFF\"}", "{\"a\":01}"})
        EXPECT_EQ(json_body(json_request(text)).error(), JsonError::malformed) << text;
    EXPECT_EQ(json_body(form_request("{}")).error(), JsonError::wrong_content_type);
    EXPECT_EQ(json_body(json_request(R"({"a":1,"a":2})")).error(), JsonError::repeated_name);
    EXPECT_EQ(json_body(json_request(R"({"a":{"b":1,"b":2}})")).error(), JsonError::repeated_name);
    EXPECT_TRUE(json_body(json_request(R"([{"a":1},{"a":{"a":1}}])")));
    EXPECT_EQ(json_body(json_request(std::string(60'000, '['))).error(), JsonError::too_deep);
    EXPECT_EQ(json_body(json_request("[[[1]]]"), {.depth_max = 2}).error(), JsonError::too_deep);
    EXPECT_TRUE(json_body(json_request("[[1]]"), {.depth_max = 2}));
    EXPECT_EQ(json_body(json_request("[1,2,3,4]"), {.values_max = 4}).error(),
              JsonError::too_many_values);
}

TEST(Problem, IsRfc9457) {
    const auto response = problem_response(
        {.status = 409, .type = "sold_out", .detail = "None left.", .field = "quantity"});
    EXPECT_EQ(response.status, 409);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(response.body, R"({"type":"sold_out","title":"Conflict","status":409,)"
                             R"("detail":"None left.","field":"quantity"})");
}

TEST(Cookies, AreFoundByTheirWholeName) {
    Request request;
    request.headers.add("cookie", "ab=1; a=2;b = 3 ; a=4; broken");
    EXPECT_EQ(find_cookie(request, "a"), "2");
    EXPECT_EQ(find_cookie(request, "b"), "3");
    EXPECT_EQ(find_cookie(request, "broken"), std::nullopt);
}

TEST(Cookies, AreSetForUsOnly) {
    Response response;
    set_cookie(
        response,
        {.name = "__Host-seen", .value = "1", .max_age = std::chrono::hours{1}, .https = true});
    set_cookie(response, {.name = "seen", .value = "", .max_age = std::chrono::seconds{-1}});
    EXPECT_EQ(response.headers[0].second,
              "__Host-seen=1; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=3600");
    EXPECT_EQ(response.headers[1].second, "seen=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    EXPECT_THROW(set_cookie(response, {.name = "a", .value = "1; Domain=b"}), Bug);
    EXPECT_THROW(set_cookie(response, {.name = "__Host-a", .value = "1"}), Bug);
}

class CsrfTest : public ::testing::Test {
  protected:
    Csrf make(unsigned char key) {
        Csrf::Parts parts{.key = {}, .clock = clock, .random = random};
        parts.key.fill(key);
        return Csrf(parts);
    }
    std::optional<FormError> refusal(const Request& request, std::string_view purpose = "reserve") {
        const auto form = csrf.check_form(request, purpose);
        return form ? std::nullopt : std::optional(form.error());
    }
    Request with(std::string token) { return form_request("name=Zo%C3%A9&csrf=" + token); }

    ManualClock clock{instant_from_unix(1'795'000'000)};
    SeededRandom random{1};
    Csrf csrf = make(1);
};

TEST_F(CsrfTest, LetsOurOwnFormPass) {
    const auto form = csrf.check_form(with(csrf.token("reserve")), "reserve");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("name"), "Zoé");
    EXPECT_NE(csrf.token("reserve"), csrf.token("reserve"));
}

TEST_F(CsrfTest, RefusesOtherTokens) {
    const std::string token = csrf.token("reserve");
    EXPECT_EQ(refusal(form_request("name=a")), FormError::token_missing);
    EXPECT_EQ(refusal(with("")), FormError::token_wrong);
    EXPECT_EQ(refusal(with(token + "A")), FormError::token_wrong);
    EXPECT_EQ(refusal(with(token), "cancel"), FormError::token_wrong);
    EXPECT_EQ(refusal(with(make(2).token("reserve"))), FormError::token_wrong);
    for (std::size_t at = 0; at < token.size(); ++at) {
        std::string changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(refusal(with(changed)), FormError::token_wrong) << at;
    }
    clock.advance(std::chrono::hours{12});
    EXPECT_EQ(refusal(with(token)), std::nullopt);
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(refusal(with(token)), FormError::token_expired);
}

TEST_F(CsrfTest, RefusesOtherSites) {
    struct Case {
        const char* header;
        const char* value;
        bool passes;
    };
    for (const auto& [header, value, passes] :
         {Case{"origin", "http://shop.example", true}, Case{"origin", "https://SHOP.example", true},
          Case{"origin", "null", false}, Case{"origin", "http://evil.example", false},
          Case{"origin", "http://shop.example.evil.example", false},
          Case{"origin", "http://shop.example:8080", false},
          Case{"sec-fetch-site", "same-origin", true}, Case{"sec-fetch-site", "none", true},
          Case{"sec-fetch-site", "same-site", false},
          Case{"sec-fetch-site", "cross-site", false}}) {
        Request request = with(csrf.token("reserve"));
        request.headers.add(header, value);
        const auto expected = passes ? std::nullopt : std::optional(FormError::cross_site);
        EXPECT_EQ(refusal(request), expected) << header << ": " << value;
    }
}

}  // namespace
}  // namespace emplettes::web
