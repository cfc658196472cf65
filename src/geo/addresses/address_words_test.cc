#include "geo/addresses/address_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace emplettes::geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AddressWords, AreWrittenOut) {
    EXPECT_THAT(name_words("Bd St-Martin"), ElementsAre("boulevard", "saint", "martin"));
    EXPECT_THAT(name_words("Rue de l’Œuvre"), ElementsAre("rue", "de", "l", "oeuvre"));
    EXPECT_THAT(name_words("Pl N.D."), ElementsAre("place", "n", "d"));
    EXPECT_THAT(name_words(" - "), IsEmpty());
}

TEST(AddressWords, HouseNumbersInAnyForm) {
    const auto number = [](const char* text) { return parse_house_number(text); };
    EXPECT_EQ(number("12"), (HouseNumber{12, ""}));
    for (const char* text : {"12bis", "12 bis", "12 B", "12b"})
        EXPECT_EQ(number(text), (HouseNumber{12, "b"})) << text;
    EXPECT_EQ(number("12quater"), (HouseNumber{12, "q"}));
    for (const char* text : {"", "bis", "123456", "12 a very long suffix"})
        EXPECT_FALSE(number(text)) << text;
}

TEST(AddressWords, ArrondissementsInAnyForm) {
    for (const char* text : {"11", "11e", "11ème", "11eme", "XI", "XIe", "xi"})
        EXPECT_THAT(typed_words(text).front().meanings, ElementsAre("11e")) << text;
    EXPECT_THAT(typed_words("1er").front().meanings, ElementsAre("1e"));
    EXPECT_THAT(typed_words("XIV").front().meanings, ElementsAre("14e"));
    for (const char* text : {"75011", "0", "21", "IIX", "mix", "11a"})
        EXPECT_THAT(typed_words(text).front().meanings, IsEmpty()) << text;
    EXPECT_EQ(arrondissement_of("75011"), "11e");
    EXPECT_EQ(arrondissement_of("75116"), "16e");
    EXPECT_EQ(arrondissement_of("69003"), "3e");
    EXPECT_EQ(arrondissement_of("13016"), "16e");
    for (const char* postcode : {"90000", "7501", "75099", "750110", ""})
        EXPECT_EQ(arrondissement_of(postcode), "") << postcode;
    EXPECT_EQ(city_of("75011"), "paris");
    EXPECT_EQ(city_of("69003"), "lyon");
    EXPECT_EQ(city_of("13016"), "marseille");
    EXPECT_EQ(city_of("90000"), "");
}

TEST(AddressWords, ANumberTakesItsLetterAlong) {
    const auto typed = typed_words("4 b rue St-Denis ");
    ASSERT_EQ(typed.size(), 4U);
    EXPECT_EQ(typed[0].number, (HouseNumber{4, "b"}));
    EXPECT_THAT(typed[2].meanings, ElementsAre("saint"));
    EXPECT_FALSE(typed[3].is_prefix);
    EXPECT_EQ(typed_words("12 d'Alésia")[0].number, (HouseNumber{12, ""}));  // elided: an article
    EXPECT_EQ(typed_words("12 r Titon")[0].number, (HouseNumber{12, ""}));   // rue
    EXPECT_TRUE(typed_words("12 r Titon")[2].is_prefix);
    EXPECT_FALSE(typed_words("75011").front().number);
}

TEST(AddressWords, NothingTypedIsNothing) {
    for (const char* text : {"", "  ", "’ - ,", "\xFF\xFE"})
        EXPECT_THAT(typed_words(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace emplettes::geo
