#include "catalogue/feeds/shelf_reader.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/feed_bytes.h"
#include "catalogue/feeds/feed_text.h"
#include "catalogue/feeds/google_xml_feed.h"
#include "catalogue/feeds/onix_feed.h"
#include "catalogue/feeds/shopify_feed.h"
#include "catalogue/feeds/table_feed.h"
#include "catalogue/feeds/table_layout.h"
#include "catalogue/feeds/woocommerce_feed.h"
#include "catalogue/feeds/xml_records.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kSamplesMax = 5;
constexpr std::size_t kSampleLengthMax = 100;  // code points
constexpr std::string_view kWithoutHeader = "without header: ";

std::vector<std::string> samples_of(const FeedTable& table, std::size_t column) {
    std::vector<std::string> samples;
    for (const CsvRow& row : table.sample()) {
        if (samples.size() == kSamplesMax) break;
        const std::string_view cell = cell_at(row, column);
        if (!cell.empty()) samples.emplace_back(utf8_prefix(cell, kSampleLengthMax));
    }
    return samples;
}

SniffedFeed describe(const FeedTable& table) {
    const TableLayout layout = propose_layout(table);
    SniffedFeed sniffed{.format = layout.format,
                        .delimiter = table.delimiter(),
                        .is_windows_1252 = table.is_windows_1252(),
                        .has_header = table.has_header()};
    for (std::size_t i = 0; i < table.header().size(); ++i) {
        sniffed.columns.push_back({.name = table.header()[i],
                                   .field = layout.fields[i],
                                   .samples = samples_of(table, i)});
        sniffed.header += (i == 0 ? "" : "|") + plain_word(table.header()[i]);
    }
    if (!table.has_header())
        sniffed.header = std::string(kWithoutHeader) + std::to_string(table.header().size());
    return sniffed;
}

bool is_markup(const FeedBytes& bytes) {
    const std::string text = peeked_text(bytes);
    return trim(text).starts_with('<');
}

// Which XML it is; also says why it is none that we read.
Result<FeedFormat, FeedError> format_of_markup(const FeedBytes& bytes) {
    const std::string text = peeked_text(bytes);
    const std::string_view begin = trim(text);
    if (starts_with_ignoring_case(begin, "<!doctype html") ||
        starts_with_ignoring_case(begin, "<html"))
        return FeedError{.fault = FeedFault::not_readable, .detail = "a page of the web, no feed"};
    const auto root = xml_root(bytes.peeked());
    if (!root) return root.error();
    if (root->name == "rss" || root->name == "feed") return FeedFormat::google_xml;
    if (equals_ignoring_case(root->name, "ONIXMessage")) {
        if (root->attribute("release").starts_with("3")) return FeedFormat::onix;
        return FeedError{.fault = FeedFault::not_readable, .detail = "ONIX 2: ask for ONIX 3.0"};
    }
    return FeedError{.fault = FeedFault::not_readable,
                     .detail = "XML that begins with <" + root->name + ">"};
}

}  // namespace

Result<SniffedFeed, FeedError> sniff_feed(const std::filesystem::path& file) {
    auto bytes = FeedBytes::open(file);
    if (!bytes) return bytes.error();
    if (is_markup(**bytes)) {
        const auto format = format_of_markup(**bytes);
        if (!format) return format.error();
        return SniffedFeed{.format = *format, .header = std::string(to_string(*format))};
    }
    const auto table = FeedTable::open(std::move(bytes).value());
    if (!table) return table.error();
    return describe(**table);
}

Result<std::unique_ptr<ShelfReader>, FeedError> open_feed(const FeedReading& reading) {
    auto bytes = FeedBytes::open(reading.file);
    if (!bytes) return bytes.error();
    if (is_markup(**bytes)) {
        const auto format = format_of_markup(**bytes);
        if (!format) return format.error();
        if (*format == FeedFormat::onix)
            return std::unique_ptr<ShelfReader>(
                std::make_unique<OnixFeed>(std::move(bytes).value(), reading));
        return std::unique_ptr<ShelfReader>(
            std::make_unique<GoogleXmlFeed>(std::move(bytes).value(), reading));
    }
    auto table = FeedTable::open(std::move(bytes).value());
    if (!table) return table.error();
    TableLayout layout = lay_out(**table, reading.mapping);
    if (!layout.has(ShelfField::gtin) && !layout.has(ShelfField::sku))
        return FeedError{.fault = FeedFault::no_usable_columns,
                         .detail = "no column of GTINs or of the shop's own numbers"};
    if (layout.format == FeedFormat::shopify)
        return std::unique_ptr<ShelfReader>(
            std::make_unique<ShopifyFeed>(std::move(table).value(), std::move(layout), reading));
    if (layout.format == FeedFormat::woocommerce) {
        auto again = FeedBytes::open(reading.file);
        if (!again) return again.error();
        const auto products = FeedTable::open(std::move(again).value());
        if (!products) return products.error();
        return std::unique_ptr<ShelfReader>(std::make_unique<WoocommerceFeed>(
            std::move(table).value(), **products, std::move(layout), reading));
    }
    return std::unique_ptr<ShelfReader>(
        std::make_unique<TableFeed>(std::move(table).value(), std::move(layout), reading));
}

}  // namespace emplettes::catalogue
