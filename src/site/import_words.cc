#include "site/import_words.h"

#include <array>

namespace emplettes::site {
namespace {

using catalogue::FeedFault;
using catalogue::FeedFormat;
using catalogue::ImportDoubt;
using catalogue::ImportStatus;
using catalogue::ImportStepError;
using catalogue::RowFault;
using catalogue::RowOutcome;
using catalogue::ShelfField;
using web::FetchError;

std::string_view format_key(FeedFormat format) {
    switch (format) {
        case FeedFormat::table: return "imports.format_table";
        case FeedFormat::shopify: return "imports.format_shopify";
        case FeedFormat::woocommerce: return "imports.format_woocommerce";
        case FeedFormat::google_xml: return "imports.format_google_xml";
        case FeedFormat::onix: return "imports.format_onix";
    }
    return {};
}

std::string_view delimiter_key(char delimiter) {
    switch (delimiter) {
        case ';': return "imports.delimiter_semicolon";
        case '\t': return "imports.delimiter_tab";
        case '|': return "imports.delimiter_bar";
        default: return "imports.delimiter_comma";
    }
}

}  // namespace

std::string_view fault_key(RowFault fault) {
    switch (fault) {
        case RowFault::no_title: return "imports.fault_no_title";
        case RowFault::no_number: return "imports.fault_no_number";
        case RowFault::too_long: return "imports.fault_too_long";
        case RowFault::not_a_gtin: return "imports.fault_not_a_gtin";
        case RowFault::wrong_check_digit: return "imports.fault_wrong_check_digit";
        case RowFault::damaged_number: return "imports.fault_damaged_number";
        case RowFault::not_a_price: return "imports.fault_not_a_price";
        case RowFault::no_decimals_known: return "imports.fault_no_decimals_known";
        case RowFault::foreign_currency: return "imports.fault_foreign_currency";
        case RowFault::not_a_quantity: return "imports.fault_not_a_quantity";
        case RowFault::below_zero: return "imports.fault_below_zero";
        case RowFault::not_a_condition: return "imports.fault_not_a_condition";
        case RowFault::not_a_moment: return "imports.fault_not_a_moment";
        case RowFault::unknown_availability: return "imports.fault_unknown_availability";
        case RowFault::unknown_category: return "imports.fault_unknown_category";
        case RowFault::too_many_cells: return "imports.fault_too_many_cells";
        case RowFault::bad_bytes: return "imports.fault_bad_bytes";
        case RowFault::unknown_parent: return "imports.fault_unknown_parent";
        case RowFault::repeated: return "imports.fault_repeated";
        case RowFault::price_too_low: return "imports.fault_price_too_low";
        case RowFault::price_too_high: return "imports.fault_price_too_high";
        case RowFault::other_shop: return "imports.fault_other_shop";
    }
    return {};
}

std::string_view fault_key(FeedFault fault) {
    switch (fault) {
        case FeedFault::empty: return "imports.file_empty";
        case FeedFault::not_readable: return "imports.file_not_readable";
        case FeedFault::no_usable_columns: return "imports.file_no_usable_columns";
        case FeedFault::broken_xml: return "imports.file_broken_xml";
        case FeedFault::forbidden_xml: return "imports.file_forbidden_xml";
        case FeedFault::too_large: return "imports.file_too_large";
        case FeedFault::too_deep: return "imports.file_too_deep";
        case FeedFault::broken_archive: return "imports.file_broken_archive";
    }
    return {};
}

std::string_view fault_key(FetchError error) {
    switch (error) {
        case FetchError::bad_url: return "imports.read_bad_url";
        case FetchError::private_address: return "imports.read_private_address";
        case FetchError::unknown_host: return "imports.read_unknown_host";
        case FetchError::unreachable: return "imports.read_unreachable";
        case FetchError::bad_certificate: return "imports.read_bad_certificate";
        case FetchError::redirected: return "imports.read_redirected";
        case FetchError::refused: return "imports.read_refused";
        case FetchError::gone: return "imports.read_gone";
        case FetchError::failed: return "imports.read_failed";
        case FetchError::too_long: return "imports.read_too_long";
        case FetchError::too_slow: return "imports.read_too_slow";
        case FetchError::stopped: return "imports.read_stopped";
        case FetchError::disk_full: return "imports.read_disk_full";
    }
    return {};
}

std::string_view error_key(AddressError error) {
    switch (error) {
        case AddressError::bad_address: return "imports.address_bad_address";
        case AddressError::too_long: return "imports.address_too_long";
        case AddressError::bad_interval: return "imports.address_bad_interval";
        case AddressError::known_already: return "imports.address_known_already";
        case AddressError::too_many: return "imports.address_too_many";
    }
    return {};
}

std::string_view error_key(ImportStepError error) {
    switch (error) {
        case ImportStepError::unknown_import: return "imports.step_unknown";
        case ImportStepError::not_now: return "imports.step_not_now";
        case ImportStepError::needs_confirmation: return "imports.step_needs_confirmation";
        case ImportStepError::changed_since: return "imports.step_changed_since";
    }
    return {};
}

std::string_view status_key(ImportStatus status) {
    switch (status) {
        case ImportStatus::checking: return "imports.status_checking";
        case ImportStatus::checked: return "imports.status_checked";
        case ImportStatus::running: return "imports.status_running";
        case ImportStatus::done: return "imports.status_done";
        case ImportStatus::undoing: return "imports.status_undoing";
        case ImportStatus::undone: return "imports.status_undone";
        case ImportStatus::failed: return "imports.status_failed";
        case ImportStatus::discarded: return "imports.status_discarded";
    }
    return {};
}

std::string_view field_key(ShelfField field) {
    switch (field) {
        case ShelfField::ignored: return "imports.field_ignored";
        case ShelfField::gtin: return "imports.field_gtin";
        case ShelfField::sku: return "imports.field_sku";
        case ShelfField::title: return "imports.field_title";
        case ShelfField::maker: return "imports.field_maker";
        case ShelfField::category: return "imports.field_category";
        case ShelfField::description: return "imports.field_description";
        case ShelfField::language: return "imports.field_language";
        case ShelfField::condition: return "imports.field_condition";
        case ShelfField::price: return "imports.field_price";
        case ShelfField::sale_price: return "imports.field_sale_price";
        case ShelfField::publisher_price: return "imports.field_publisher_price";
        case ShelfField::quantity: return "imports.field_quantity";
        case ShelfField::availability: return "imports.field_availability";
        case ShelfField::book_availability: return "imports.field_book_availability";
        case ShelfField::counted_at: return "imports.field_counted_at";
        case ShelfField::sale_dates: return "imports.field_sale_dates";
        case ShelfField::currency: return "imports.field_currency";
        case ShelfField::picture: return "imports.field_picture";
        case ShelfField::store_code: return "imports.field_store_code";
    }
    return {};
}

std::string_view outcome_key(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::new_: return "imports.count_new";
        case RowOutcome::changed: return "imports.count_changed";
        case RowOutcome::unchanged: return "imports.count_unchanged";
        case RowOutcome::gone: return "imports.count_gone";
        case RowOutcome::not_on_shelf: return "imports.count_not_on_shelf";
        case RowOutcome::repeated: return "imports.count_repeated";
        case RowOutcome::not_understood: return "imports.count_not_understood";
    }
    return {};
}

