#include "catalogue/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Pair;
using testing::SizeIs;

constexpr LocalDay kToday = LocalDay{std::chrono::year{2026} / 10 / 15};
constexpr QuestionCounts kOnce{.found_none = 1, .opened_below = 1};

class QuestionsContract : public CatalogueContract {
  protected:
    QuestionKey key(std::string text, LocalDay day = kToday) const {
        return {.day = day, .language = "fr", .text = std::move(text)};
    }
    void add(const QuestionRows& rows) {
        db_->write([&](store::Tx& tx) { add_questions(tx, town_.id, rows); });
    }
    QuestionRows load(LocalDay from) {
        return db_->read([&](store::Tx& tx) { return load_questions(tx, town_.id, from); });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, QuestionsContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(QuestionsContract, AddUpByDayLanguageAndText) {
    add({{key("luge"), kOnce}, {key(""), kOnce}});
    add({{key("luge"), kOnce}});
    QuestionCounts twice = kOnce;
    twice += kOnce;
    EXPECT_THAT(load(kToday), ElementsAre(Pair(key(""), kOnce), Pair(key("luge"), twice)));
    EXPECT_THAT(load(kToday + std::chrono::days{1}), IsEmpty());
}

TEST_P(QuestionsContract, GoAfterThirteenMonths) {
    const LocalDay old = kToday - kQuestionsKept;
    add({{key("luge", old), kOnce}, {key("luge"), kOnce}});
    const auto purge = [&](LocalDay before) {
        return db_->write([&](store::Tx& tx) { return purge_questions(tx, town_.id, before); });
    };
    EXPECT_EQ(purge(old), 0);
    EXPECT_EQ(purge(old + std::chrono::days{1}), 1);
    EXPECT_THAT(load(old), ElementsAre(Key(key("luge"))));
}

TEST_P(QuestionsContract, AreForgottenInEverySpelling) {
    add({{key("luge en bois"), kOnce}, {key("bois luges"), kOnce}, {key("luge"), kOnce}});
    const auto forget = [&](std::string_view question) {
        return db_->write(
            [&](store::Tx& tx) { return forget_question(tx, town_.id, question, clock_.now()); });
    };
    EXPECT_EQ(forget("Luge bois"), 2);
    EXPECT_EQ(forget("?"), 0);
    EXPECT_EQ(forget("never asked"), 0);
    const auto news =
        told(kForgottenTopic);  // every server hears it, also of what it has in memory
    ASSERT_EQ(news.size(), 2U);
    EXPECT_EQ(parse_json(news[0].payload_json).at("words"), words_mark("luge en bois"));
    EXPECT_THAT(load(kToday), ElementsAre(Key(key("luge"))));
}

// Whoever forgets finds nothing in the table yet, and its news come when it stands there.
TEST_P(QuestionsContract, WhatIsForgottenWhileItIsWrittenDoesNotComeBack) {
    QuestionBook book;
    const auto ask = [&](std::string_view text) {
        book.add_asked(key(std::string(text)), Found::none, {.network = "n", .random = random_});
    };
    const auto write = [&] { write_questions(*db_, town_.id, book); };
    ask("luge en bois");
    ask("thé");
    const QuestionRows taken = book.take();
    add(taken);
    book.forget(words_mark("bois luges"));
    EXPECT_THAT(load(kToday), SizeIs(2));
    write();
    EXPECT_THAT(load(kToday), ElementsAre(Key(key("thé"))));
    EXPECT_THAT(book.forgotten(), IsEmpty());

    book.forget(words_mark("bois luges"));  // and a write that failed
    book.give_back(taken);
    write();
    EXPECT_THAT(load(kToday), ElementsAre(Key(key("thé"))));

    book.give_back(taken);  // asked later: counted again
    write();
    EXPECT_THAT(load(kToday), SizeIs(2));
}

}  // namespace
}  // namespace emplettes::catalogue
