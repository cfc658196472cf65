#include "catalogue/feeds/table_feed.h"

#include <algorithm>

namespace emplettes::catalogue {

TableFeed::TableFeed(std::unique_ptr<FeedTable> table, TableLayout layout,
                     const FeedReading& reading)
    : table_(std::move(table)), layout_(std::move(layout)), maker_(reading) {
    learn_prices(*table_, layout_, maker_);
}

std::optional<ShelfRow> TableFeed::next(std::vector<RowProblem>& problems) {
    while (table_->next(row_)) {
        if (report_broken_row(*table_, row_, problems)) continue;
        gather(*table_, layout_, row_, cells_);
        if (auto made = maker_.make(cells_, problems)) return made;
    }
    return std::nullopt;
}

bool report_broken_row(const FeedTable& table, const CsvRow& row,
                       std::vector<RowProblem>& problems) {
    const std::size_t columns = table.header().size();
    // Empty cells at the end are only a delimiter too many.
    const bool is_wide =
        row.cells.size() > columns &&
        std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(columns), row.cells.end(),
                    [](const std::string& cell) { return !cell.empty(); });
    if (!is_wide && !table.has_bad_bytes()) return false;
    problems.push_back(
        {.line = row.line,
         .column = {},
         .value = is_wide ? row.cells[columns] : std::string(),
         .fault = table.has_bad_bytes() ? RowFault::bad_bytes : RowFault::too_many_cells,
         .is_row_taken = false});
    return true;
}

}  // namespace emplettes::catalogue
