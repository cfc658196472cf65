#include "territory/siret.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cctype>

namespace emplettes::territory {
namespace {

std::string digits_of(std::string_view text) {
    const auto siret = parse_siret(text);
    return siret ? siret->digits : std::string();
}

// The check digit that makes 13 digits a SIRET: one of ten does.
std::string completed(std::string thirteen) {
    for (char last = '0'; last <= '9'; ++last)
        if (parse_siret(thirteen + last).ok()) return thirteen + last;
    return {};
}

rc::Gen<std::string> thirteen_digits() {
    return rc::gen::suchThat(
        rc::gen::container<std::string>(13, rc::gen::inRange('0', static_cast<char>('9' + 1))),
        [](const std::string& digits) { return !digits.starts_with("356000000"); });
}

TEST(Siret, IsReadAsPeopleWriteIt) {
    EXPECT_EQ(digits_of("73282932000074"), "73282932000074");
    EXPECT_EQ(digits_of(" 732 829 320 00074 "), "73282932000074");
    EXPECT_EQ(digits_of("732.829.320-00074"), "73282932000074");
    EXPECT_EQ(digits_of("732\xC2\xA0"
                        "829\xE2\x80\xAF"
                        "320 00074"),
              "73282932000074");
    EXPECT_EQ(parse_siret("73282932000074")->text(), "732 829 320 00074");
    EXPECT_EQ(parse_siret("73282932000074")->siren(), "732829320");
}

TEST(Siret, SaysWhatIsWrong) {
    EXPECT_EQ(parse_siret("732829320").error(), SiretError::is_siren);
    EXPECT_EQ(parse_siret("").error(), SiretError::wrong_length);
    EXPECT_EQ(parse_siret("7328293200007").error(), SiretError::wrong_length);
    EXPECT_EQ(parse_siret("732829320000741").error(), SiretError::wrong_length);
    EXPECT_EQ(parse_siret("FR732829320").error(), SiretError::not_a_number);
    EXPECT_EQ(parse_siret("73282932000075").error(), SiretError::wrong_check_sum);
    EXPECT_EQ(parse_siret(std::string(100'000, '0')).error(), SiretError::wrong_length);
}

TEST(Siret, LaPosteCountsInAnotherWay) {
    EXPECT_TRUE(parse_siret("35600000000048").ok()) << "its head office passes Luhn";
    EXPECT_TRUE(parse_siret("35600000049837").ok()) << "the sum of its digits is 45";
    EXPECT_TRUE(parse_siret("35600000000006").ok()) << "20";
    EXPECT_EQ(parse_siret("35600000000007").error(), SiretError::wrong_check_sum) << "21";
    EXPECT_EQ(parse_siret("35600000000014").error(), SiretError::wrong_check_sum)
        << "Luhn alone does not count for others";
}

RC_GTEST_PROP(Siret, OneLastDigitOfTenIsRight, ()) {
    const auto head = *thirteen_digits();
    int right = 0;
    for (char last = '0'; last <= '9'; ++last) right += parse_siret(head + last).ok() ? 1 : 0;
    RC_ASSERT(right == 1);
}

RC_GTEST_PROP(Siret, OneWrongDigitIsAlwaysSeen, ()) {
    const std::string right = completed(*thirteen_digits());
    const auto place = *rc::gen::inRange<std::size_t>(0, right.size());
    const char other = *rc::gen::inRange('0', static_cast<char>('9' + 1));
    std::string wrong = right;
    wrong[place] = other;
    RC_PRE(wrong != right && !wrong.starts_with("356000000"));
    RC_ASSERT(parse_siret(wrong).error() == SiretError::wrong_check_sum);
}

RC_GTEST_PROP(Siret, WhatIsWrittenIsReadBack, ()) {
    const auto siret = parse_siret(completed(*thirteen_digits()));
    RC_ASSERT(parse_siret(siret->text()).value() == siret.value());
}

}  // namespace
}  // namespace emplettes::territory
