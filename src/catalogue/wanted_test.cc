#include "catalogue/wanted.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr LocalDay kToday = LocalDay{std::chrono::year{2026} / 10 / 15};

// So many askings, of which so many found nothing, some days ago.
struct Asked {
    std::string text;
    std::int64_t none = 0;
    std::int64_t many = 0;
    int days_ago = 0;
    std::string language = "fr";
};

QuestionRows rows_of(const std::vector<Asked>& all) {
    QuestionRows rows;
    for (const Asked& asked : all)
        rows[{.day = kToday - std::chrono::days{asked.days_ago},
              .language = asked.language,
              .text = asked.text}] +=
            QuestionCounts{.found_none = asked.none, .found_many = asked.many};
    return rows;
}

std::vector<std::string> public_texts(const std::vector<Asked>& all) {
    std::vector<std::string> texts;
    for (const LookedFor& question : looked_for(rows_of(all), kToday))
        texts.push_back(question.text);
    return texts;
}

TEST(LookedFor, IsPublicOnceThreeNetworksAskedOnOneDay) {
    EXPECT_THAT(public_texts({{.text = "luge", .none = 2}}), IsEmpty());
    EXPECT_THAT(public_texts({{.text = "luge", .none = 3}}), ElementsAre("luge"));
    // Two people every day stay two people.
    std::vector<Asked> always;
    always.reserve(30);
    for (int day = 0; day < 30; ++day)
        always.push_back({.text = "luge", .none = 1, .many = 1, .days_ago = day});
    EXPECT_THAT(public_texts(always), IsEmpty());
    EXPECT_THAT(public_texts({{.text = "luge", .none = 1, .days_ago = 9},
                              {.text = "luges", .many = 1, .days_ago = 9},
                              {.text = "luge", .none = 1, .days_ago = 9, .language = "en"}}),
                ElementsAre("luge"));
    // What is older than the period does not help, nor do the words that are not kept.
    EXPECT_THAT(
        public_texts({{.text = "luge", .none = 9, .days_ago = 30}, {.text = "", .none = 9}}),
        IsEmpty());
}

TEST(LookedFor, PutsSpellingsTogetherAndShowsTheCommonest) {
    const auto found = looked_for(rows_of({{.text = "luge en bois", .none = 3},
                                           {.text = "bois luge", .none = 2, .days_ago = 1},
                                           {.text = "luges en bois", .many = 1, .language = "en"},
                                           {.text = "luge en bois", .none = 7, .days_ago = 40}}),
                                  kToday);
    EXPECT_THAT(found,
                ElementsAre(LookedFor{
                    .text = "luge en bois", .asked = 6, .asked_before = 7, .found_none = 5}));
}

TEST(LookedFor, MostAskedFirst) {
    EXPECT_THAT(public_texts({{.text = "luge", .many = 5}, {.text = "thé", .many = 8}}),
                ElementsAre("thé", "luge"));
}

TEST(Trend, OfTwoPeriods) {
    EXPECT_EQ(trend_of(0, 5), Trend::appeared);
    EXPECT_EQ(trend_of(8, 10), Trend::rising);
    EXPECT_EQ(trend_of(8, 9), Trend::steady);
    EXPECT_EQ(trend_of(8, 7), Trend::steady);
    EXPECT_EQ(trend_of(8, 6), Trend::falling);
    EXPECT_EQ(trend_of(8, 0), Trend::falling);
}

class WantedTest : public testing::Test {
  protected:
    WantedTest() {
        search::Catalogue catalogue;
        catalogue.shops = {{.id = ShopId{1}, .position = town_.centre, .name = "Écume"}};
        catalogue.products = {{.id = ProductId{1}, .title = "Thé vert"},
                              {.id = ProductId{2}, .title = "Brosse électrique"},
                              {.id = ProductId{3}, .title = "Lune"}};
        for (const auto& product : catalogue.products)
            catalogue.offers.push_back(
                {.id = OfferId{product.id.value}, .product = product.id, .shop = ShopId{1}});
        index_ = search::Index::build(catalogue);
    }
    Findable findable() const {
        return {.index = *index_,
                .territory = town_,
                .choices = choices_,
                .shops_named = [](std::string_view text) { return text == "pharmacie" ? 8 : 0; }};
    }
    Wanted wanted(const std::vector<Asked>& all) const {
        return make_wanted(rows_of(all), kToday, findable());
    }

    const Territory town_ = make_town();
    Merchandising choices_;
    std::shared_ptr<const search::Index> index_;
};

TEST_F(WantedTest, ProductsHaveAllTheWords) {
    EXPECT_EQ(products_with(findable(), "thé"), 1);
    EXPECT_EQ(products_with(findable(), "trottinette électrique"), 0);  // a brush is none
    EXPECT_EQ(products_with(findable(), "luge"), 0);                    // nor is a moon a sledge
    EXPECT_EQ(products_with(findable(), "electirque"), 1);  // but this can only be one word
}

TEST_F(WantedTest, WhatNamesShopsIsNotMissing) {
    const Wanted found = wanted({{.text = "pharmacie", .none = 4}, {.text = "luge", .none = 3}});
    EXPECT_THAT(found.missing, ElementsAre(Field(&LookedFor::text, "luge")));
    EXPECT_EQ(found.most_asked[0].shops, 8);
}

TEST_F(WantedTest, ARecalledProductIsNotThere) {
    EXPECT_EQ(wanted({{.text = "thé", .none = 3}}).most_asked[0].products, 1);
    choices_ =
        Merchandising({{.id = ChoiceId{1}, .product = ProductId{1}, .action = ChoiceAction::hide}});
    EXPECT_EQ(wanted({{.text = "thé", .none = 3}}).missing[0].products, 0);
}

TEST_F(WantedTest, MissingIsWhatFoundNothingAndNobodyHasToday) {
    const Wanted found = wanted({{.text = "luge", .none = 6},
                                 {.text = "trottinette électrique", .none = 7},
                                 {.text = "thé vert", .none = 8},  // somebody has it by now
                                 {.text = "canoë", .none = 2, .many = 4},
                                 {.text = "secret", .none = 2}});
    const auto text = [](const char* wanted) { return Field(&LookedFor::text, wanted); };
    EXPECT_THAT(found.missing, ElementsAre(text("trottinette électrique"), text("luge")));
    EXPECT_THAT(found.most_asked, ElementsAre(text("thé vert"), text("trottinette électrique"),
                                              text("canoë"), text("luge")));
    EXPECT_EQ(found.most_asked[0].products, 1);
    EXPECT_EQ(found.asked, 29);
}

}  // namespace
}  // namespace emplettes::catalogue
