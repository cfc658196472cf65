#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes {
namespace {

TEST(Text, TrimAndSplit) {
    EXPECT_EQ(trim("  a b \n"), "a b");
    EXPECT_EQ(trim(" \t"), "");
    EXPECT_EQ(split("a;;b", ';'), (std::vector<std::string_view>{"a", "", "b"}));
    EXPECT_EQ(split("", ';').size(), 1U);
}

TEST(Text, NumbersAreWholeOrNothing) {
    EXPECT_EQ(parse_int("42"), 42);
    EXPECT_EQ(parse_int("-7"), -7);
    EXPECT_EQ(parse_int("+5"), 5);
    for (const std::string_view text : {"+-5", "-+5", "++5", "--5", "+", "-", " 5"})
        EXPECT_FALSE(parse_int(text)) << text;
    EXPECT_FALSE(parse_int("4x"));
    EXPECT_FALSE(parse_int(""));
    EXPECT_FALSE(parse_int("99999999999999999999"));
    EXPECT_EQ(parse_double("48.87"), 48.87);
    EXPECT_FALSE(parse_double("nan"));
    EXPECT_FALSE(parse_double("1,5"));
}

TEST(Text, FoldsFrench) {
    EXPECT_EQ(fold("Œuf à L’ÉCOLE, ça"), "oeuf a l'ecole, ca");
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("e\u0301tal"), "etal");  // already decomposed
}

TEST(Text, Slugs) {
    EXPECT_EQ(slugify("L'Écume des pages"), "l-ecume-des-pages");
    EXPECT_EQ(slugify("  ** "), "");
}

TEST(Text, Utf8) {
    EXPECT_TRUE(is_valid_utf8("été"));
    EXPECT_FALSE(is_valid_utf8("\xE9t\xE9"));
    EXPECT_EQ(utf8_length("été"), 3U);
    EXPECT_EQ(utf8_prefix("été", 2), "ét");
}

TEST(Text, UrlDecodeRefusesBrokenEscapes) {
    EXPECT_EQ(url_decode("a%20b+c"), "a b c");
    EXPECT_FALSE(url_decode("a%2"));
    EXPECT_FALSE(url_decode("%zz"));
}

RC_GTEST_PROP(Text, UrlEncodingIsReversible, (const std::string& text)) {
    RC_ASSERT(url_decode(url_encode(text)) == text);
}

RC_GTEST_PROP(Text, EscapedHtmlHasNoMarkup, (const std::string& text)) {
    RC_ASSERT(html_escape(text).find_first_of("<>\"'") == std::string::npos);
}

}  // namespace
}  // namespace emplettes
