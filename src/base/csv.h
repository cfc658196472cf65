#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv_reader.h"
#include "base/result.h"

namespace emplettes {

// A CSV file as people save it: RFC 4180 with any usual delimiter, UTF-8 or Windows-1252.
struct CsvTable {
    std::vector<std::string> header;
    using Row = CsvRow;  // line 1 is the header
    std::vector<Row> rows;
    char delimiter = ',';
    bool was_windows_1252 = false;  // bytes were not UTF-8 and were read as Windows-1252
};

inline constexpr std::size_t kCsvBytesMax = 256UL << 20;

// Reads a whole file. The delimiter (; , tab |) is the one that cuts the first line into most
// cells. Spaces around cells are trimmed; empty lines are skipped. Broken quotes, binary data, too
// many bytes or columns are an error with its line: nothing is guessed.
Result<CsvTable, CsvError> read_csv(std::string_view bytes);

// A cell as it is written between two of these delimiters: in quotes where it must be.
std::string csv_cell(std::string_view text, char delimiter);

}  // namespace emplettes
