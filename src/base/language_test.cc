#include "base/language.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace emplettes {
namespace {

// Compiled by CMake from testdata/texts.po with msgfmt, as the real catalogues are.
std::string catalogue() {
    std::ifstream file(EMPLETTES_BINARY_DIR "/src/base/texts.mo", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Language, ReadsTextsPluralsAndValues) {
    const std::string bytes = catalogue();
    const Language french("fr", {.path = "fr.mo", .bytes = bytes});
    EXPECT_EQ(french.text("greeting"), "Bonjour à tous");
    EXPECT_EQ(french.text("from_to", {"Paris", "Lyon"}), "de Paris à Lyon, et Paris");
    EXPECT_EQ(french.plural("shops", 0), "0 boutique");
    EXPECT_EQ(french.plural("shops", 3), "3 boutiques");
    EXPECT_EQ(french.text("absent.key"), "absent.key");
    EXPECT_TRUE(french.has("greeting"));
    EXPECT_FALSE(french.has("absent.key"));
    EXPECT_EQ(french.text("a {1}, {2}, {3} {x} {", {"1", ""}), "a 1, , {3} {x} {");
    EXPECT_EQ(french.plural("{2}{1}{", 7, {"of"}), "of7{");
    const std::string long_key = "greeting" + std::string(300, 'x');
    EXPECT_EQ(french.text(long_key), long_key);
}

TEST(Language, RefusesRubbish) {
    EXPECT_THROW(Language("fr", {.path = "fr.mo", .bytes = "not a catalogue"}), std::runtime_error);
}

TEST(Language, NamesOtherLanguages) {
    EXPECT_EQ(language_name("en", "fr"), "anglais");
    EXPECT_EQ(language_name("fr", "en"), "French");
    EXPECT_EQ(language_name("xqz", "fr"), "xqz");
}

}  // namespace
}  // namespace emplettes
