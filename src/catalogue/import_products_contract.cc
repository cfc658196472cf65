#include "catalogue/import_products.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr ShopId kNeighbour{2};
constexpr std::string_view kShelf =
    "ean;sku;titre;auteur;rayon;prix;stock\n"
    "9782070360024;;L’Étranger;Camus;books.novels;7,80;3\n"
    ";the-vert;Thé vert;;drinks.tea;12,90 €;0\n";

struct Shelf {
    std::vector<ShopId> shops{kShop};
    std::string_view key_prefix = "shop/1";
};

class ImportProducts : public CatalogueContract {
  protected:
    ImportProducts() {
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(kNeighbour.value, "Neighbour"));
    }

    Result<ProductImportReport, CsvError> try_to_bring(std::string_view csv, const Shelf& shelf) {
        clock_.advance(1h);
        return import_products({.database = *db_,
                                .territory = here_,
                                .trades = trades(),
                                .ids = ids_,
                                .now = clock_.now(),
                                .shops = shelf.shops,
                                .key_prefix = shelf.key_prefix},
                               csv);
    }
    ProductImportReport bring(std::string_view csv, const Shelf& shelf = {}) {
        return try_to_bring(csv, shelf).value();
    }
    // From now on it holds.
    void enact_book_price_law() {
        here_.book_price_law =
            std::make_shared<law::BookPriceLaw>(*law::BookPriceLaw::built_in("FR"));
    }

    Territory here_ = town_;

    std::vector<std::string> titles() {
        std::vector<std::string> titles;
        for (const Product& product : products()) titles.push_back(product.title);
        return titles;
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, ImportProducts, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ImportProducts, KeepsWhatTheFileSays) {
    const auto report = bring(kShelf);
    EXPECT_EQ(report.rows, 2);
    EXPECT_EQ(report.products_new, 2);
    EXPECT_EQ(report.offers_new, 2);
    EXPECT_THAT(report.problems, IsEmpty());
    const Product book = products().at(0);
    EXPECT_EQ(book, (Product{.id = book.id,
                             .key = "gtin:9782070360024",
                             .gtin = Gtin{9782070360024},
                             .title = "L’Étranger",
                             .maker = "Camus",
                             .category = "books.novels",
                             .source = "import",
                             .updated_at = clock_.now()}));
    EXPECT_EQ(products().at(1).key, "shop/1/the-vert");
    const Offer offer = offers().at(0);
    EXPECT_EQ(offer, (Offer{.id = offer.id,
                            .shop = kShop,
                            .product = book.id,
                            .price = Money{780},
                            .stock = {.quantity = 3, .confirmed_at = clock_.now()}}));
}

TEST_P(ImportProducts, TheSameFileAgainChangesNothingButWhenTheStockWasConfirmed) {
    bring(kShelf);
    const auto products_before = products();
    auto offers_before = offers();
    const auto report = bring(kShelf);
    EXPECT_EQ(report.products_unchanged, 2);
    EXPECT_EQ(report.products_new + report.products_changed, 0);
    EXPECT_EQ(report.offers_unchanged, 2);
    EXPECT_EQ(report.offers_new + report.offers_changed, 0);
    EXPECT_EQ(products(), products_before);
    for (Offer& offer : offers_before) offer.stock.confirmed_at = clock_.now();
    EXPECT_EQ(offers(), offers_before);
}

TEST_P(ImportProducts, WhatChangedIsCountedAndKeepsItsId) {
    bring(kShelf);
    const auto before = products();
    const auto offers_before = offers();
    const auto report = bring(
        "ean;sku;titre;auteur;rayon;prix;stock\n"
        "9782070360024;;L’Étranger (poche);Camus;books.novels;7,80;2\n"
        ";the-vert;Thé vert;;drinks.tea;11,90;0\n"
        ";the-noir;Thé noir;;drinks.tea;11,90;4\n");
    EXPECT_EQ(report.products_new, 1);
    EXPECT_EQ(report.products_changed, 1);
    EXPECT_EQ(report.products_unchanged, 1);
    EXPECT_EQ(report.offers_new, 1);
    EXPECT_EQ(report.offers_changed, 2);
    EXPECT_EQ(products().at(0).id, before.at(0).id);
    EXPECT_EQ(products().at(0).title, "L’Étranger (poche)");
    EXPECT_EQ(offers().at(0).id, offers_before.at(0).id);
    EXPECT_EQ(offers().at(0).stock.quantity, 2);
    EXPECT_EQ(offers().at(1).price, Money{1190});
}

