#include "catalogue/product_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<ProductRow, ProductRowProblem> read_row(std::string_view csv) {
    const CsvTable table = read_csv(csv).value();
    return ProductColumns::recognise(table.header).read(table, table.rows.at(0));
}

ProductRowProblem problem_of(std::string_view csv) {
    const auto row = read_row(csv);
    return row ? ProductRowProblem{.line = -1, .reason = "was taken"} : row.error();
}

TEST(ProductColumns, AreKnownByTheirNamesInFrenchAndEnglish) {
    for (const std::string header :
         {"isbn;title;author;category;description;language;condition;price;stock",
          "EAN;Titre;Auteur;Catégorie;Description;Langue;État;Prix TTC;Quantité",
          "Code-barres;Désignation;Marque;Rayon;description;langue;etat;Prix (EUR);Qté"}) {
        const auto row = read_row(
            header + "\n978-2-07-036002-4;L’Étranger;Camus;books.novels;Poche;fr;used;7,80;3");
        ASSERT_TRUE(row) << header;
        EXPECT_EQ(row->gtin->text(), "9782070360024") << header;
        EXPECT_EQ(row->title, "L’Étranger") << header;
        EXPECT_EQ(row->maker, "Camus") << header;
        EXPECT_EQ(row->category, "books.novels") << header;
        EXPECT_EQ(row->description, "Poche") << header;
        EXPECT_EQ(row->language, "fr") << header;
        EXPECT_EQ(row->condition, Condition::used) << header;
        EXPECT_EQ(row->price, Money{780}) << header;
        EXPECT_EQ(row->quantity, 3) << header;
    }
}

TEST(ProductColumns, WhatIsNotUnderstoodIsNamedAsInTheFile) {
    const auto columns = ProductColumns::recognise({"Titre", "Emplacement", "", "TVA 5,5 %"});
    EXPECT_THAT(columns.not_understood(), ElementsAre("Emplacement", "TVA 5,5 %"));
}

TEST(ProductColumns, TheFirstOfTwoColumnsCounts) {
    EXPECT_EQ(read_row("sku;titre;nom\n1;first;second\n")->title, "first");
}

TEST(ProductColumns, ATitleIsNeeded) {
    EXPECT_TRUE(ProductColumns::recognise({"libellé"}).usable());
    EXPECT_FALSE(ProductColumns::recognise({"ean", "prix", "quantité"}).usable());
}

TEST(ProductRow, MaySayNothingOfPriceAndQuantity) {
    const auto row = read_row("sku;title;price;stock\nt-1;Tea;;\n");
    ASSERT_TRUE(row);
    EXPECT_EQ(row->sku, "t-1");
    EXPECT_FALSE(row->gtin);
    EXPECT_FALSE(row->price);
    EXPECT_FALSE(row->quantity);
    EXPECT_EQ(row->condition, Condition::new_);
}

TEST(ProductRow, MayBeShorterThanTheHeader) {
    EXPECT_FALSE(read_row("sku;title;price\nt-1;Tea\n")->price);
}

TEST(ProductRow, AnIsbn10IsTheSameBook) {
    EXPECT_EQ(read_row("isbn;title\n2-07-036002-4;L’Étranger\n")->gtin->text(), "9782070360024");
}

TEST(ProductRow, AProblemNamesLineColumnAndValue) {
    const ProductRowProblem problem = problem_of("EAN;Titre\n9782070360025;L’Étranger\n");
    EXPECT_EQ(problem.line, 2);
    EXPECT_EQ(problem.column, "EAN");
    EXPECT_EQ(problem.value, "9782070360025");
    EXPECT_THAT(problem.reason, HasSubstr("check digit"));
}

TEST(ProductRow, NumbersThatNameNoProductAreRefused) {
    EXPECT_THAT(problem_of("ean;title\n978X;Tea\n").reason, HasSubstr("digits only"));
    EXPECT_THAT(problem_of("ean;title\n12345;Tea\n").reason, HasSubstr("13 or 14 digits"));
    EXPECT_THAT(problem_of("ean;title\n2000000000008;Tea\n").reason, HasSubstr("column sku"));
    EXPECT_THAT(problem_of("ean;sku;title\n;;Tea\n").reason, HasSubstr("an sku to know it by"));
}

TEST(ProductRow, NeedsATitleOfSomeLength) {
    EXPECT_EQ(problem_of("sku;title;price\n1;;5\n").column, "title");
    EXPECT_TRUE(read_row("sku;title\n1;" + std::string(300, 'x') + "\n"));
    EXPECT_THAT(problem_of("sku;title\n1;" + std::string(301, 'x') + "\n").reason,
                HasSubstr("300 characters"));
    EXPECT_EQ(problem_of("sku;title;description\n1;Tea;" + std::string(5001, 'x')).column,
              "description");
}

TEST(ProductRow, QuantitiesAreWholeAndNotBelowZero) {
    EXPECT_EQ(read_row("sku;title;stock\n1;Tea;0\n")->quantity, 0);
    EXPECT_EQ(read_row("sku;title;stock\n1;Tea;1000000\n")->quantity, 1'000'000);
    for (const std::string quantity : {"-1", "1,5", "2.0", "beaucoup", "1000001"})
        EXPECT_EQ(problem_of("sku;title;stock\n1;Tea;" + quantity).column, "stock") << quantity;
}

TEST(ProductRow, PricesHaveALimit) {
    EXPECT_EQ(read_row("sku;title;prix\n1;Tea;100000\n")->price, Money{10'000'000});
    for (const std::string price : {"100000,01", "-3", "gratuit"})
        EXPECT_EQ(problem_of("sku;title;prix\n1;Tea;" + price).column, "prix") << price;
}

TEST(ProductRow, ConditionsAreNewUsedOrRefurbished) {
    EXPECT_EQ(read_row("sku;title;condition\n1;Tea;Refurbished\n")->condition,
              Condition::refurbished);
    EXPECT_EQ(problem_of("sku;title;condition\n1;Tea;broken\n").column, "condition");
}

TEST(ProductRow, MoreCellsThanColumnsAreNotGuessedAt) {
    EXPECT_THAT(problem_of("sku;title;price\n1;Tea;green;5\n").reason,
                HasSubstr("more cells than the header"));
}

TEST(ParsePrice, ReadsWhatPeopleWrite) {
    const std::vector<std::pair<std::string_view, std::int64_t>> prices = {
        {"12,90", 1290},
        {"12.90", 1290},
        {"12", 1200},
        {"12,9", 1290},
        {"3.5", 350},
        {"12.90 €", 1290},
        {"€ 12.90", 1290},
        {"EUR 5", 500},
        {"0", 0},
        {"0,05", 5},
        {"1 234,50 €", 123450},
        {"1\u00A0234,50\u00A0€", 123450},
        {"1\u202F234", 123400},
    };
    for (const auto& [text, cents] : prices) EXPECT_EQ(parse_price(text), Money{cents}) << text;
}

TEST(ParsePrice, DoesNotGuess) {
    for (const std::string_view text : {"", "€", ",50", "-1", "12,905", "1.234,50", "1,234.50",
                                        "1.2.3", "12 $", "12e3", "nan", "9999999999"})
        EXPECT_FALSE(parse_price(text)) << text;
}

}  // namespace
}  // namespace emplettes::catalogue
