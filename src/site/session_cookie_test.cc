#include "site/session_cookie.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::site {
namespace {

TEST(DeviceName, IsTheBrowserAndItsSystem) {
    EXPECT_EQ(device_name("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"),
              "Firefox, Android");
    EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
                          "like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"),
              "Edge, Windows");
    EXPECT_EQ(device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 "
                          "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"),
              "Safari, iPhone");
    EXPECT_EQ(device_name("curl/8.5 Linux"), "Linux");
    EXPECT_EQ(device_name(""), "");
}

TEST(LocalPath, KeepsThePagesOfThisSite) {
    for (const char* good : {"/", "/fr/account", "/fr/counter/tea/shelf?page=2#row", "/a//b"})
        EXPECT_EQ(local_path(good), good);
}

TEST(LocalPath, LeadsNowhereElse) {
    for (const char* bad : {"", "fr/account", "//evil.example", "///evil.example",
                            "/\\evil.example", "\\/evil", "https://evil.example/",
                            "javascript:alert(1)", "/\t/evil.example", " /fr", "/fr\r\nX: y", "/é"})
        EXPECT_EQ(local_path(bad), "") << bad;
    EXPECT_EQ(local_path("/" + std::string(600, 'a')), "");
}

// Whatever comes, a browser stays here: the URL standard (§4.4) drops tabs and line breaks, reads a
// backslash as a slash, and after one slash anything but a second one begins a path of the host.
RC_GTEST_PROP(LocalPath, BeginsWithOneSlash, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("/\\ \t\n:.@aé?#%0")));
    const std::string path = local_path(text);
    if (path.empty()) return;
    RC_ASSERT(path.front() == '/');
    RC_ASSERT(path.size() == 1 || (path[1] != '/' && path[1] != '\\'));
    RC_ASSERT(path.find_first_of("\\ \t\n") == std::string::npos);
}

}  // namespace
}  // namespace emplettes::site