TEST_P(ImportProducts, ABookOutsideItsPriceBandIsNotOfferedAndTheReportCitesTheArticle) {
    constexpr std::string_view kBooks =
        "isbn;titre;prix;prix éditeur;stock;état\n"
        "9782070360024;L’Étranger;7,13;7,50;3;new\n"
        "9782070360024;L’Étranger;2,00;7,50;1;used\n"
        "9782070413119;Madame Bovary;7,12;7,50;2;new\n"
        "9782253004226;Germinal;7,60;7,50;2;new\n";
    enact_book_price_law();
    const auto report = bring(kBooks);
    EXPECT_EQ(report.rows_refused, 2);
    EXPECT_EQ(report.products_new, 3);
    EXPECT_EQ(report.offers_new, 2);
    ASSERT_THAT(report.problems, SizeIs(2));
    EXPECT_EQ(report.problems[0].line, 4);
    EXPECT_EQ(report.problems[0].column, "prix");
    EXPECT_THAT(report.problems[0].reason,
                HasSubstr("at least 7.13: loi 81-766 du 10 août 1981, article 1"));
    EXPECT_EQ(report.problems[1].line, 5);
    EXPECT_THAT(report.problems[1].reason, HasSubstr("at most 7.50"));
}

TEST_P(ImportProducts, BadRowsAreReportedAndTheOthersTaken) {
    const auto report = bring(
        "ean;titre;prix;stock;emplacement\n"
        "9782070360025;Mistyped;7,80;3;A\n"
        "9782070360024;L’Étranger;7,80;3;A\n"
        "3017620422003;No price;gratuit;3;B\n"
        "3017620422003;No number;1;beaucoup;B\n");
    EXPECT_EQ(report.rows, 4);
    EXPECT_EQ(report.rows_refused, 3);
    ASSERT_THAT(report.problems, SizeIs(3));
    EXPECT_EQ(report.problems[0].line, 2);
    EXPECT_EQ(report.problems[0].column, "ean");
    EXPECT_EQ(report.problems[0].value, "9782070360025");
    EXPECT_THAT(report.problems[0].reason, HasSubstr("check digit"));
    EXPECT_EQ(report.problems[1].line, 4);
    EXPECT_EQ(report.problems[1].column, "prix");
    EXPECT_EQ(report.problems[2].line, 5);
    EXPECT_EQ(report.problems[2].column, "stock");
    EXPECT_THAT(report.columns_not_understood, ElementsAre("emplacement"));
    EXPECT_THAT(titles(), ElementsAre("L’Étranger"));
    EXPECT_THAT(offers(), SizeIs(1));
}

TEST_P(ImportProducts, ACategoryNobodyKnowsIsLeftAway) {
    const auto report = bring("sku;titre;rayon;prix;stock\n1;Thé;Au fond à droite;3;1\n");
    EXPECT_EQ(report.rows_refused, 0);
    ASSERT_THAT(report.problems, SizeIs(1));
    EXPECT_EQ(report.problems[0].line, 2);
    EXPECT_EQ(report.problems[0].column, "rayon");
    EXPECT_EQ(report.problems[0].value, "Au fond à droite");
    EXPECT_EQ(products().at(0).category, "");
    EXPECT_THAT(offers(), SizeIs(1));
}

TEST_P(ImportProducts, WithoutPriceOrQuantityItIsAProductWithoutAnOffer) {
    bring("sku;titre;prix;stock\n1;Thé;;3\n2;Café;4;\n3;Lait;1;0\n");
    EXPECT_THAT(titles(), ElementsAre("Thé", "Café", "Lait"));
    ASSERT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(offers().at(0).stock.quantity, 0);
}

TEST_P(ImportProducts, AShelfMayBeThatOfManyShops) {
    const auto report =
        bring(kShelf, {.shops = {kShop, kNeighbour}, .key_prefix = "kind/bookshop"});
    EXPECT_EQ(report.products_new, 2);
    EXPECT_EQ(report.offers_new, 4);
    EXPECT_EQ(products().at(1).key, "kind/bookshop/the-vert");
}

