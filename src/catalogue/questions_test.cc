#include "catalogue/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr LocalDay kToday = LocalDay{std::chrono::year{2026} / 10 / 15};

QuestionKey key(std::string text, LocalDay day = kToday) {
    return {.day = day, .language = "fr", .text = std::move(text)};
}

// Each time from another network.
class Book : public QuestionBook {
  public:
    void add_asked(QuestionKey key, Found found) {
        const std::string network = std::to_string(networks_++);
        QuestionBook::add_asked(std::move(key), found, {.network = network, .random = random_});
    }
    void add_asked_from(std::string_view network, QuestionKey key) {
        QuestionBook::add_asked(std::move(key), Found::none,
                                {.network = network, .random = random_});
    }

  private:
    SeededRandom random_{1};
    int networks_ = 0;
};

TEST(KeepableQuestion, IsTidiedAndKeepsItsAccents) {
    EXPECT_EQ(keepable_question("  Lapin\ten  Peluche "), "lapin en peluche");
    EXPECT_EQ(keepable_question("thé vert"), "thé vert");
    EXPECT_EQ(keepable_question("thé\u00A0vert\u3000"), "thé vert");
    EXPECT_EQ(keepable_question("شاي أخضر"), "شاي أخضر");
    EXPECT_EQ(keepable_question("WH-1000XM4 128 g"), std::nullopt);  // six digits and more
    EXPECT_EQ(keepable_question("iPhone 15 128 go"), "iphone 15 128 go");
    EXPECT_EQ(keepable_question("plan rue de la paix"), "plan rue de la paix");
    EXPECT_EQ(keepable_question("le 11 septembre"), "le 11 septembre");
    EXPECT_EQ(keepable_question("bordure 12"), "bordure 12");  // "bord" and the like are no streets
}

TEST(KeepableQuestion, IsNotWhatMayTellWhoAsks) {
    for (const char* text :
         {"ada@example.org", "06 12 34 56 78", "+33 612345678", "jean dupont 12/03/1985",
          "2 85 05 78 006 084 36", "9782070612758", "https://example.org/x", "www.example.org",
          "je cherche un cadeau pour ma fille", "", " ", "?!", "\xff\xfe", "lapin\u202Enipal",
          // The same in other scripts and forms, spaces and letters that nobody sees.
          "٠٦١٢٣٤٥٦٧٨", "०६१२३४", "０６１２３４", "①②③④⑤⑥", "¹²³⁴⁵⁶", "ada＠example.org",
          "ｗｗｗ．example．org", "un\u3000deux\u00A0trois\u2003quatre cinq six sept",
          "lapin\u034F", "lapin\u061C", "lapin\uFE0F", "lapin\u3164", "lapin\uE000",
          "jean dupont 12 rue condorcet", "45, Avenue Trudaine", "3bis impasse briare", "allée 4",
          "１２ ｒｕｅ Condorcet", "221b Baker Street", "lapin\U000E0061", "lapin\u2028peluche",
          "lapin\u0001"})
        EXPECT_EQ(keepable_question(text), std::nullopt) << text;
    EXPECT_EQ(keepable_question(std::string(61, 'a')), std::nullopt);
}

TEST(FoundOf, ManyBeginsWhereAChoiceDoes) {
    EXPECT_EQ(found_of(0), Found::none);
    EXPECT_EQ(found_of(1), Found::few);
    EXPECT_EQ(found_of(kFewMax), Found::few);
    EXPECT_EQ(found_of(kFewMax + 1), Found::many);
}

TEST(QuestionBook, CountsAndBeginsAnew) {
    Book book;
    book.add_asked(key("Trottinette"), Found::none);
    book.add_asked(key("trottinette "), Found::few);
    book.add_opened(key("trottinette"), 1);
    book.add_opened(key("trottinette"), kNextMax);
    book.add_opened(key("trottinette"), kNextMax + 1);
    const QuestionCounts counts{
        .found_none = 1, .found_few = 1, .opened_first = 1, .opened_next = 1, .opened_below = 1};
    const QuestionRows rows = book.take();
    EXPECT_THAT(rows, ElementsAre(Pair(key("trottinette"), counts)));
    EXPECT_THAT(book.take(), IsEmpty());
    book.give_back(rows);
    EXPECT_EQ(book.take(), rows);
}

TEST(QuestionBook, CountsANetworkOnceADayHoweverItAsks) {
    Book book;
    for (const char* text : {"Luge en bois", "luge en bois", "bois luges"})
        book.add_asked_from("192.0.2.0/24", key(text));
    book.add_asked_from("198.51.100.0/24", key("luge en bois"));
    book.add_asked_from("192.0.2.0/24", key("luge"));  // something else
    EXPECT_THAT(book.take(),
                ElementsAre(Pair(key("luge"), QuestionCounts{.found_none = 1}),
                            Pair(key("luge en bois"), QuestionCounts{.found_none = 2})));
    book.add_asked_from("192.0.2.0/24", key("luge en bois"));
    EXPECT_THAT(book.take(), IsEmpty());
    book.add_asked_from("192.0.2.0/24", key("luge en bois", kToday + std::chrono::days{1}));
    EXPECT_THAT(book.take(), SizeIs(1));
}

TEST(QuestionBook, ForgetsWordsInEverySpelling) {
    Book book;
    for (const char* text : {"luge en bois", "Bois luges", "luge"})
        book.add_asked(key(text), Found::none);
    book.forget(words_mark("luge bois"));
    EXPECT_THAT(book.take(), ElementsAre(Pair(key("luge"), QuestionCounts{.found_none = 1})));
    EXPECT_EQ(words_mark("?"), "");
}

TEST(QuestionBook, WordsThatAreNotKeptAreCountedWithTheOthers) {
    Book book;
    book.add_asked(key("ada@example.org"), Found::none);
    book.add_asked(key("06 12 34 56 78"), Found::many);
    EXPECT_THAT(book.take(),
                ElementsAre(Pair(key(""), QuestionCounts{.found_none = 1, .found_many = 1})));
}

TEST(QuestionBook, ADayHasSoManyWordsAndNoMore) {
    Book book;
    const auto ask_all = [&](LocalDay day) {
        for (std::size_t i = 0; i < kQuestionsPerDayMax + 5; ++i)
            book.add_asked(key("mot" + std::to_string(i), day), Found::none);
    };
    ask_all(kToday);
    QuestionRows rows = book.take();
    EXPECT_THAT(rows, SizeIs(kQuestionsPerDayMax + 1));
    EXPECT_EQ(rows[key("")].asked(), 5);
    // Writing down does not make room: the day's words stay known.
    ask_all(kToday);
    EXPECT_EQ(book.take()[key("")].asked(), 5);
    const LocalDay tomorrow = kToday + std::chrono::days{1};
    ask_all(tomorrow);
    EXPECT_EQ(book.take()[key("", tomorrow)].asked(), 5);
}

TEST(QuestionBook, NothingIsLostBetweenThreads) {
    Book book;
    QuestionCounts taken;
    std::thread asking([&] {
        for (int i = 0; i < 2000; ++i) book.add_asked(key("thé"), Found::many);
    });
    for (int i = 0; i < 50; ++i)
        for (const auto& [question, counts] : book.take()) taken += counts;
    asking.join();
    for (const auto& [question, counts] : book.take()) taken += counts;
    EXPECT_EQ(taken.found_many, 2000);
}

}  // namespace
}  // namespace emplettes::catalogue
