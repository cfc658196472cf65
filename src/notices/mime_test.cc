#include "notices/mime.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace emplettes::notices {
namespace {

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find("\r\n"), text.size());
        longest = std::max(longest, end);
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return longest;
}

TEST(QuotedPrintable, LeavesPlainAsciiAsItIs) {
    EXPECT_EQ(quoted_printable("Hello, 2 of 3.\nBye\n"), "Hello, 2 of 3.\r\nBye\r\n");
}

TEST(QuotedPrintable, EscapesWhatMailWouldDamage) {
    EXPECT_EQ(quoted_printable("é=\t.\nend \nlast "), "=C3=A9=3D\t.\r\nend=20\r\nlast=20");
    EXPECT_EQ(quoted_printable("a\rb"), "a=0Db");
}

TEST(QuotedPrintable, UsesTheWholeLineButNotMore) {
    EXPECT_EQ(quoted_printable(std::string(76, 'a')), std::string(76, 'a'));
    EXPECT_EQ(quoted_printable(std::string(77, 'a')),
              std::string(75, 'a') + "=\r\n" + std::string(2, 'a'));
}

TEST(QuotedPrintable, DropsNothingFromDamagedInput) {
    EXPECT_EQ(decode_quoted_printable("a=ZZ=4"), "a=ZZ=4");
    EXPECT_EQ(decode_quoted_printable("="), "=");
}

RC_GTEST_PROP(QuotedPrintable, RoundTripsInShortLines, (const std::string& bytes)) {
    const std::string encoded = quoted_printable(bytes);
    RC_ASSERT(decode_quoted_printable(encoded) == bytes);
    RC_ASSERT(longest_line(encoded) <= 76u);
}

RC_GTEST_PROP(QuotedPrintable, DecodesAnything, (const std::string& bytes)) {
    RC_ASSERT(decode_quoted_printable(bytes).size() <= bytes.size());
}

TEST(EncodedWords, AreTheOnesOfTheStandard) {
    EXPECT_EQ(encoded_words("Été"), "=?UTF-8?B?w4l0w6k=?=");
    EXPECT_EQ(decode_words("=?UTF-8?B?w4l0w6k=?= 2026"), "Été 2026");
}

TEST(EncodedWords, CutNoCodePoint) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "a€𝄞é";
    const std::string encoded = encoded_words(text);
    for (std::string_view rest = encoded; !rest.empty();) {
        const auto end = std::min(rest.find("\r\n "), rest.size());
        EXPECT_TRUE(is_valid_utf8(decode_words(rest.substr(0, end))));
        EXPECT_LE(end, 64u);
        rest.remove_prefix(std::min(end + 3, rest.size()));
    }
}

TEST(EncodedWords, DamagedOnesBecomeNothing) {
    EXPECT_EQ(decode_words("=?UTF-8?B?***?= x"), " x");
    EXPECT_EQ(decode_words("=?UTF-8?B?w4l0"), "");
}

// Only what the encoder writes is text; here, anything that is not itself an encoded word.
RC_GTEST_PROP(EncodedWords, RoundTrip, (const std::string& text)) {
    std::string unfolded = encoded_words(text);
    for (auto fold = unfolded.find("\r\n"); fold != std::string::npos;
         fold = unfolded.find("\r\n")) {
        unfolded.erase(fold, 2);
    }
    RC_ASSERT(decode_words(unfolded) == text);
}

}  // namespace
}  // namespace emplettes::notices
