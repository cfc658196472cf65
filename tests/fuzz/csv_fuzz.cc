#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/csv.h"
#include "base/text.h"

// Whatever a till exports: a table in UTF-8 whose rows are in the order of their lines, the header
// first, or an error with its reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto table = read_csv(bytes);
    if (!table) {
        check(!table.error().reason.empty());
        return 0;
    }
    check(!table->header.empty());
    std::int64_t line = 1;
    for (const auto& row : table->rows) {
        check(row.line > line);
        line = row.line;
        check(!row.cells.empty() && row.cells.size() <= kCsvColumnsMax);
        for (const auto& cell : row.cells) check(is_valid_utf8(cell));
    }
    return 0;
}
