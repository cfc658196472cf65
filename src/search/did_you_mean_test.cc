#include "search/did_you_mean.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace emplettes::search {
namespace {

TEST(DidYouMean, WordsAreReplacedAndNothingElse) {
    const std::vector<Meant> meant = {{"chausures", "chaussures"}, {"echarp", "écharpe"}};
    EXPECT_EQ(with_words_meant("Chausures  d’été, 38", meant), "chaussures  d’été, 38");
    EXPECT_EQ(with_words_meant("l’écharp", meant), "l’écharpe");
    EXPECT_EQ(with_words_meant("chausures-echarp", meant), "chaussures-écharpe");
    EXPECT_EQ(with_words_meant("chaussures", meant), "");
    EXPECT_EQ(with_words_meant("", meant), "");
}

TEST(DidYouMean, AWordIsWrittenAsInATitle) {
    EXPECT_EQ(as_written("Longue Écharpe, écharpe rouge", "echarpe"), "écharpe");
    EXPECT_EQ(as_written("Pull d’été", "ete"), "été");
    EXPECT_EQ(as_written("CHAUSSURES DE SPORT", "chaussures"), "chaussures");
    EXPECT_EQ(as_written("ÉCHARPE", "echarpe"), "");
    EXPECT_EQ(as_written("Pull", "echarpe"), "");
}

RC_GTEST_PROP(DidYouMean, AnyBytesAreKept, (const std::string& text)) {
    RC_ASSERT(with_words_meant(text, {}).empty());
    as_written(text, "a");
    const std::string corrected =
        with_words_meant(text + " chausures", std::vector<Meant>{{"chausures", "chaussures"}});
    RC_ASSERT(corrected.starts_with(text) || corrected.find("chaussures") != std::string::npos);
}

}  // namespace
}  // namespace emplettes::search
