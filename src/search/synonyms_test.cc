#include "search/synonyms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace emplettes::search {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

// The other names that each word of the question is given.
std::vector<std::vector<std::string>> widened(const Synonyms& synonyms, std::string_view question) {
    QueryText query = analyze_query(question);
    synonyms.widen(query);
    std::vector<std::vector<std::string>> names;
    for (const QueryWord& word : query.words) {
        names.emplace_back();
        for (const Spelling& spelling : word.spellings) {
            if (spelling.is_synonym) names.back().push_back(spelling.word);
        }
    }
    return names;
}

TEST(Synonyms, GroupsWorkInEveryDirection) {
    const Synonyms synonyms("tisane, infusion\n");
    EXPECT_THAT(widened(synonyms, "tisane"), ElementsAre(ElementsAre("infusion")));
    EXPECT_THAT(widened(synonyms, "Infusions"), ElementsAre(ElementsAre("tisane")));
    EXPECT_THAT(widened(synonyms, "tisa"), ElementsAre(IsEmpty()));
}

TEST(Synonyms, AnArrowWorksOneWay) {
    const Synonyms synonyms("# cheese\nfromage > comté, brie\n");
    EXPECT_THAT(widened(synonyms, "fromage"), ElementsAre(ElementsAre("comte", "brie")));
    EXPECT_THAT(widened(synonyms, "comté"), ElementsAre(IsEmpty()));
}

TEST(Synonyms, NamesMayHaveTwoWords) {
    const Synonyms synonyms("bande dessinée, BD\nmachine à café, cafetière\n");
    EXPECT_THAT(widened(synonyms, "bd"), ElementsAre(ElementsAre("bande dessinee")));
    EXPECT_THAT(widened(synonyms, "bandes dessinées tintin"),
                ElementsAre(ElementsAre("bd"), ElementsAre("bd"), IsEmpty()));
    EXPECT_THAT(widened(synonyms, "machine a café"),
                ElementsAre(ElementsAre("cafetiere"), ElementsAre("cafetiere")));
    EXPECT_THAT(widened(synonyms, "bande adhésive"), ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(Synonyms, ALineThatSaysNothingUsefulIsNamed) {
    for (const char* lines : {"a, b\nthé, \n", "thé, deux trois quatre\n", "x >\n"}) {
        EXPECT_THROW(Synonyms{lines}, std::invalid_argument) << lines;
    }
    EXPECT_THROW(
        {
            try {
                Synonyms{"tisane, infusion\n\nla, infusion de tilleul bio"};
            } catch (const std::invalid_argument& error) {
                EXPECT_THAT(error.what(), testing::HasSubstr("line 3"));
                throw;
            }
        },
        std::invalid_argument);
}

TEST(Synonyms, ThoseBuiltInAreRead) {
    const Synonyms synonyms;
    EXPECT_THAT(widened(synonyms, "tisane")[0], Contains("infusion"));
    EXPECT_THAT(widened(synonyms, "toy")[0], Contains("jouet"));
    EXPECT_THAT(widened(synonyms, "fromage")[0], IsSupersetOf({"camembert", "comte"}));
    EXPECT_THAT(widened(synonyms, "camembert")[0], Not(Contains("fromage")));
    EXPECT_THAT(widened(synonyms, "lapin")[0], IsEmpty());
}

}  // namespace
}  // namespace emplettes::search
