#include "catalogue/feeds/shelf_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "catalogue/feeds/report_text.h"

namespace emplettes::catalogue {
namespace {

using testing::HasSubstr;
using testing::Not;

class ShelfReaderTest : public testing::Test {
  protected:
    ShelfReaderTest()
        : file_(std::filesystem::path(testing::TempDir()) /
                ("shelf_reader_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {}
    ~ShelfReaderTest() override { std::filesystem::remove(file_); }

    void write(std::string_view text) const { std::ofstream(file_, std::ios::binary) << text; }
    std::string report(FeedMapping mapping = {}) const {
        return report_text({.file = file_, .mapping = std::move(mapping)});
    }
    std::vector<ShelfField> proposal() const {
        std::vector<ShelfField> fields;
        const SniffedFeed sniffed = sniff_feed(file_).value();
        for (const auto& column : sniffed.columns) fields.push_back(column.field);
        return fields;
    }

    std::filesystem::path file_;
};

TEST_F(ShelfReaderTest, TheKeepersWordGoesBeforeWhatItSeems) {
    write("ean;prix;prix web;stock\n9782070360024;8,50;8,10;3\n");
    EXPECT_THAT(report(), HasSubstr("price=8.50"));
    EXPECT_THAT(report({{"prix", ShelfField::ignored}, {"prix web", ShelfField::price}}),
                HasSubstr("price=8.10"));
    EXPECT_THAT(report({{"ean", ShelfField::ignored}}), HasSubstr("no_usable_columns"));
    EXPECT_THAT(report({{"not there", ShelfField::gtin}}), HasSubstr("price=8.50"));
}

TEST_F(ShelfReaderTest, ColumnsWithoutANameCanBeMapped) {
    write("9782070360024;8,50;8,10;3\n9782070612758;7,90;7,50;1\n");
    EXPECT_THAT(report(), HasSubstr("price=8.50"));
    EXPECT_THAT(report({{"2", ShelfField::ignored}, {"3", ShelfField::price}}),
                HasSubstr("price=8.10"));
}

TEST_F(ShelfReaderTest, FilesOfTheSameMakeHaveTheSameHeader) {
    write("Code EAN;Désignation;P.V. TTC\n9782070360024;A;1,00\n");
    const auto first = sniff_feed(file_).value();
    write("code ean;designation;pv ttc\n9782070612758;B;2,00\n");
    EXPECT_EQ(sniff_feed(file_).value().header, first.header);
    write("code ean;designation;pv ttc;stock\n9782070612758;B;2,00;1\n");
    EXPECT_NE(sniff_feed(file_).value().header, first.header);
}

TEST_F(ShelfReaderTest, SamplesAreTheFirstThatSaySomething) {
    write("sku;note\nA1;\nA2;x\nA3;y\nA4;\nA5;z\n");
    EXPECT_THAT(sniff_feed(file_).value().columns.at(1).samples,
                testing::ElementsAre("x", "y", "z"));
}

TEST_F(ShelfReaderTest, WhatStandsInAColumnDecidesWhereItsNameDoesNot) {
    write(
        "a,b,c,d,e,f\n"
        "9782070360024,8.50,3,L'Étranger,neuf,12\n"
        "9782070612758,7.90,1,Le Petit Prince,occasion,14\n");
    using enum ShelfField;
    EXPECT_THAT(proposal(), testing::ElementsAre(gtin, price, quantity, title, condition, ignored));
}

TEST_F(ShelfReaderTest, AnAccentFarDownIsReadInItsEncoding) {
    std::string text = "sku;titre\n";
    for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ";plain\n";
    write(text + "X;\xC9t\xE9\n");
    EXPECT_THAT(report(), HasSubstr("title=\"Été\""));
    write(text + "X;Été\nY;\xC9t\xE9\n");
    EXPECT_THAT(report(), HasSubstr("problem 20003 bad_bytes"));
}

TEST_F(ShelfReaderTest, StocksThatNobodyNumbersAreReadFromTheListsOfPrestaShop) {
    write(
        "ID;Image;Nom;Référence;Catégorie;Prix HT;Prix TTC;Quantité;État;Position\n"
        "12;a.jpg;Bol;;Cuisine;10,00;12,00;3;1;4\n13;b.jpg;Tasse;;Cuisine;5,00;6,00;2;0;5\n");
    EXPECT_THAT(report(), HasSubstr("sku=\"12\" title=\"Bol\""));
    EXPECT_THAT(report(), HasSubstr("price=12.00 quantity=3"));
    EXPECT_THAT(report(), Not(HasSubstr("not_a_condition")));
}

TEST_F(ShelfReaderTest, APublicPriceAloneIsWhatAShelfAsks) {
    write("ean;prix public;stock\n9782070360024;8,50;3\n");
    EXPECT_THAT(report(), HasSubstr(" price=8.50"));
    write("ean;prix public;prix ttc;stock\n9782070360024;8,50;8,10;3\n");
    EXPECT_THAT(report(), HasSubstr(" price=8.10"));
    EXPECT_THAT(report(), HasSubstr("publisher_price=\"8.50\""));
}

TEST_F(ShelfReaderTest, ASaleHoldsOnItsDays) {
    write(
        "id\tprice\tsale_price\tsale_price_effective_date\nA\t20.00\t15.00\t2026-11-01/"
        "2026-11-30\n");
    const auto price_at = [&](Instant now) {
        const auto reader = open_feed({.file = file_, .now = now}).value();
        std::vector<RowProblem> problems;
        return reader->next(problems)->price->cents;
    };
    constexpr std::int64_t kFirst = 1'793'491'200;  // 2026-11-01 in UTC
    EXPECT_EQ(price_at(instant_from_unix(kFirst - 1)), 2000);
    EXPECT_EQ(price_at(instant_from_unix(kFirst)), 1500);
    EXPECT_EQ(price_at(instant_from_unix(kFirst + 30 * 86'400 - 1)), 1500);
    EXPECT_EQ(price_at(instant_from_unix(kFirst + 30 * 86'400)), 2000);
}

TEST_F(ShelfReaderTest, WordsOfFieldsAreReadAgain) {
    for (int i = 0; i < 20; ++i) {
        const auto field = static_cast<ShelfField>(i);
        EXPECT_EQ(parse_shelf_field(to_string(field)), field);
    }
    EXPECT_EQ(parse_shelf_field("colour"), std::nullopt);
}

// Whatever stands in the cells, a table that is well written gives every row or says why not.
RC_GTEST_PROP(ShelfReader, NoRowIsLost, ()) {
    const auto cell = rc::gen::element<std::string>("", "9782070360024", "A1", "8,50", "8.50", "é",
                                                    "\"x;y\"", "-3", "1,234", "neuf", "$5");
    const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(4, cell));
    std::string text = "ean;sku;prix;stock\n";
    std::size_t written = 0;
    for (const auto& cells : rows) {
        std::string line;
        bool is_blank = true;
        for (const auto& one : cells) {
            line += (line.empty() && &one == &cells.front() ? "" : ";") + one;
            is_blank = is_blank && one.empty();
        }
        text += line + "\n";
        written += is_blank ? 0 : 1;
    }
    const auto file = std::filesystem::path(testing::TempDir()) / "shelf_reader_no_row_is_lost";
    std::ofstream(file, std::ios::binary) << text;
    const auto reader = open_feed({.file = file}).value();
    std::vector<RowProblem> problems;
    std::size_t read = 0;
    while (reader->next(problems)) ++read;
    std::set<std::int64_t> refused;
    for (const auto& problem : problems)
        if (!problem.is_row_taken) refused.insert(problem.line);
    std::filesystem::remove(file);
    RC_ASSERT(!reader->failure());
    RC_ASSERT(read + refused.size() == written);
}

}  // namespace
}  // namespace emplettes::catalogue
