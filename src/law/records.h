#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"

namespace emplettes::law {

// One line of a table of dated records (rules/*.csv), read from first cell to last. Every read_*
// throws std::runtime_error with table, line and column when the cell is not what is asked for.
class Record {
  public:
    Record(std::string_view table, int line, const std::vector<std::string>& columns,
           std::vector<std::string> cells);

    std::string read_text();  // not empty
    LocalDay read_day();      // YYYY-MM-DD
    LocalDay read_day_or(LocalDay when_empty);

    // Throws about the cell read last.
    [[noreturn]] void refuse(std::string_view why) const;

  private:
    std::string_view table_;
    int line_;
    const std::vector<std::string>* columns_;
    std::vector<std::string> cells_;
    std::size_t next_ = 0;
};

// Comma separated, RFC 4180 quotes (a quoted cell stays on its line), `columns` as first line;
// empty lines and lines starting with # are skipped. `table` is named in errors. Throws
// std::runtime_error. The result refers to `table` and `columns`.
std::vector<Record> read_records(std::string_view table, std::string_view csv,
                                 const std::vector<std::string>& columns);

// The table of that name in rules/, built into the program. An unknown name is a bug.
std::string_view built_in_records(std::string_view table);

// Whether what is recorded for one territory (ISO 3166) holds for another: "FR" for "FR-57".
bool holds_for(std::string_view recorded, std::string_view territory);

}  // namespace emplettes::law
