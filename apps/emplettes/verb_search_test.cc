#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class SearchVerbTest : public testing::Test {
  protected:
    SearchVerbTest() { installation_.add_territory("ville"); }

    Typed search(std::vector<std::string> words) const {
        words.insert(words.begin(), {"search", "--data", installation_.path().string()});
        return type_in(std::move(words));
    }

    TestInstallation installation_;
};

TEST_F(SearchVerbTest, PrintsATableWithTheReasonOfTheOrder) {
    const Typed found = search({"letranger"});
    EXPECT_EQ(found.status, 0) << found.err;
    EXPECT_THAT(found.out, AllOf(HasSubstr("score"), HasSubstr("L’Étranger"), HasSubstr("Écume")));
}

TEST_F(SearchVerbTest, ForgivesTyposAndSaysHowMany) {
    const Typed found = search({"etrnager", "--json"});
    const Json answer = Json::parse(found.out);
    EXPECT_EQ(answer["total"], 1);
    EXPECT_EQ(answer["hits"][0]["title"], "L’Étranger");
    EXPECT_EQ(answer["hits"][0]["why"]["typos"], 1);
}

TEST_F(SearchVerbTest, SaysWhatToDoWhenNothingIsThere) {
    EXPECT_THAT(search({"trottinette"}).out, HasSubstr("--radius"));
    EXPECT_THAT(search({"x", "--territory", "lune"}).err,
                HasSubstr("there is no territory called lune"));
    EXPECT_THAT(search({"x", "--lat", "48"}).err, HasSubstr("--lon"));
    EXPECT_THAT(search({"x", "--order", "dearest"}).err, HasSubstr("cheapest"));
    EXPECT_THAT(search({"x", "--category", "boks"}).err, HasSubstr("Did you mean books?"));
    const std::string many(300, '9');
    for (const std::string& number : {std::string("0"), std::string("-1"), many}) {
        EXPECT_NE(search({"x", "--radius", number}).status, 0) << number;
        EXPECT_NE(search({"x", "--limit", number}).status, 0) << number;
    }
    EXPECT_THAT(type_in({"serch", "livre"}).err, HasSubstr("emplettes search"));
    EXPECT_THAT(type_in({"xyzzy"}).err, HasSubstr("--help"));
}

TEST_F(SearchVerbTest, TakesTheWordsWithoutQuotes) {
    const Typed found = search({"letranger", "camus"});
    EXPECT_EQ(found.status, 0) << found.err;
    EXPECT_THAT(found.out, HasSubstr("L’Étranger"));
}

}  // namespace
}  // namespace emplettes
