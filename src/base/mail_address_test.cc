#include "base/mail_address.h"

#include <gtest/gtest.h>

namespace emplettes {
namespace {

TEST(MailAddress, IsComparedInSmallLettersWithoutWhiteSpace) {
    EXPECT_EQ(parse_mail_address("  Camille@Example.ORG\n"), "camille@example.org");
    EXPECT_EQ(parse_mail_address("c+shop@sub.example.co.uk"), "c+shop@sub.example.co.uk");
}

TEST(MailAddress, NothingElseIsOne) {
    for (const char* bad : {"", " ", "camille", "camille@example", "a b@example.org",
                            "a@example.org\r\nBcc: b@example.org", "é@example.org"})
        EXPECT_EQ(parse_mail_address(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace emplettes
