#include "site/seen.h"

#include <gtest/gtest.h>

namespace emplettes::site {
namespace {

TEST(SeenMark, IsEqualForEqualPartsOnly) {
    EXPECT_EQ(seen_mark({"approved", "SIRET"}), seen_mark({"approved", "SIRET"}));
    EXPECT_NE(seen_mark({"approved", "SIRET"}), seen_mark({"SIRET", "approved"}));
    EXPECT_NE(seen_mark({"approved", "SIRET"}), seen_mark({"approved", "SIREN"}));
}

TEST(SeenMark, KnowsWhereAPartEnds) {
    EXPECT_NE(seen_mark({"ab", "c"}), seen_mark({"a", "bc"}));
    EXPECT_NE(seen_mark({"ab"}), seen_mark({"ab", ""}));
    EXPECT_NE(seen_mark({"1:a", ""}), seen_mark({"", "1:a"}));
}

TEST(SeenMark, IsFitForAForm) {
    const std::string mark = seen_mark({"é\n\"<&", ""});
    EXPECT_EQ(mark.size(), 24);
    EXPECT_EQ(mark.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace emplettes::site
