#include "search/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "search/fold.h"
#include "search/plural.h"

namespace emplettes::search {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

std::string folded(std::string_view text) {
    std::string out;
    fold_text(text, out);
    return out;
}

std::vector<std::string> words(std::string_view text, TextOf text_of = TextOf::catalogue) {
    Analyzer analyzer;
    std::vector<std::string> found;
    for (const Token& token : analyzer.analyze(text, text_of)) {
        found.push_back((token.is_alternate ? "+" : "") + token.word);
    }
    return found;
}

std::vector<std::string> asked(std::string_view text) {
    std::vector<std::string> found;
    for (const QueryWord& word : analyze_query(text).words) {
        found.push_back(word.spellings[0].word + (word.spellings[0].is_prefix ? "*" : ""));
    }
    return found;
}

TEST(Fold, LatinLosesCaseAndAccents) {
    EXPECT_EQ(folded("Œuf à la coque"), "oeuf a la coque");
    EXPECT_EQ(folded("PÂTÉ, Crème brûlée & Ænima"), "pate, creme brulee   aenima");
    EXPECT_EQ(folded("Straße Łódź Ĳssel"), "strasse lodz ijssel");
    EXPECT_EQ(folded("e\xCC\x81tage\xCC\x80re"), "etagere");  // accents on their own
}

TEST(Fold, OtherScriptsAreCaseFolded) {
    EXPECT_EQ(folded("ΚΑΦΈΣ"), folded("καφέσ"));
    EXPECT_EQ(folded("Чай"), "чаи");
    EXPECT_EQ(folded("قهوة"), "قهوة");
    EXPECT_EQ(folded("ＡＢＣ１"), "abc1");
    EXPECT_EQ(folded("🐰"), " ");
}

TEST(Plural, UnitesNumbersAndKeepsWordsApart) {
    for (const auto& [one, many] : std::initializer_list<std::pair<const char*, const char*>>{
             {"velo", "velos"},      {"journal", "journaux"},  {"bocal", "bocaux"},
             {"tuyau", "tuyaux"},    {"bateau", "bateaux"},    {"chou", "choux"},
             {"bijou", "bijoux"},    {"jeu", "jeux"},          {"cheveu", "cheveux"},
             {"menu", "menus"},      {"piano", "pianos"},      {"oeil", "yeux"},
             {"vitrail", "vitraux"}, {"box", "boxes"},         {"watch", "watches"},
             {"glass", "glasses"},   {"battery", "batteries"}, {"batterie", "batteries"},
             {"knife", "knives"},    {"child", "children"},    {"poche", "poches"}}) {
        EXPECT_EQ(without_plural(one), without_plural(many)) << one;
    }
    for (const auto& [one, other] :
         std::initializer_list<std::pair<const char*, const char*>>{{"porte", "porter"},
                                                                    {"fil", "fils"},
                                                                    {"bra", "bras"},
                                                                    {"mai", "mais"},
                                                                    {"cour", "cours"},
                                                                    {"marche", "marcher"},
                                                                    {"new", "news"}}) {
        EXPECT_NE(without_plural(one), without_plural(other)) << one;
    }
    for (const char* word : {"tapis", "ananas", "prix", "noix", "jus", "sac"}) {
        EXPECT_EQ(without_plural(without_plural(word)), without_plural(word));
    }
}

// The everyday plurals of which Snowball misses 18.
TEST(Plural, UnitesAwkwardWords) {
    const std::vector<std::string> ones = {
        "vélo",  "stylo",  "piano",  "lavabo", "kiwi",    "sofa",      "bijou", "chou",   "écrou",
        "clou",  "jeu",    "cheveu", "bateau", "journal", "bocal",     "vidéo", "photo",  "tuyau",
        "noyau", "bambou", "tapis",  "ananas", "abricot", "casserole", "pneu",  "canapé", "café",
        "thé",   "menu",   "sac",    "bougie", "tissu",   "ruban"};
    const std::vector<std::string> several = {
        "vélos",  "stylos",   "pianos",     "lavabos", "kiwis",   "sofas",   "bijoux",
        "choux",  "écrous",   "clous",      "jeux",    "cheveux", "bateaux", "journaux",
        "bocaux", "vidéos",   "photos",     "tuyaux",  "noyaux",  "bambous", "tapis",
        "ananas", "abricots", "casseroles", "pneus",   "canapés", "cafés",   "thés",
        "menus",  "sacs",     "bougies",    "tissus",  "rubans"};
    ASSERT_EQ(ones.size(), several.size());
    for (std::size_t i = 0; i < ones.size(); ++i)
        EXPECT_EQ(without_plural(folded(ones[i])), without_plural(folded(several[i]))) << ones[i];
}

TEST(Analyzer, ComposedAndDecomposedTextsAreTheSame) {
    EXPECT_EQ(words("Crème brûlée à l’érable"), words("Cre\xCC\x80me bru\xCC\x82le\xCC\x81"
                                                      "e a\xCC\x80 l’e\xCC\x81rable"));
}

TEST(Analyzer, ElisionsOfBothApostrophes) {
    EXPECT_THAT(words("huile d'olive"), ElementsAre("huile", "olive"));
    EXPECT_THAT(words("huile d’olive"), ElementsAre("huile", "olive"));
    EXPECT_THAT(words("jusqu'au bout, lorsqu'il"), ElementsAre("au", "bout", "il"));
}

TEST(Analyzer, NamesWithApostrophesAreSplitAndJoined) {
    EXPECT_THAT(words("Shampooing L'Oréal"), ElementsAre("shampooing", "oreal", "+loreal"));
    EXPECT_THAT(words("L'HUILE"), ElementsAre("huile"));
    EXPECT_THAT(words("l'oréal", TextOf::query), ElementsAre("oreal", "+loreal"));
    EXPECT_THAT(words("aujourd'hui"), IsSupersetOf({"aujourdhui"}));
    EXPECT_THAT(words("aujourd’hui").front(), "aujourdhui");
    EXPECT_THAT(words("Levi's"), ElementsAre("levis", "+levi"));
    EXPECT_THAT(words("O'Neill"), ElementsAre("oneill", "+neill"));
}

TEST(Analyzer, CompoundsAreSplitAndJoined) {
    EXPECT_THAT(words("porte-monnaie"), ElementsAre("porte", "monnaie", "+portemonnaie"));
    EXPECT_THAT(words("WH-1000XM4"), ElementsAre("wh", "1000xm4", "+wh1000xm4"));
    EXPECT_THAT(words("l'abat-jour"), ElementsAre("abat", "jour", "+abatjour"));
    EXPECT_THAT(words("a - b"), ElementsAre("a", "b"));
}

TEST(Analyzer, NumbersTakeTheirUnits) {
    for (const char* text : {"500 g", "500g", "500 gr", "500 Grammes", "500\xC2\xA0g"}) {
        EXPECT_THAT(words(text), ElementsAre("500g", "+500")) << text;
    }
    EXPECT_THAT(words("1,5 l"), ElementsAre("1.5l", "+1.5"));
    EXPECT_THAT(words("1.50L"), ElementsAre("1.5l", "+1.5"));
    EXPECT_THAT(words("2 l'eau"), ElementsAre("2", "eau"));
    EXPECT_THAT(words("4x4 12"), ElementsAre("4x4", "12"));
    EXPECT_THAT(words("0,0"), ElementsAre("0"));
}

TEST(Query, LastWordIsAPrefixUnlessClosed) {
    EXPECT_THAT(asked("lapin pelu"), ElementsAre("lapin", "pelu*"));
    EXPECT_THAT(asked("lapin pelu "), ElementsAre("lapin", "pelu"));
    EXPECT_THAT(asked("l'"), ElementsAre("l*"));
    EXPECT_TRUE(analyze_query(" \t").is_blank);
    EXPECT_FALSE(analyze_query("?!").is_blank);
    EXPECT_TRUE(analyze_query("?!").words.empty());
}

TEST(Query, FunctionWordsAreLeftOut) {
    EXPECT_THAT(asked("jus de pomme "), ElementsAre("jus", "pomme"));
    EXPECT_THAT(asked("thé à la menthe "), ElementsAre("the", "menthe"));
    EXPECT_THAT(asked("de la "), ElementsAre("de", "la"));
    for (const char* typed : {"crème d", "crème de", "crème d'", "crème de l", "crème de la"})
        EXPECT_THAT(asked(typed), ElementsAre("creme")) << typed;
    EXPECT_THAT(asked("crème des"), ElementsAre("creme"));
    EXPECT_THAT(asked("crème dess"), ElementsAre("creme", "dess*"));
    EXPECT_THAT(asked("de la"), ElementsAre("de", "la*"));
}

TEST(Query, AFirstLetterIsNoElision) {
    EXPECT_THAT(asked("d battery "), ElementsAre("d", "battery"));
    EXPECT_THAT(asked("huile d olive "), ElementsAre("huile", "olive"));
    EXPECT_THAT(asked("livre sur la mer "), ElementsAre("livre", "mer"));
}

TEST(Query, AujourdhuiIsOneWord) {
    for (const char* text : {"aujourd'hui ", "aujourd’hui ", "Aujourd'hui "})
        EXPECT_THAT(asked(text), ElementsAre("aujourdhui")) << text;
    EXPECT_THAT(asked("l'oréal "), ElementsAre("oreal"));
    EXPECT_THAT(analyze_query("l'oréal ").words[0].spellings,
                ElementsAre(Spelling{.word = "oreal"}, Spelling{.word = "loreal"}));
}

TEST(Analyzer, TellingWordsAreNumberedWithoutArticles) {
    Analyzer analyzer;
    std::vector<std::uint32_t> numbers;
    number_telling_words(analyzer.analyze("Le fil à coudre", TextOf::catalogue), numbers);
    EXPECT_THAT(numbers, ElementsAre(0, 0, 1, 1, 2));
    number_telling_words(analyzer.analyze("", TextOf::catalogue), numbers);
    EXPECT_THAT(numbers, ElementsAre(0));
}

TEST(Query, NeighboursAreTriedJoined) {
    const QueryText query = analyze_query("porte monnaie");
    ASSERT_EQ(query.words.size(), 2U);
    EXPECT_THAT(query.words[0].spellings,
                ElementsAre(Spelling{"porte", false}, Spelling{"portemonnaie", true}));
    EXPECT_THAT(query.words[1].spellings,
                ElementsAre(Spelling{"monnaie", true}, Spelling{"portemonnaie", true}));
    EXPECT_EQ(analyze_query("porte-monnaie").words, query.words);
}

TEST(Query, CodesAreNumbers) {
    EXPECT_EQ(analyze_query("978-2-07-036822-8").code, 9782070368228);
    EXPECT_EQ(analyze_query("207036822X").code, analyze_query("978-2-07-036822-8").code);
    EXPECT_EQ(analyze_query("2012345678900").code, 2012345678900);  // in-shop
    EXPECT_EQ(analyze_query("1000 pièces").code, std::nullopt);
}

TEST(Analyzer, TheIsTeaUnlessTheTextIsEnglish) {
    const std::string article(kEnglishArticle);
    EXPECT_EQ(text_in("en"), TextOf::english_catalogue);
    EXPECT_EQ(text_in("EN-gb"), TextOf::english_catalogue);
    for (const char* language : {"fr", "", "de"}) EXPECT_EQ(text_in(language), TextOf::catalogue);
    EXPECT_THAT(words("The Hobbit", TextOf::english_catalogue), ElementsAre(article, "hobbit"));
    EXPECT_THAT(words("The Lord of the Rings"),
                ElementsAre(article, "lord", "of", article, "rings"));
    // Nothing says that these are English, or their accent that they are not.
    EXPECT_THAT(words("The vert"), ElementsAre("the", "vert"));
    EXPECT_THAT(words("THE MENTHE FOR EVER, BOITE DE 20"), testing::Contains("the"));
    for (const char* text : {"Thé vert", "THÉ VERT", "The\xCC\x81 vert"})
        EXPECT_THAT(words(text, TextOf::english_catalogue), ElementsAre("the", "vert")) << text;
    EXPECT_THAT(words("the vert", TextOf::query), ElementsAre("the", "vert"));
}

TEST(Query, TheBesideOtherWordsMayBeTheArticle) {
    const Spelling tea{.word = "the"};
    const Spelling article{.word = std::string(kEnglishArticle)};
    EXPECT_THAT(analyze_query("the hobbit ").words[0].spellings, testing::Contains(article));
    for (const char* tea_alone : {"thé hobbit ", "the ", "du the ", "thé "}) {
        const auto spellings = analyze_query(tea_alone).words[0].spellings;
        EXPECT_THAT(spellings, testing::Contains(tea)) << tea_alone;
        EXPECT_THAT(spellings, testing::Not(testing::Contains(article))) << tea_alone;
    }
}

RC_GTEST_PROP(Analyzer, AnyBytesGiveFoldedWords, (const std::string& text)) {
    Analyzer analyzer;
    for (const TextOf text_of : {TextOf::catalogue, TextOf::english_catalogue, TextOf::query}) {
        std::uint32_t position = 0;
        for (const Token& token : analyzer.analyze(text, text_of)) {
            RC_ASSERT(!token.word.empty());
            RC_ASSERT(token.word.size() <= kWordBytesMax);
            RC_ASSERT(is_valid_utf8(token.word));
            RC_ASSERT(token.word.find(' ') == std::string::npos);
            if (!token.is_alternate) RC_ASSERT(token.position == position++);
            RC_ASSERT(token.position < position || token.is_alternate);
        }
    }
    RC_ASSERT(analyze_query(text).words.size() <= kQueryWordsMax);
}

std::string french_text() {
    static const std::vector<std::string> kParts = {
        "é", "Œ",     "l'",      "L’",       "-",   " ", "500", "g",  ",",
        "5", "porte", "monnaie", "s",        "aux", "x", "D'",  "Or", "'",
        ".", "qu",    "\xE2",    "\xCC\x81", "ß",   "Я", "猫",  "hui"};
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts));
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
}

RC_GTEST_PROP(Analyzer, FrenchPiecesGiveFoldedWords, ()) {
    const std::string text = french_text();
    Analyzer analyzer;
    const auto once = analyzer.analyze(text, TextOf::catalogue);
    for (const Token& token : once) {
        RC_ASSERT(is_valid_utf8(token.word));
        RC_ASSERT(without_plural(without_plural(token.word)) == without_plural(token.word));
    }
    RC_ASSERT(analyzer.analyze(text, TextOf::catalogue) == once);
}

TEST(Analyzer, LongTextsAreCut) {
    const std::string long_word(10'000, 'e');
    EXPECT_EQ(words(long_word).front().size(), kWordBytesMax);
    std::string accents;
    for (int i = 0; i < 1000; ++i) accents += "猫";
    EXPECT_TRUE(is_valid_utf8(words(accents).front()));
    std::string many;
    for (int i = 0; i < 2000; ++i) many += "mot" + std::to_string(i) + " ";
    EXPECT_EQ(analyze_query(many).words.size(), kQueryWordsMax);
}

}  // namespace
}  // namespace emplettes::search
