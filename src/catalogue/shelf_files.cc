#include "catalogue/shelf_files.h"

#include <date/date.h>

#include <algorithm>

#include "base/csv.h"
#include "base/decimals.h"
#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kGoogleTitleMax = 150;          // characters
constexpr std::size_t kGoogleDescriptionMax = 5'000;  // characters

std::string iso_moment(Instant at) { return date::format("%FT%TZ", at); }

std::string sku_of(const Product& product) {
    return product.gtin ? std::string() : product.key.substr(product.key.rfind('/') + 1);
}

// A cell of a file with tabs, which knows no quotes.
std::string tab_cell(std::string_view text) {
    std::string plain(text);
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; },
        ' ');
    return plain;
}

void append_line(std::string& out, std::initializer_list<std::string> cells, char delimiter) {
    bool is_first = true;
    for (const std::string& cell : cells) {
        if (!is_first) out += delimiter;
        out += delimiter == '\t' ? tab_cell(cell) : csv_cell(cell, delimiter);
        is_first = false;
    }
    out += '\n';
}

std::string gtin_of(const Product& product) {
    return product.gtin ? product.gtin->text() : std::string();
}

std::string google_price(const ShelfItem& item, const GoogleFeed& feed) {
    return in_decimals(item.offer.price) + " " + feed.currency;
}

std::string first_characters(std::string_view text, std::size_t most) {
    return std::string(utf8_prefix(text, most));
}

}  // namespace

std::string neutral_feed_header() { return "ean13;qty;price_ttc;condition;updated_at;sku;title\n"; }

void append_neutral_feed(std::string& out, const ShelfItem& item) {
    append_line(
        out,
        {gtin_of(item.product), std::to_string(item.counted()), in_decimals(item.offer.price),
         std::string(to_string(item.offer.condition)), iso_moment(item.offer.stock.confirmed_at),
         sku_of(item.product), item.product.title},
        ';');
}

std::string full_shelf_header() {
    return "gtin;sku;title;maker;category;description;language;condition;price_ttc;quantity;"
           "stock_source;updated_at\n";
}

void append_full_shelf(std::string& out, const ShelfItem& item) {
    const Product& product = item.product;
    append_line(out,
                {gtin_of(product), item.sku.empty() ? sku_of(product) : item.sku, product.title,
                 product.maker, product.category, product.description, product.language,
                 std::string(to_string(item.offer.condition)), in_decimals(item.offer.price),
                 std::to_string(item.counted()), std::string(to_string(item.offer.stock.source)),
                 iso_moment(item.offer.stock.confirmed_at)},
                ';');
}

std::string google_id(const ShelfItem& item) {
    const std::string id = std::to_string(item.product.id.value);
    return item.offer.condition == Condition::new_
               ? id
               : id + "-" + std::string(to_string(item.offer.condition));
}

std::string google_products_header() {
    return "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tbrand\tgtin\t"
           "identifier_exists\tcondition\tproduct_type\texternal_seller_id\n";
}

void append_google_product(std::string& out, const ShelfItem& item, const GoogleFeed& feed) {
    const Product& product = item.product;
    const bool has_number = product.gtin.has_value();
    append_line(
        out,
        {google_id(item), first_characters(product.title, kGoogleTitleMax),
         first_characters(product.description.empty() ? product.title : product.description,
                          kGoogleDescriptionMax),
         feed.product_page + std::to_string(product.id.value), feed.picture,
         item.offer.stock.quantity > 0 ? "in_stock" : "out_of_stock", google_price(item, feed),
         product.maker, gtin_of(product), has_number ? "yes" : "no",
         std::string(to_string(item.offer.condition)), product.category, feed.store_code},
        '\t');
}

std::string google_inventory_header() {
    return "store_code\tid\tavailability\tprice\tquantity\tpickup_method\tpickup_sla\n";
}

void append_google_inventory(std::string& out, const ShelfItem& item, const GoogleFeed& feed) {
    append_line(
        out,
        {feed.store_code, google_id(item),
         item.offer.stock.quantity > 0 ? "in_stock" : "out_of_stock", google_price(item, feed),
         std::to_string(item.offer.stock.quantity), "reserve", "same day"},
        '\t');
}

}  // namespace emplettes::catalogue
