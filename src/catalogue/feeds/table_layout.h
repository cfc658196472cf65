#pragma once
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/feeds/feed_table.h"
#include "catalogue/feeds/row_maker.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// Which column of a table holds what, as it seems and as the keeper says.
struct TableLayout {
    FeedFormat format = FeedFormat::table;
    std::vector<ShelfField> fields;  // by column

    bool has(ShelfField field) const;
};
TableLayout propose_layout(const FeedTable& table);
TableLayout lay_out(const FeedTable& table, const FeedMapping& mapping);

// The first column with one of these names (plain words).
std::optional<std::size_t> find_column(const std::vector<std::string>& header,
                                       std::initializer_list<std::string_view> names);
// The cell of that column; empty when there is none.
std::string_view cell_at(const CsvRow& row, std::optional<std::size_t> column);

// The row's cells by what they hold. `cells` is cleared first.
void gather(const FeedTable& table, const TableLayout& layout, const CsvRow& row, RowCells& cells);

// Lets `maker` see the prices of the table's beginning.
void learn_prices(const FeedTable& table, const TableLayout& layout, RowMaker& maker);

}  // namespace emplettes::catalogue
