#include "notices/gsm7.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace emplettes::notices {
namespace {

TEST(TextAlphabet, HasMostOfFrench) {
    EXPECT_EQ(in_text_alphabet("Gardé à L’Écume jusqu’à 19 h. Où ?"),
              "Gardé à L'Écume jusqu'à 19 h. Où ?");
    EXPECT_EQ(in_text_alphabet("« ça » : 12,90 €… cœur, forêt"),
              "\"ca\" : 12,90 €... coeur, foret");
    EXPECT_EQ(in_text_alphabet("日本 𝄞"), "?? ?");
}

// Counted by hand from 3GPP TS 23.038.
TEST(TextAlphabet, CountsUnits) {
    EXPECT_EQ(text_units(""), 0u);
    EXPECT_EQ(text_units("Été"), 3u);
    EXPECT_EQ(text_units("12 €"), 5u);
    EXPECT_EQ(text_units("[{~}]\\^|"), 16u);
    EXPECT_EQ(text_units("https://a.example/_b-c"), 22u);
    EXPECT_EQ(text_parts(std::string(160, 'a')), 1u);
    EXPECT_EQ(text_parts(std::string(161, 'a')), 2u);
    EXPECT_EQ(text_parts(std::string(306, 'a')), 2u);
    EXPECT_EQ(text_parts(std::string(307, 'a')), 3u);
    EXPECT_EQ(text_parts(std::string(159, 'a') + "€"), 2u);
}

TEST(TextAlphabet, HasTheWholeStandardOnce) {
    const std::string basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    EXPECT_EQ(in_text_alphabet(basic), basic);
    EXPECT_EQ(utf8_length(basic), 127u);  // 128 places, one of which is the escape
    EXPECT_EQ(text_units(basic), 127u);
}

RC_GTEST_PROP(TextAlphabet, WhatIsInItStaysAsItIs, (const std::string& text)) {
    const std::string once = in_text_alphabet(text);
    RC_ASSERT(in_text_alphabet(once) == once);
    RC_ASSERT(is_valid_utf8(once));
    RC_ASSERT(text_units(once) >= utf8_length(once));
}

}  // namespace
}  // namespace emplettes::notices