TEST_P(ImportProducts, ANumberIsTheSameInAllShopsAReferenceIsNot) {
    bring(kShelf);
    const auto report = bring(kShelf, {.shops = {kNeighbour}, .key_prefix = "shop/2"});
    EXPECT_EQ(report.products_unchanged, 1);
    EXPECT_EQ(report.products_new, 1);
    EXPECT_EQ(report.offers_new, 2);
    EXPECT_THAT(titles(), ElementsAre("L’Étranger", "Thé vert", "Thé vert"));
}

TEST_P(ImportProducts, NewAndUsedAreTwoOffers) {
    bring(
        "ean;titre;etat;prix;stock\n"
        "9782070360024;L’Étranger;new;7,80;3\n"
        "9782070360024;L’Étranger;used;2,00;1\n");
    EXPECT_THAT(products(), SizeIs(1));
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_EQ(offers().at(1).condition, Condition::used);
}

TEST_P(ImportProducts, OfTheSameRowTwiceTheLastCounts) {
    const auto report = bring("sku;titre;prix;stock\n1;Thé;3;1\n1;Thé;3;5\n");
    EXPECT_EQ(report.products_new, 1);
    EXPECT_EQ(report.products_unchanged, 1);
    EXPECT_EQ(report.offers_changed, 1);
    EXPECT_EQ(offers().at(0).stock.quantity, 5);
}

TEST_P(ImportProducts, TellsTheStockOfEveryOffer) {
    bring(kShelf);
    const auto news = told(kStockTopic);
    ASSERT_THAT(news, SizeIs(2));
    EXPECT_EQ(news[0].subject_id, offers().at(0).id.value);
    EXPECT_EQ(parse_json(news[0].payload_json), (Json{{"stock", 3},
                                                      {"source", "import"},
                                                      {"confirmed_at", to_unix(clock_.now())},
                                                      {"price_cents", 780}}));
    const auto of_goods = told(kCatalogueTopic);
    ASSERT_THAT(of_goods, SizeIs(1));
    EXPECT_THAT(parse_json(of_goods[0].payload_json).at("products"), SizeIs(2));
    bring(kShelf);  // nothing new: stocks are confirmed, and that is all
    EXPECT_THAT(told(kStockTopic), SizeIs(4));
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(1));
}

TEST_P(ImportProducts, ManyRowsTakeManyTransactionsAndNoneIsLost) {
    constexpr std::size_t kRows = 2 * kRowsPerTransaction + 1;
    std::string csv = "sku;titre;prix;stock\n";
    for (std::size_t i = 0; i < kRows; ++i)
        csv +=
            std::to_string(i) + ";Thé n° " + std::to_string(i) + ";3;" + std::to_string(i) + "\n";
    EXPECT_EQ(bring(csv).offers_new, static_cast<std::int64_t>(kRows));
    EXPECT_THAT(products(), SizeIs(kRows));
    EXPECT_EQ(offers().back().stock.quantity, static_cast<std::int64_t>(kRows) - 1);
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(3));
}

TEST_P(ImportProducts, OnlyTheFirstProblemsAreListed) {
    std::string csv = "sku;titre\n1;Thé\n";
    for (std::size_t i = 0; i < kProblemsMax + 50; ++i) csv += "2;\n";
    const auto report = bring(csv);
    EXPECT_EQ(report.rows_refused, static_cast<std::int64_t>(kProblemsMax) + 50);
    EXPECT_THAT(report.problems, SizeIs(kProblemsMax));
    EXPECT_THAT(titles(), ElementsAre("Thé"));
}

TEST_P(ImportProducts, AFileThatCannotBeReadBringsNothing) {
    const auto error_of = [&](std::string_view csv) {
        const auto report = try_to_bring(csv, {});
        return report ? CsvError{.line = -1, .reason = "was taken"} : report.error();
    };
    EXPECT_EQ(error_of("sku;titre\n1;Thé\n2;\"Café\n").line, 3);
    EXPECT_THAT(error_of("ean;prix\n9782070360024;3\n").reason, HasSubstr("no column is called"));
    EXPECT_THAT(error_of("").reason, HasSubstr("empty"));
    EXPECT_THAT(products(), IsEmpty());
}

}  // namespace
}  // namespace emplettes::catalogue
