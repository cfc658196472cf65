#include <algorithm>
#include <array>

#include "base/check.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 5> kFormatWords{"table", "shopify", "woocommerce",
                                                       "google_xml", "onix"};
constexpr std::array<std::string_view, 20> kFieldWords{
    "ignored",     "gtin",         "sku",
    "title",       "maker",        "category",
    "description", "language",     "condition",
    "price",       "sale_price",   "publisher_price",
    "quantity",    "availability", "book_availability",
    "counted_at",  "sale_dates",   "currency",
    "picture",     "store_code"};
constexpr std::array<std::string_view, 8> kFeedFaultWords{
    "empty",         "not_readable", "no_usable_columns", "broken_xml",
    "forbidden_xml", "too_large",    "too_deep",          "broken_archive"};
constexpr std::array<std::string_view, 22> kRowFaultWords{
    "no_title",          "no_number",
    "too_long",          "not_a_gtin",
    "wrong_check_digit", "damaged_number",
    "not_a_price",       "no_decimals_known",
    "foreign_currency",  "not_a_quantity",
    "below_zero",        "not_a_condition",
    "not_a_moment",      "unknown_availability",
    "unknown_category",  "too_many_cells",
    "bad_bytes",         "unknown_parent",
    "repeated",          "price_too_low",
    "price_too_high",    "other_shop"};
constexpr std::array<std::string_view, 5> kAvailabilityWords{"unsaid", "in_stock", "on_order",
                                                             "out_of_stock", "discontinued"};

template <typename Enum, std::size_t size>
std::string_view word_of(const std::array<std::string_view, size>& words, Enum value) {
    const auto at = static_cast<std::size_t>(value);
    check(at < size);
    return words[at];
}

}  // namespace

std::string_view to_string(FeedFormat format) { return word_of(kFormatWords, format); }
std::string_view to_string(ShelfField field) { return word_of(kFieldWords, field); }
std::string_view to_string(FeedFault fault) { return word_of(kFeedFaultWords, fault); }
std::string_view to_string(RowFault fault) { return word_of(kRowFaultWords, fault); }
std::string_view to_string(Availability availability) {
    return word_of(kAvailabilityWords, availability);
}

std::optional<ShelfField> parse_shelf_field(std::string_view word) {
    const auto* const found = std::find(kFieldWords.begin(), kFieldWords.end(), word);
    if (word.empty() || found == kFieldWords.end()) return std::nullopt;
    return static_cast<ShelfField>(found - kFieldWords.begin());
}

}  // namespace emplettes::catalogue
