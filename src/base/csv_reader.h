#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emplettes {

struct CsvError {
    std::int64_t line = 0;
    std::string reason;  // an English sentence for logs and the command line
};

inline constexpr std::size_t kCsvColumnsMax = 200;
inline constexpr std::size_t kCsvRowBytesMax = 4UL << 20;  // a quote that is never closed

struct CsvRow {
    std::int64_t line = 0;  // of the row's first character, from 1
    std::vector<std::string> cells;
};

struct CsvFormat {
    char delimiter = ',';
    // What programs for one machine write (RFC 4180 to the letter) or what people save: then a
    // quote within a cell is a quote.
    bool is_strict = true;
    std::size_t columns_max = kCsvColumnsMax;
};

// The delimiter (; , tab |) that cuts the first line which is not empty into most cells.
char sniff_csv_delimiter(std::string_view bytes);

// Reads rows one by one from bytes that come in pieces, in constant memory. Lines end as on any
// system (\n, \r\n, \r); spaces around cells are trimmed; rows without anything are skipped. Bytes
// of any encoding that has ASCII's delimiters. Not copyable; for one thread.
class CsvReader {
  public:
    // Writes the next bytes, at most `size`, to `to` and tells how many; 0 at the end.
    using Source = std::function<std::size_t(char* to, std::size_t size)>;

    CsvReader(Source source, const CsvFormat& format);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // The next row; the memory of `row` is used again. False at the end, and when failure() says
    // what is wrong with the rest.
    bool next(CsvRow& row);
    const std::optional<CsvError>& failure() const;
    std::int64_t bytes_read() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace emplettes
