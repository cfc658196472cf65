#include "base/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <boost/locale/encoding.hpp>
#include <memory>

#include "base/text.h"

namespace emplettes {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<char, 4> kDelimiters{';', ',', '\t', '|'};

// How often `delimiter` cuts the line; between quotes it does not.
int count_cuts(std::string_view line, char delimiter) {
    int cuts = 0;
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') is_quoted = !is_quoted;
        if (c == delimiter && !is_quoted) ++cuts;
    }
    return cuts;
}

char sniff_delimiter(std::string_view bytes) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    const std::string_view first_line = bytes.substr(0, bytes.find_first_of("\r\n"));
    return *std::max_element(kDelimiters.begin(), kDelimiters.end(), [&](char a, char b) {
        return count_cuts(first_line, a) < count_cuts(first_line, b);
    });
}

// Behind the end of the line that begins at `at`, whichever system wrote it: \n, \r\n or \r.
std::size_t end_of_line(std::string_view text, std::size_t at) {
    const std::size_t end = text.find_first_of("\r\n", at);
    if (end == std::string_view::npos) return text.size();
    return text.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
}

// Collects what libcsv's callbacks give. Lines are counted by us: libcsv does not.
struct Collector {
    CsvTable table;
    CsvTable::Row row;
    std::int64_t line = 1;
    bool too_many_columns = false;
};

void take_cell(void* bytes, std::size_t length, void* data) {
    auto& collector = *static_cast<Collector*>(data);
    if (collector.row.cells.size() >= kCsvColumnsMax) {
        collector.too_many_columns = true;
        return;
    }
    collector.row.cells.emplace_back(
        trim(std::string_view(static_cast<const char*>(bytes), length)));
}

void take_row(int /*ended_by*/, void* data) {
    auto& collector = *static_cast<Collector*>(data);
    CsvTable::Row row = std::exchange(collector.row, {});
    const bool is_empty = std::all_of(row.cells.begin(), row.cells.end(),
                                      [](const std::string& cell) { return cell.empty(); });
    if (is_empty) return;
    if (collector.table.header.empty())
        collector.table.header = std::move(row.cells);
    else
        collector.table.rows.push_back(std::move(row));
}

using Parser = std::unique_ptr<csv_parser, decltype([](csv_parser* parser) {
                                   csv_free(parser);
                                   delete parser;
                               })>;

Parser make_parser(char delimiter) {
    Parser parser(new csv_parser);
    if (csv_init(parser.get(), CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(parser.get(), static_cast<unsigned char>(delimiter));
    return parser;
}

// Feeds line by line, so that every row and every error knows its line.
std::optional<CsvError> parse_lines(csv_parser& parser, std::string_view text,
                                    Collector& collector) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = end_of_line(text, at);
        // A row goes on over a line's end only within quotes.
        if (!parser.quoted) collector.row.line = collector.line;
        const std::size_t fed =
            csv_parse(&parser, text.data() + at, end - at, take_cell, take_row, &collector);
        if (fed != end - at)
            return CsvError{collector.line,
                            "a quote stands where it cannot: write \"\" for a "
                            "quote inside a quoted cell"};
        if (collector.too_many_columns)
            return CsvError{collector.line,
                            "more than " + std::to_string(kCsvColumnsMax) + " columns"};
        at = end;
        ++collector.line;
    }
    if (csv_fini(&parser, take_cell, take_row, &collector) != 0)
        return CsvError{collector.row.line, "a quoted cell is never closed"};
    return std::nullopt;
}

}  // namespace

Result<CsvTable, CsvError> read_csv(std::string_view bytes) {
    if (bytes.size() > kCsvBytesMax)
        return CsvError{0, "the file is larger than " + std::to_string(kCsvBytesMax >> 20) +
                               " MB: cut it in parts"};
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (bytes.find('\0') != std::string_view::npos)
        return CsvError{1,
                        "this is not a text file in UTF-8 or Windows-1252; save it again as "
                        "“CSV UTF-8”"};
    std::string converted;
    Collector collector;
    if (!is_valid_utf8(bytes)) {
        converted = boost::locale::conv::to_utf<char>(bytes.data(), bytes.data() + bytes.size(),
                                                      "windows-1252");
        bytes = converted;
        collector.table.was_windows_1252 = true;
    }
    collector.table.delimiter = sniff_delimiter(bytes);
    const Parser parser = make_parser(collector.table.delimiter);
    if (const auto error = parse_lines(*parser, bytes, collector)) return *error;
    if (collector.table.header.empty()) return CsvError{1, "the file is empty"};
    return std::move(collector.table);
}

}  // namespace emplettes
