#include "web/router.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace emplettes::web {
namespace {

class RouterTest : public ::testing::Test {
  protected:
    RouterTest() {
        for (const auto* pattern : {"/", "/shops", "/shops/{slug}", "/shops/{slug}/requests",
                                    "/shops/new", "/assets/{path*}"})
            router.add(Method::get, pattern, answer);
        router.add(Method::post, "/shops/{slug}", answer);
        router.add(Method::delete_, "/shops/new", answer);
    }

    std::string found(Method method, std::string path) {
        request = {.method = method, .path = std::move(path)};
        const auto match = router.match(request);
        return match.route ? match.route->pattern : "allow: " + match.allow;
    }

    static Response answer(const Request&) { return {}; }

    Router router;
    Request request;
};

TEST_F(RouterTest, FindsPatternsAndFillsParameters) {
    EXPECT_EQ(found(Method::get, "/"), "/");
    EXPECT_EQ(found(Method::get, "/shops"), "/shops");
    EXPECT_EQ(found(Method::get, "/shops/chez-anna"), "/shops/{slug}");
    EXPECT_EQ(request.parameter("slug"), "chez-anna");
    EXPECT_EQ(found(Method::get, "/shops/chez-anna/requests"), "/shops/{slug}/requests");
    EXPECT_EQ(request.parameter("slug"), "chez-anna");
    EXPECT_EQ(found(Method::get, "/assets/fonts/sans.woff2"), "/assets/{path*}");
    EXPECT_EQ(request.parameter("path"), "fonts/sans.woff2");
}

TEST_F(RouterTest, LiteralsWinButDoNotHideOtherMethods) {
    EXPECT_EQ(found(Method::get, "/shops/new"), "/shops/new");
    EXPECT_TRUE(request.parameters.empty());
    EXPECT_EQ(found(Method::post, "/shops/new"), "/shops/{slug}");
    EXPECT_EQ(request.parameter("slug"), "new");
}

TEST_F(RouterTest, HeadIsAnsweredByGet) {
    EXPECT_EQ(found(Method::head, "/shops/chez-anna"), "/shops/{slug}");
}

TEST_F(RouterTest, TellsWhatAPathTakes) {
    EXPECT_EQ(found(Method::put, "/shops/chez-anna"), "allow: GET, HEAD, POST");
    EXPECT_EQ(found(Method::patch, "/shops/new"), "allow: GET, HEAD, POST, DELETE");
    EXPECT_EQ(found(Method::post, "/assets/a.css"), "allow: GET, HEAD");
}

TEST_F(RouterTest, FindsNothingElsewhere) {
    for (const auto* path : {"/Shops", "/shops/", "/shops//requests", "/assets", "/assets/",
                             "//shops", "/shops/a/b", "/nowhere"})
        EXPECT_EQ(found(Method::get, path), "allow: ") << path;
}

TEST_F(RouterTest, TwoHandlersOfOneRouteAreABug) {
    EXPECT_THROW(router.add(Method::get, "/shops/{other_name}", answer), Bug);
    EXPECT_EQ(router.routes().size(), 8U);
}

}  // namespace
}  // namespace emplettes::web
