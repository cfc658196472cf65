#include "notices/return_path.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/mail_address.h"
#include "base/text.h"

namespace emplettes::notices {
namespace {

const SecretKey kKey{1, 2, 3};
const std::string kPattern = "bounces+{token}@example.org";

RC_GTEST_PROP(ReturnPath, NamesItsNotice, ()) {
    const NoticeId notice{*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 53)};
    const ReturnPaths paths(kPattern, kKey);
    const std::string path = paths.path_of(notice, "");
    RC_ASSERT(is_mail_address(path));
    RC_ASSERT(paths.notice_of(path) == notice);
    RC_ASSERT(paths.notice_of(to_upper_ascii(path)) == notice);
}

TEST(ReturnPath, NobodyElseCanMakeOne) {
    const ReturnPaths paths(kPattern, kKey);
    const std::string path = paths.path_of(NoticeId{42}, "");
    EXPECT_FALSE(ReturnPaths(kPattern, SecretKey{9}).notice_of(path));
    for (std::size_t i = 8; i < 8 + 34; ++i) {
        std::string other = path;
        other[i] = other[i] == '1' ? '2' : '1';
        EXPECT_FALSE(paths.notice_of(other)) << other;
    }
    for (const char* noise : {"", "bounces+@example.org", "zoe@example.org"})
        EXPECT_FALSE(paths.notice_of(noise));
}

TEST(ReturnPath, WithoutAPatternMailsComeBackToTheirSender) {
    const ReturnPaths paths("", kKey);
    EXPECT_EQ(paths.path_of(NoticeId{42}, "bonjour@example.org"), "bonjour@example.org");
    EXPECT_FALSE(paths.notice_of("bonjour@example.org"));
}

TEST(ReturnPath, SaysWhatIsWrongWithAPattern) {
    EXPECT_EQ(ReturnPaths::problem_of(""), "");
    EXPECT_EQ(ReturnPaths::problem_of(kPattern), "");
    for (const char* wrong : {"bounces@example.org", "{token}{token}@example.org",
                              "bounces@{token}.example.org", "{token}", "b\r\n{token}@example.org",
                              "a-name-that-is-too-long-for-this-purpose+{token}@example.org"})
        EXPECT_NE(ReturnPaths::problem_of(wrong), "") << wrong;
}

}  // namespace
}  // namespace emplettes::notices
