#include "orders/contact.h"

#include <gtest/gtest.h>

#include <string>

namespace emplettes::orders {
namespace {

TEST(Contact, MailAddresses) {
    for (const char* good : {"a@b.fr", "camille.durand@example.org", "c+shop@sub.example.co.uk",
                             "o'neil@x-y.example", "1@2.3", "_{}@example.org"}) {
        EXPECT_TRUE(is_mail_address(good)) << good;
        EXPECT_TRUE(is_valid_contact(good)) << good;
    }
    for (const char* bad :
         {"",         "@",          "a@",          "@b.fr",   "a@b",
          "a@@b.fr",  "a@b@c.fr",   "a b@c.fr",    "a@b .fr", ".a@b.fr",
          "a.@b.fr",  "a..b@c.fr",  "a@.fr",       "a@b.",    "a@b..fr",
          "a@-b.fr",  "a@b-.fr",    "é@b.fr",      "a@é.fr",  "a@b.fr\r\nBcc: c@d.fr",
          "<a@b.fr>", "\"a\"@b.fr", "a@[1.2.3.4]", "a,b@c.fr"}) {
        EXPECT_FALSE(is_mail_address(bad)) << bad;
        EXPECT_FALSE(is_valid_contact(bad)) << bad;
    }
}

TEST(Contact, LengthsAreLimited) {
    const std::string name(64, 'a');
    const std::string label(50, 'b');
    EXPECT_TRUE(is_mail_address(name + "@" + label + ".org"));
    EXPECT_FALSE(is_mail_address(name + "a@" + label + ".org"));
    EXPECT_FALSE(is_mail_address(name + "@" + label + ".example.org"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b') + ".org"));
    EXPECT_FALSE(is_telephone_number("0142000000" + std::string(kContactLengthMax, ' ')));
}

TEST(Contact, TelephoneNumbers) {
    for (const char* good : {"0142000000", "01 42 00 00 00", "+33 1 42 00 00 00",
                             "(01) 42-00.00/00", "123456", "+358401234567890"}) {
        EXPECT_TRUE(is_telephone_number(good)) << good;
        EXPECT_TRUE(is_valid_contact(good)) << good;
    }
    for (const char* bad : {"", "+", "12345", "1234567890123456", "01 42 00 00 0x", "01+42000000",
                            "++33142000000", "0142000000\n"}) {
        EXPECT_FALSE(is_telephone_number(bad)) << bad;
        EXPECT_FALSE(is_valid_contact(bad)) << bad;
    }
}

}  // namespace
}  // namespace emplettes::orders
