#pragma once
#include <string>
#include <string_view>

#include "catalogue/shelf.h"

namespace emplettes::catalogue {

// A shelf as files that other programs read: a header line, then a line for each item. Pure: what
// they write is valid UTF-8 with every line ended.

// Our neutral feed, which any shop's program can write and read: "ean13;qty;price_ttc;condition;
// updated_at", with what is not known by a number beside it: "sku;title". What is kept for people
// stands in the shop and is counted.
std::string neutral_feed_header();
void append_neutral_feed(std::string& out, const ShelfItem& item);

// Everything that is known of an item, for a spreadsheet and for the shop's next platform.
std::string full_shelf_header();
void append_full_shelf(std::string& out, const ShelfItem& item);

// What Google's files say beside the item itself.
struct GoogleFeed {
    std::string store_code;    // of the shop
    std::string currency;      // "EUR"
    std::string product_page;  // address that the product's id is put after
    std::string picture;       // address of its picture; empty: none
};
// Product data, tab separated (support.google.com/merchants/answer/7052112).
std::string google_products_header();
void append_google_product(std::string& out, const ShelfItem& item, const GoogleFeed& feed);
// Local inventory, tab separated (support.google.com/merchants/answer/14819809).
std::string google_inventory_header();
void append_google_inventory(std::string& out, const ShelfItem& item, const GoogleFeed& feed);

// The id of an item in Google's files, the same in both: the product, and what is not new apart.
std::string google_id(const ShelfItem& item);

}  // namespace emplettes::catalogue
