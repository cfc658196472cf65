#include "catalogue/kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/csv.h"

namespace emplettes::catalogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Pair;

CsvTable read_data(const std::string& name) {
    std::ifstream file(EMPLETTES_SOURCE_DIR "/src/catalogue/data/" + name);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return read_csv(bytes.str()).value();
}

class TradesTest : public testing::Test {
  protected:
    // The trade's key; "" when such a place does not sell.
    std::string kind_of(std::string_view key, std::string_view value) const {
        const Kind* kind = trades_.kind_of_tag(key, value);
        return kind ? kind->key : "";
    }

    const Trades trades_ = Trades::load();
};

TEST_F(TradesTest, EveryRowOfTheTableIsFoundByItsTag) {
    std::set<std::string> keys;
    const CsvTable table = read_data("kinds.csv");
    ASSERT_GT(table.rows.size(), 200U);
    for (const auto& row : table.rows) {
        const std::string& kind = row.cells.at(2);
        EXPECT_EQ(kind_of(row.cells[0], row.cells[1]), kind) << "line " << row.line;
        if (!kind.empty()) keys.insert(kind);
    }
    EXPECT_EQ(trades_.kinds().size(), keys.size());
}

TEST_F(TradesTest, ATradeIsCalledTheSameOnEveryRow) {
    for (const auto& row : read_data("kinds.csv").rows) {
        const Kind* kind = trades_.find_kind(row.cells.at(2));
        if (!kind) continue;
        EXPECT_EQ(kind->name("fr"), row.cells.at(3)) << "line " << row.line;
        EXPECT_EQ(kind->name("en"), row.cells.at(4)) << "line " << row.line;
        EXPECT_EQ(kind->is_maker, row.cells.at(7) == "1") << "line " << row.line;
        EXPECT_EQ(kind->schema_type, row.cells.at(8)) << "line " << row.line;
    }
}

TEST_F(TradesTest, EveryTradeHasItsNamesInBothLanguages) {
    for (const Kind& kind : trades_.kinds())
        for (const std::string language : {"fr", "en"}) {
            EXPECT_NE(kind.name(language), "") << kind.key;
            EXPECT_NE(kind.plural_name(language), "") << kind.key;
        }
}

TEST_F(TradesTest, KnowsABookshop) {
    const Kind* kind = trades_.kind_of_tag("shop", "books");
    ASSERT_NE(kind, nullptr);
    EXPECT_EQ(kind, trades_.find_kind("bookshop"));
    EXPECT_EQ(kind->name("fr"), "Librairie");
    EXPECT_EQ(kind->plural_name("en"), "Bookshops");
    EXPECT_EQ(kind->schema_type, "BookStore");
    EXPECT_FALSE(kind->is_maker);
    EXPECT_TRUE(trades_.find_kind("bakery")->is_maker);
}

TEST_F(TradesTest, AnUnheardOfValueIsAShopOrAWorkshop) {
    EXPECT_EQ(kind_of("shop", "unheard_of"), "shop");
    EXPECT_EQ(kind_of("craft", "unheard_of"), "workshop");
    EXPECT_EQ(trades_.find_kind("unheard_of"), nullptr);
}

TEST_F(TradesTest, WhatDoesNotSellIsNoTrade) {
    for (const std::string value : {"vacant", "closed", "betting"})
        EXPECT_EQ(trades_.kind_of_tag("shop", value), nullptr) << value;
    EXPECT_EQ(trades_.kind_of_tag("craft", "vacant"), nullptr);
}

TEST_F(TradesTest, TheReaderOfMapsIsToldEveryTag) {
    EXPECT_THAT(trades_.tags(), Contains(Pair("shop", "books")));
    EXPECT_THAT(trades_.tags(), Contains(Pair("amenity", "pharmacy")));
    EXPECT_THAT(trades_.tags(), Contains(Pair("shop", "*")));
}

TEST_F(TradesTest, EveryCategoryHasItsParentNamesAndTint) {
    ASSERT_EQ(trades_.categories().size(), read_data("categories.csv").rows.size());
    for (const Category& category : trades_.categories()) {
        EXPECT_EQ(trades_.find_category(category.key), &category) << category.key;
        const auto point = category.key.rfind('.');
        EXPECT_EQ(category.parent, point == std::string::npos ? "" : category.key.substr(0, point));
        EXPECT_EQ(trades_.find_category(category.parent) == nullptr, category.parent.empty())
            << category.key;
        EXPECT_NE(category.name("fr"), "") << category.key;
        EXPECT_NE(category.name("en"), "") << category.key;
        EXPECT_NE(category.tint, "") << category.key;
    }
}

TEST_F(TradesTest, SiblingsHaveDifferentNames) {
    std::set<std::string> seen;
    for (const Category& category : trades_.categories())
        for (const std::string language : {"fr", "en"})
            EXPECT_TRUE(
                seen.insert(category.parent + "/" + language + "/" + category.name(language))
                    .second)
                << category.key;
}

TEST_F(TradesTest, LanguagesAreTheTablesOwnColumns) {
    const Kind& bookshop = *trades_.find_kind("bookshop");
    EXPECT_THAT(bookshop.names, ElementsAre(Pair("fr", "Librairie"), Pair("en", "Bookshop")));
    EXPECT_THAT(bookshop.plural_names,
                ElementsAre(Pair("fr", "Librairies"), Pair("en", "Bookshops")));
    EXPECT_THAT(trades_.find_category("books")->names,
                ElementsAre(Pair("fr", "Livres"), Pair("en", "Books")));
}

TEST_F(TradesTest, ALanguageWithoutNamesFallsBackToTheFirstColumn) {
    EXPECT_EQ(trades_.find_category("books")->name("de"), "Livres");
    EXPECT_EQ(trades_.find_kind("bookshop")->name("de"), "Librairie");
    EXPECT_EQ(trades_.find_kind("bookshop")->plural_name("de"), "Librairies");
}

}  // namespace
}  // namespace emplettes::catalogue
