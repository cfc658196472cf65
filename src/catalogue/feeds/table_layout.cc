#include "catalogue/feeds/table_layout.h"

#include <algorithm>

#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/column_sense.h"
#include "catalogue/feeds/shopify_feed.h"
#include "catalogue/feeds/woocommerce_feed.h"

namespace emplettes::catalogue {

bool TableLayout::has(ShelfField field) const {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

TableLayout propose_layout(const FeedTable& table) {
    if (table.has_header() && is_shopify(table.header()))
        return {FeedFormat::shopify, shopify_fields(table.header())};
    if (table.has_header() && is_woocommerce(table.header()))
        return {FeedFormat::woocommerce, woocommerce_fields(table.header())};
    static const std::vector<std::string> kNoNames;
    auto fields = propose_fields(table.has_header() ? table.header() : kNoNames, table.sample());
    fields.resize(table.header().size(), ShelfField::ignored);
    return {FeedFormat::table, std::move(fields)};
}

TableLayout lay_out(const FeedTable& table, const FeedMapping& mapping) {
    TableLayout layout = propose_layout(table);
    for (std::size_t i = 0; i < table.header().size(); ++i)
        if (const auto said = mapping.find(table.header()[i]); said != mapping.end())
            layout.fields[i] = said->second;
    return layout;
}

std::optional<std::size_t> find_column(const std::vector<std::string>& header,
                                       std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < header.size(); ++i)
            if (plain_word(header[i]) == name) return i;
    return std::nullopt;
}

std::string_view cell_at(const CsvRow& row, std::optional<std::size_t> column) {
    return column && *column < row.cells.size() ? std::string_view(row.cells[*column])
                                                : std::string_view();
}

void gather(const FeedTable& table, const TableLayout& layout, const CsvRow& row, RowCells& cells) {
    cells.clear();
    cells.line = row.line;
    const std::size_t columns = std::min(layout.fields.size(), row.cells.size());
    for (std::size_t i = 0; i < columns; ++i)
        if (layout.fields[i] != ShelfField::ignored)
            cells.add(layout.fields[i], {table.header()[i], row.cells[i]});
}

void learn_prices(const FeedTable& table, const TableLayout& layout, RowMaker& maker) {
    for (std::size_t i = 0; i < layout.fields.size(); ++i) {
        const ShelfField field = layout.fields[i];
        const bool is_price = field == ShelfField::price || field == ShelfField::sale_price ||
                              field == ShelfField::publisher_price;
        if (!is_price) continue;
        for (const CsvRow& row : table.sample())
            if (i < row.cells.size()) maker.learn_price(field, row.cells[i]);
    }
    maker.end_learning();
}

}  // namespace emplettes::catalogue
