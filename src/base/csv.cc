#include "base/csv.h"

#include <boost/locale/encoding.hpp>

#include "base/text.h"

namespace emplettes {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
    CsvTable table;
    std::string converted;
    if (!is_valid_utf8(bytes)) {
        converted = boost::locale::conv::to_utf<char>(bytes.data(), bytes.data() + bytes.size(),
                                                      "windows-1252");
        bytes = converted;
        table.was_windows_1252 = true;
    }
    table.delimiter = sniff_csv_delimiter(bytes);
    const auto source = [rest = bytes](char* to, std::size_t size) mutable {
        const std::size_t count = rest.copy(to, size);
        rest.remove_prefix(count);
        return count;
    };
    CsvReader reader(source, {.delimiter = table.delimiter});
    for (CsvRow row; reader.next(row);) {
        if (table.header.empty())
            table.header = row.cells;
        else
            table.rows.push_back(row);
    }
    if (reader.failure()) return *reader.failure();
    if (table.header.empty()) return CsvError{1, "the file is empty"};
    return table;
}

std::string csv_cell(std::string_view text, char delimiter) {
    const bool is_plain = text.find_first_of("\"\r\n") == std::string_view::npos &&
                          text.find(delimiter) == std::string_view::npos;
    if (is_plain) return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + "\"";
}

}  // namespace emplettes
