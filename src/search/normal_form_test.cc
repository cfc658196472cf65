#include "search/normal_form.h"

#include <gtest/gtest.h>

namespace emplettes::search {
namespace {

TEST(NormalForm, IsTheSameHoweverAQuestionIsWritten) {
    EXPECT_EQ(normal_form("Savons au lait"), "lait savon");
    EXPECT_EQ(normal_form("  lait, SAVON "), "lait savon");
    EXPECT_EQ(normal_form("savon savons lait"), "lait savon");
    EXPECT_EQ(normal_form("Thés"), normal_form("the "));
    EXPECT_EQ(normal_form("porte-monnaie"), normal_form("porte monnaie"));
    EXPECT_EQ(normal_form("huile d’olive"), normal_form("huile olive"));
    EXPECT_EQ(normal_form("lapin de"), normal_form("lapin"));
}

TEST(NormalForm, KeepsApartWhatIsAskedForApart) {
    EXPECT_NE(normal_form("lapin"), normal_form("lapin peluche"));
    EXPECT_NE(normal_form("500 g"), normal_form("250 g"));
    EXPECT_NE(normal_form("lap"), normal_form("lapin"));  // no beginning of a word
}

TEST(NormalForm, OfNothingIsNothing) {
    EXPECT_EQ(normal_form(""), "");
    EXPECT_EQ(normal_form(" ?! "), "");
    EXPECT_EQ(normal_form("\xff"), "");
}

TEST(NormalForm, OfItselfIsItself) {
    for (const char* text : {"Lapins en peluche", "journaux", "tapis", "L'Oréal", "thé 500 g"}) {
        EXPECT_EQ(normal_form(normal_form(text)), normal_form(text)) << text;
    }
}

}  // namespace
}  // namespace emplettes::search
