#include "emplettes/nearest_word.h"

#include <gtest/gtest.h>

namespace emplettes {
namespace {

const std::vector<std::string> kWords{"serve", "search", "import", "bench", "merchandise"};

TEST(NearestWord, ForgivesLettersLeftOutAddedChangedAndSwapped) {
    EXPECT_EQ(nearest_word("serch", kWords), "search");
    EXPECT_EQ(nearest_word("saerch", kWords), "search");
    EXPECT_EQ(nearest_word("servee", kWords), "serve");
    EXPECT_EQ(nearest_word("inport", kWords), "import");
    EXPECT_EQ(nearest_word("merchandize", kWords), "merchandise");
}

TEST(NearestWord, IsNoneWhenNoneIsNear) {
    EXPECT_EQ(nearest_word("wanted", kWords), "");
    EXPECT_EQ(nearest_word("", kWords), "");
    EXPECT_EQ(nearest_word(std::string(10'000, 'x'), kWords), "");
    EXPECT_EQ(nearest_word("serve", {}), "");
}

}  // namespace
}  // namespace emplettes