std::string_view doubt_key(ImportDoubt doubt) {
    switch (doubt) {
        case ImportDoubt::none: return {};
        case ImportDoubt::most_gone: return "imports.doubt_most_gone";
        case ImportDoubt::nothing_understood: return "imports.doubt_nothing_understood";
    }
    return {};
}

std::string_view reading_failure_key(std::string_view word) {
    for (auto i = std::uint8_t{0}; i <= static_cast<std::uint8_t>(FeedFault::broken_archive); ++i)
        if (to_string(static_cast<FeedFault>(i)) == word)
            return fault_key(static_cast<FeedFault>(i));
    for (auto i = 0; i <= static_cast<int>(FetchError::disk_full); ++i)
        if (web::fetch_error_name(static_cast<FetchError>(i)) == word)
            return fault_key(static_cast<FetchError>(i));
    return "imports.read_fault";
}

std::string_view picture_failure_key(std::string_view word) {
    if (word == "no_picture") return "imports.picture_none";
    if (word == "picture_too_large") return "imports.picture_too_large";
    if (word == "picture_busy") return "imports.picture_busy";
    if (word == "too_many_pictures") return "imports.picture_too_many";
    if (word == "picture_not_wanted") return "imports.picture_not_wanted";
    return reading_failure_key(word);
}

std::string format_text(const Say& say, const catalogue::SniffedFeed& sniffed, std::int64_t rows) {
    std::string text = say.text(format_key(sniffed.format));
    const auto add = [&](const std::string& more) { text += ", " + more; };
    if (!sniffed.columns.empty()) add(say.text(delimiter_key(sniffed.delimiter)));
    if (sniffed.is_windows_1252) add(say.text("imports.windows_1252"));
    if (!sniffed.has_header) add(say.text("imports.without_header"));
    if (rows > 0) add(say.plural("imports.rows", rows));
    return text;
}

std::string counts_text(const Say& say, const catalogue::ImportCounts& counts) {
    constexpr std::array kTold{RowOutcome::new_, RowOutcome::changed, RowOutcome::gone,
                               RowOutcome::unchanged, RowOutcome::not_on_shelf};
    std::string text;
    for (const RowOutcome outcome : kTold)
        if (counts[outcome] > 0)
            text += (text.empty() ? "" : ", ") + say.plural(outcome_key(outcome), counts[outcome]);
    return text.empty() ? say.text("imports.count_nothing") : text;
}

}  // namespace emplettes::site
