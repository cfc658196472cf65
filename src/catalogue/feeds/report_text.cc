#include "catalogue/feeds/report_text.h"

#include "base/decimals.h"
#include "base/text.h"

namespace emplettes::catalogue {
namespace {

std::string in_quotes(std::string_view text) {
    std::string line = "\"";
    for (const char c : text) line += c == '\n' ? std::string("\\n") : std::string(1, c);
    return line + "\"";
}

std::string day_text(LocalDay day) {
    const std::chrono::year_month_day date{day};
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

void add_field(std::string& line, std::string_view name, std::string_view value) {
    if (!value.empty()) line += " " + std::string(name) + "=" + std::string(value);
}

std::string text_of(const ShelfRow& row) {
    std::string line = "row " + std::to_string(row.line);
    if (row.is_deleted) line += " deleted";
    add_field(line, "gtin", row.gtin ? row.gtin->text() : "");
    add_field(line, "sku", row.sku.empty() ? "" : in_quotes(row.sku));
    add_field(line, "title", row.title.empty() ? "" : in_quotes(row.title));
    add_field(line, "maker", row.maker.empty() ? "" : in_quotes(row.maker));
    add_field(line, "category", row.category.empty() ? "" : in_quotes(row.category));
    add_field(line, "description", row.description.empty() ? "" : in_quotes(row.description));
    add_field(line, "language", row.language);
    if (row.condition != Condition::new_) add_field(line, "condition", to_string(row.condition));
    add_field(line, "price", row.price ? in_decimals(*row.price) : "");
    add_field(line, "quantity", row.quantity ? std::to_string(*row.quantity) : "");
    if (row.availability != Availability::unsaid)
        add_field(line, "availability", to_string(row.availability));
    add_field(line, "counted_at", row.counted_at ? std::to_string(to_unix(*row.counted_at)) : "");
    for (const std::string& picture : row.pictures) add_field(line, "picture", picture);
    for (const PublisherPrice& price : row.publisher_prices) {
        std::string text = in_decimals(price.price);
        if (price.from) text += " from " + day_text(*price.from);
        if (price.until) text += " until " + day_text(*price.until);
        add_field(line, "publisher_price", in_quotes(text));
    }
    return line + "\n";
}

std::string text_of(const RowProblem& problem) {
    return "problem " + std::to_string(problem.line) + " " + std::string(to_string(problem.fault)) +
           " column=" + in_quotes(problem.column) + " value=" + in_quotes(problem.value) +
           (problem.is_row_taken ? " taken" : " refused") + "\n";
}

std::string text_of(const FeedError& error) {
    return "failure " + std::string(to_string(error.fault)) +
           (error.line > 0 ? " line " + std::to_string(error.line) : "") +
           (error.detail.empty() ? "" : ": " + error.detail) + "\n";
}

std::string text_of(const SniffedFeed& sniffed) {
    std::string text = "format " + std::string(to_string(sniffed.format));
    if (!sniffed.columns.empty())
        text +=
            " delimiter=" + (sniffed.delimiter == '\t' ? "tab" : std::string(1, sniffed.delimiter));
    if (sniffed.is_windows_1252) text += " windows-1252";
    if (!sniffed.has_header) text += " without header";
    text += "\n";
    for (const auto& column : sniffed.columns)
        if (column.field != ShelfField::ignored)
            text += "column " + in_quotes(column.name) + " " +
                    std::string(to_string(column.field)) + "\n";
    return text;
}

}  // namespace

std::string report_text(const FeedReading& reading) {
    const auto sniffed = sniff_feed(reading.file);
    if (!sniffed) return text_of(sniffed.error());
    std::string text = text_of(*sniffed);
    const auto reader = open_feed(reading);
    if (!reader) return text + text_of(reader.error());
    std::vector<RowProblem> problems;
    while (true) {
        const auto row = (*reader)->next(problems);
        for (const RowProblem& problem : problems) text += text_of(problem);
        problems.clear();
        if (!row) break;
        text += text_of(*row);
    }
    if (const auto failure = (*reader)->failure()) text += text_of(*failure);
    return text;
}

}  // namespace emplettes::catalogue
