#include "search/typos.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace emplettes::search {
namespace {

// The distance by its definition, letter by letter from the end, everything tried.
int distance(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size());
    const std::string_view shorter_a = a.substr(0, a.size() - 1);
    const std::string_view shorter_b = b.substr(0, b.size() - 1);
    int least = std::min({distance(shorter_a, b) + 1, distance(a, shorter_b) + 1,
                          distance(shorter_a, shorter_b) + (a.back() == b.back() ? 0 : 1)});
    if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2])
        least = std::min(least, distance(a.substr(0, a.size() - 2), b.substr(0, b.size() - 2)) + 1);
    return least;
}

// The same of words whose last letters are right, or swapped; more than anybody asks for if not.
int distance_with_right_end(std::string_view a, std::string_view b) {
    int least = 100;
    if (a.back() == b.back())
        least = distance(a.substr(0, a.size() - 1), b.substr(0, b.size() - 1));
    if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2])
        least = std::min(least, distance(a.substr(0, a.size() - 2), b.substr(0, b.size() - 2)) + 1);
    return least;
}

std::string any_word(std::string_view letters, int longest) {
    std::string word;
    for (int size = *rc::gen::inRange(1, longest + 1); size > 0; --size)
        word += *rc::gen::elementOf(std::string(letters));
    return word;
}

Dictionary make_dictionary(const std::vector<std::string>& words) {
    WordTable table;
    for (const std::string& word : words) table.look_up(word);
    return Dictionary(table);
}

TEST(Typos, AreCountedAsPeopleMakeThem) {
    EXPECT_EQ(typos_between("chaussures", "chaussures", 2), 0);
    EXPECT_EQ(typos_between("chausures", "chaussures", 2), 1);  // missing
    EXPECT_EQ(typos_between("choccolat", "chocolat", 2), 1);    // doubled
    EXPECT_EQ(typos_between("chocolqt", "chocolat", 2), 1);     // the neighbour key
    EXPECT_EQ(typos_between("chcoolat", "chocolat", 2), 1);     // swapped
    EXPECT_EQ(typos_between("chcolqt", "chocolat", 2), 2);      // two
    EXPECT_EQ(typos_between("lapin", "peluche", 2), 3);         // more than asked for
    EXPECT_EQ(typos_to_beginning("chaussu", "chaussures", 1), 0);
    EXPECT_EQ(typos_to_beginning("chauw", "chaussures", 1), 2);  // the last letter is wrong
    EXPECT_EQ(typos_to_beginning("chasu", "chaussures", 1), 1);  // or swapped
    EXPECT_EQ(typos_to_beginning("chausu", "chaussures", 1), 1);
    EXPECT_EQ(typos_to_beginning("lapni", "lapinou", 1), 1);
}

TEST(Typos, AreForgivenInWordsAndNeverInNumbers) {
    EXPECT_EQ(typos_forgiven("thé"), 0);
    EXPECT_EQ(typos_forgiven("sel"), 0);
    EXPECT_EQ(typos_forgiven("velo"), 1);
    EXPECT_EQ(typos_forgiven("lapinou"), 1);
    EXPECT_EQ(typos_forgiven("chocolat"), 2);
    EXPECT_EQ(typos_forgiven("iphone12"), 0);
    EXPECT_EQ(typos_forgiven("9782070612758"), 0);
}

RC_GTEST_PROP(Typos, AreTheDistanceByItsDefinition, ()) {
    const std::string a = any_word("ab", 6);
    const std::string b = any_word("abc", 6);
    const int most = *rc::gen::inRange(0, 4);
    RC_ASSERT(typos_between(a, b, most) == std::min(distance(a, b), most + 1));
    int least = most + 1;
    for (std::size_t size = 1; size <= b.size(); ++size) {
        least = std::min(least, distance_with_right_end(a, std::string_view(b).substr(0, size)));
    }
    RC_ASSERT(typos_to_beginning(a, b, most) == least);
}

TEST(Typos, SomeAreUnlikely) {
    for (const auto& [asked, word] : std::initializer_list<std::pair<const char*, const char*>>{
             {"chaussire", "chaussure"},   // beside it in its row
             {"chqussure", "chaussure"},   // beside it in the next row
             {"camenbert", "camembert"},   // sounds like it
             {"chocolt", "chocolat"},      // missing
             {"chocollat", "chocolat"},    // doubled
             {"hcocolat", "chocolat"}}) {  // swapped
        EXPECT_FALSE(is_unlikely_typo(asked, word)) << asked;
    }
    EXPECT_TRUE(is_unlikely_typo("phocolat", "chocolat"));
    EXPECT_TRUE(is_unlikely_typo("hocolat", "chocolat"));
    EXPECT_TRUE(is_unlikely_typo("carro", "carry") && is_unlikely_typo("lapix", "lapin"));
}

RC_GTEST_PROP(TypoIndex, FindsWhatReadingEveryWordFinds, ()) {
    std::vector<std::string> words;
    for (int i = *rc::gen::inRange(0, 80); i > 0; --i) {
        words.push_back(any_word("abc", 12));
        if (*rc::gen::inRange(0, 10) == 0) words.back() += "7";
    }
    const Dictionary dictionary = make_dictionary(words);
    const TypoIndex index(dictionary);
    const std::string asked = any_word("abcd", 12);
    const int most = typos_forgiven(asked);
    std::vector<Correction> near;
    std::vector<Correction> beginning_near;
    for (std::uint32_t at = 0; at < dictionary.size(); ++at) {
        const std::string_view word = dictionary.word(at);
        if (word.find('7') != std::string_view::npos) continue;
        const int typos = typos_between(asked, word, most);
        if (typos > 0 && typos <= most && word.size() >= 3)
            near.push_back({at, typos, is_unlikely_typo(asked, word)});
        const int to_beginning = typos_to_beginning(asked, word, most);
        if (to_beginning > 0 && to_beginning <= most && word.size() >= 3)
            beginning_near.push_back({at, to_beginning, is_unlikely_typo(asked, word)});
    }
    RC_ASSERT(index.words_near(asked) == near);
    RC_ASSERT(index.words_beginning_near(asked) == beginning_near);
}

}  // namespace
}  // namespace emplettes::search
