#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/import_view.h"
#include "site/import_words.h"

namespace emplettes::site {
namespace {

using catalogue::FeedFormat;
using catalogue::FeedMapping;
using catalogue::ShelfField;
using catalogue::ShelfImport;
using catalogue::SniffedFeed;

constexpr std::size_t kSamplesShown = 3;
constexpr std::size_t kCodeLengthMax = 100;

// In the order in which people think of them.
constexpr std::array kFieldsOffered{ShelfField::ignored,      ShelfField::gtin,
                                    ShelfField::sku,          ShelfField::title,
                                    ShelfField::maker,        ShelfField::category,
                                    ShelfField::price,        ShelfField::sale_price,
                                    ShelfField::sale_dates,   ShelfField::publisher_price,
                                    ShelfField::currency,     ShelfField::quantity,
                                    ShelfField::availability, ShelfField::book_availability,
                                    ShelfField::condition,    ShelfField::counted_at,
                                    ShelfField::description,  ShelfField::language,
                                    ShelfField::picture,      ShelfField::store_code};

std::string column_name(std::size_t number) { return "column_" + std::to_string(number); }

// As the keeper said it, else as it seems.
ShelfField field_now(const FeedMapping& mapping, const SniffedFeed::Column& column) {
    const auto said = mapping.find(column.name);
    return said == mapping.end() ? column.field : said->second;
}

bool has_field(const ShelfImport& import, const SniffedFeed& sniffed,
               std::initializer_list<ShelfField> fields) {
    return std::ranges::any_of(sniffed.columns, [&](const SniffedFeed::Column& column) {
        const ShelfField field = field_now(import.mapping, column);
        return std::ranges::find(fields, field) != fields.end();
    });
}

// What no column seems to hold, without which little or nothing comes on the shelf.
std::vector<std::string> missing_texts(const Say& say, const ShelfImport& import,
                                       const SniffedFeed& sniffed) {
    std::vector<std::string> texts;
    if (sniffed.columns.empty()) return texts;
    if (!has_field(import, sniffed, {ShelfField::gtin, ShelfField::sku}))
        texts.push_back(say.text("imports.missing_number"));
    if (!has_field(import, sniffed,
                   {ShelfField::price, ShelfField::sale_price, ShelfField::publisher_price}))
        texts.push_back(say.text("imports.missing_price"));
    if (!has_field(import, sniffed,
                   {ShelfField::quantity, ShelfField::availability, ShelfField::book_availability}))
        texts.push_back(say.text("imports.missing_quantity"));
    if (!sniffed.has_header) texts.push_back(say.text("imports.missing_header"));
    return texts;
}

web::View column_view(const Visit& visit, std::size_t number, const SniffedFeed::Column& column,
                      ShelfField chosen) {
    std::vector<web::View> options;
    for (const ShelfField field : kFieldsOffered) {
        web::View option;
        option.set("value", to_string(field));
        option.set("text", visit.say.text(field_key(field)));
        option.set("chosen", field == chosen);
        options.push_back(std::move(option));
    }
    std::vector<web::View> samples;
    for (const std::string& sample : column.samples)
        if (samples.size() < kSamplesShown) samples.emplace_back(sample);
    web::View view;
    view.set("id", column_name(number));
    view.set("column", column.name);
    view.set("has_samples", !samples.empty());
    view.set("samples", std::move(samples));
    view.set("options", std::move(options));
    return view;
}

bool has_store_codes(const ShelfImport& import, const SniffedFeed& sniffed) {
    return sniffed.format == FeedFormat::google_xml || !import.store_code.empty() ||
           has_field(import, sniffed, {ShelfField::store_code});
}

bool is_waiting_for_word(const ShelfImport& import) {
    return import.status == catalogue::ImportStatus::checked ||
           (import.status == catalogue::ImportStatus::failed && import.report.failure);
}

// Columns without a meaning stand apart: there may be many of them.
void set_columns(web::View& view, const Visit& visit, const ShelfImport& import,
                 const SniffedFeed& sniffed) {
    std::vector<web::View> read;
    std::vector<web::View> left;
    const std::size_t shown = std::min(sniffed.columns.size(), kMappingColumnsMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const ShelfField chosen = field_now(import.mapping, sniffed.columns[i]);
        (chosen == ShelfField::ignored ? left : read)
            .push_back(column_view(visit, i, sniffed.columns[i], chosen));
    }
    view.set("left_text", left.empty()
                              ? std::string()
                              : visit.say.plural("imports.columns_left", std::ssize(left)));
    view.set("has_read", !read.empty());
    view.set("read_columns", std::move(read));
    view.set("left_columns", std::move(left));
    view.set("cut_text", shown < sniffed.columns.size()
                             ? visit.say.plural("imports.columns_cut", std::ssize(sniffed.columns))
                             : std::string());
}

}  // namespace

void set_mapping(web::View& view, const Visit& visit, const ShelfImport& import,
                 const SniffedFeed& sniffed) {
    const auto missing = missing_texts(visit.say, import, sniffed);
    std::vector<web::View> missing_views;
    for (const std::string& text : missing) missing_views.emplace_back(text);
    const bool is_unsure = !missing.empty() || import.report.failure ||
                           import.report.doubt == catalogue::ImportDoubt::nothing_understood;
    web::View mapping;
    mapping.set("unsure", is_unsure);
    mapping.set("has_missing", !missing.empty());
    mapping.set("missing", std::move(missing_views));
    mapping.set("whole", import.is_whole_shelf);
    mapping.set("store_codes", has_store_codes(import, sniffed));
    mapping.set("store_code", import.store_code);
    mapping.set("has_columns", !sniffed.columns.empty());
    set_columns(mapping, visit, import, sniffed);
    if (is_waiting_for_word(import))
        view.set("mapping", std::move(mapping));
    else
        view.set("mapping", false);
}

std::optional<catalogue::ImportReading> read_mapping_form(const web::Fields& fields,
                                                          const ShelfImport& import,
                                                          const SniffedFeed& sniffed) {
    catalogue::ImportReading reading{.mapping = import.mapping,
                                     .store_code = import.store_code,
                                     .is_whole_shelf = import.is_whole_shelf};
    if (const auto shelf = fields.find("shelf")) {
        if (*shelf != "whole" && *shelf != "part") return std::nullopt;
        reading.is_whole_shelf = *shelf == "whole";
    }
    if (const auto code = fields.find("store_code"))
        reading.store_code = utf8_prefix(trim(*code), kCodeLengthMax);
    const std::size_t shown = std::min(sniffed.columns.size(), kMappingColumnsMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto word = fields.find(column_name(i));
        if (!word) continue;
        const auto field = catalogue::parse_shelf_field(*word);
        if (!field) return std::nullopt;
        reading.mapping[sniffed.columns[i].name] = *field;
    }
    return reading;
}

}  // namespace emplettes::site
