#include "web/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "base/check.h"
#include "web/answer.h"
#include "web/compress.h"

namespace emplettes::web {
namespace {

const std::vector<EmbeddedFile> kFiles = {
    {"manifest.json", R"({"app.css":"app-1a2b.css","sans.woff2":"sans-3c4d.woff2"})"},
    {"assets/app-1a2b.css", "body { color: black }"},
    {"assets/app-1a2b.css.br", "(br)"},
    {"assets/app-1a2b.css.gz", "(gz)"},
    {"assets/sans-3c4d.woff2", "(font)"},
};

class AssetsTest : public ::testing::Test {
  protected:
    Response get(const std::string& path, const std::string& accept = "",
                 const std::string& if_none_match = "") {
        Request request{.path = "/assets/" + path};
        request.parameters.add("path", path);
        if (!accept.empty()) request.headers.add("accept-encoding", accept);
        if (!if_none_match.empty()) request.headers.add("if-none-match", if_none_match);
        return assets.serve(request);
    }

    Assets assets{kFiles};
};

TEST_F(AssetsTest, HasUrlsOfLogicalNames) {
    EXPECT_EQ(assets.url("app.css"), "/assets/app-1a2b.css");
    EXPECT_EQ(assets.find_url("other.css"), std::nullopt);
    EXPECT_THROW(assets.url("other.css"), Bug);
}

TEST_F(AssetsTest, ServesTheBestVariant) {
    const auto plain = get("app-1a2b.css");
    EXPECT_EQ(plain.static_body, "body { color: black }");
    EXPECT_EQ(plain.content_type, "text/css; charset=utf-8");
    EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(get("app-1a2b.css", "gzip, deflate, br").static_body, "(br)");
    EXPECT_EQ(get("app-1a2b.css", "gzip, deflate, br").header("Content-Encoding"), "br");
    EXPECT_EQ(get("app-1a2b.css", "gzip;q=1, br;q=0.5").static_body, "(gz)");
    EXPECT_EQ(get("sans-3c4d.woff2", "gzip, br").static_body, "(font)");
    EXPECT_EQ(get("sans-3c4d.woff2").content_type, "font/woff2");
    EXPECT_EQ(get("sans-3c4d.woff2").header("Vary"), "");
}

TEST_F(AssetsTest, AnswersAgainWith304) {
    const std::string etag(get("app-1a2b.css", "br").header("ETag"));
    EXPECT_EQ(get("app-1a2b.css", "br", etag).status, 304);
    EXPECT_TRUE(get("app-1a2b.css", "br", etag).static_body.empty());
    EXPECT_EQ(get("app-1a2b.css", "gzip", etag).status, 200);
}

TEST_F(AssetsTest, HasNothingElse) {
    for (const auto* path : {"app.css", "app-1a2b.css.br", "manifest.json", "../manifest.json", ""})
        EXPECT_EQ(get(path).status, 404) << path;
}

TEST(Assets, RefusesAManifestThatDoesNotFit) {
    const std::vector<EmbeddedFile> missing = {{"manifest.json", R"({"a.css":"a-1.css"})"}};
    EXPECT_THROW(Assets{missing}, std::runtime_error);
    const std::vector<EmbeddedFile> broken = {{"manifest.json", "["}};
    EXPECT_THROW(Assets{broken}, std::runtime_error);
}

TEST(Negotiate, FollowsQualities) {
    struct Case {
        const char* header;
        Coding coding;
    };
    for (const auto& [header, coding] :
         {Case{"", Coding::identity}, Case{"br", Coding::br}, Case{"GZIP", Coding::gzip},
          Case{"gzip, br", Coding::br}, Case{"br;q=0", Coding::identity},
          Case{"br;q=0, gzip", Coding::gzip}, Case{"gzip;q=0.9, br;q=0.8", Coding::gzip},
          Case{"*", Coding::br}, Case{"*;q=0.5, br;q=0", Coding::gzip},
          Case{"identity", Coding::identity}, Case{"identity;q=1, br;q=0.1", Coding::identity},
          Case{"br ; q=0.5 , gzip ; q=0.4", Coding::br}, Case{"deflate", Coding::identity},
          Case{"br;q=x", Coding::identity}, Case{"brotli", Coding::identity}})
        EXPECT_EQ(negotiate(header, {}), coding) << header;
    EXPECT_EQ(negotiate("br, gzip", {.br = false}), Coding::gzip);
    EXPECT_EQ(negotiate("br, gzip", {.gzip = false, .br = false}), Coding::identity);
}

TEST(Compress, OnlyWhenShorter) {
    const std::string page(10'000, 'x');
    for (const auto coding : {Coding::gzip, Coding::br}) {
        EXPECT_LT(compress(coding, page)->size(), 200U);
        EXPECT_EQ(compress(coding, "x"), std::nullopt);
    }
    EXPECT_EQ(compress(Coding::identity, page), std::nullopt);
    EXPECT_THAT(*compress(Coding::gzip, page), ::testing::StartsWith("\x1f\x8b"));
}

TEST(Answer, ComparesTags) {
    EXPECT_TRUE(names_etag("W/\"a\"", "W/\"a\""));
    EXPECT_TRUE(names_etag("\"a\"", "W/\"a\""));
    EXPECT_TRUE(names_etag("\"b\", \"a\"", "\"a\""));
    EXPECT_TRUE(names_etag("*", "\"a\""));
    EXPECT_FALSE(names_etag("", "\"a\""));
    EXPECT_FALSE(names_etag("a", "\"a\""));
}

TEST(Answer, LeavesPersonalAnswersAlone) {
    const Request request;
    Response response{.body = "my slip"};
    response.add_header("Cache-Control", "no-store");
    finish_answer({}, request, response);
    EXPECT_EQ(response.header("ETag"), "");
    std::string head;
    write_head({.date = "now"}, request, response, head);
    EXPECT_THAT(head, ::testing::HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(head, ::testing::Not(::testing::HasSubstr("no-cache")));
}

}  // namespace
}  // namespace emplettes::web
