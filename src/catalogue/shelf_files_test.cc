#include "catalogue/shelf_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/csv.h"
#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::StartsWith;

ShelfItem book() {
    ShelfItem item;
    item.product = make_product(21, "L’Étranger; suivi de \"Noces\"");
    item.product.gtin = Gtin{9782070360024};
    item.product.maker = "Albert Camus";
    item.offer = {.id = OfferId{1},
                  .shop = ShopId{1},
                  .product = ProductId{21},
                  .price = {705},
                  .stock = {.quantity = 3, .source = StockSource::till, .confirmed_at = kNoon}};
    item.kept = 2;
    return item;
}

constexpr std::string_view kPage = "https://emplettes.example/fr/products/";
const GoogleFeed kFeed{
    .store_code = "ecume", .currency = "EUR", .product_page = std::string(kPage)};

std::string line_of(void (*append)(std::string&, const ShelfItem&), const ShelfItem& item) {
    std::string out;
    append(out, item);
    return out;
}

TEST(ShelfFiles, TheNeutralFeedCountsWhatStandsInTheShop) {
    EXPECT_EQ(line_of(append_neutral_feed, book()),
              "9782070360024;5;7.05;new;2026-10-15T10:00:00Z;;"
              "\"L’Étranger; suivi de \"\"Noces\"\"\"\n");
}

TEST(ShelfFiles, WhatHasNoNumberIsKnownByTheShopsOwn) {
    ShelfItem item = book();
    item.product.gtin.reset();
    item.product.key = "shop/1/REF-9";
    item.offer.condition = Condition::used;
    EXPECT_THAT(line_of(append_neutral_feed, item),
                StartsWith(";5;7.05;used;2026-10-15T10:00:00Z;REF-9;"));
}

TEST(ShelfFiles, TheFullShelfIsReadBackAsItWas) {
    const auto table = read_csv(full_shelf_header() + line_of(append_full_shelf, book()));
    ASSERT_TRUE(table);
    EXPECT_THAT(
        table->rows.at(0).cells,
        ElementsAre("9782070360024", "", "L’Étranger; suivi de \"Noces\"", "Albert Camus",
                    "books.novels", "", "fr", "new", "7.05", "5", "till", "2026-10-15T10:00:00Z"));
}

TEST(ShelfFiles, GooglesFilesNameAnItemAlike) {
    ShelfItem item = book();
    item.product.title = "Deux\tlignes\net un tabulateur";
    std::string product;
    std::string inventory;
    append_google_product(product, item, kFeed);
    append_google_inventory(inventory, item, kFeed);
    EXPECT_EQ(product, "21\tDeux lignes et un tabulateur\tDeux lignes et un tabulateur\t" +
                           std::string(kPage) +
                           "21\t\tin_stock\t7.05 EUR\tAlbert Camus\t9782070360024\tyes\tnew\t"
                           "books.novels\tecume\n");
    EXPECT_EQ(inventory, "ecume\t21\tin_stock\t7.05 EUR\t3\treserve\tsame day\n");
}

TEST(ShelfFiles, OnlyWhatCanBePromisedIsInStockForGoogle) {
    ShelfItem item = book();
    item.offer.stock.quantity = 0;
    item.offer.condition = Condition::used;
    std::string inventory;
    append_google_inventory(inventory, item, kFeed);
    EXPECT_EQ(inventory, "ecume\t21-used\tout_of_stock\t7.05 EUR\t0\treserve\tsame day\n");
}

TEST(ShelfFiles, EveryLineHasTheCellsOfItsHeader) {
    const auto count = [](const std::string& line, char c) {
        return std::count(line.begin(), line.end(), c);
    };
    std::string product;
    std::string inventory;
    append_google_product(product, book(), kFeed);
    append_google_inventory(inventory, book(), kFeed);
    EXPECT_EQ(count(product, '\t'), count(google_products_header(), '\t'));
    EXPECT_EQ(count(inventory, '\t'), count(google_inventory_header(), '\t'));
    EXPECT_THAT(full_shelf_header(), EndsWith("\n"));
}

}  // namespace
}  // namespace emplettes::catalogue
