#pragma once
#include <optional>
#include <span>
#include <vector>

#include "catalogue/shelf/shelf_writer.h"

namespace emplettes::catalogue {

// Whether the prices of a file's rows may be asked, by the law of the book price.

// Whether the price of a row may be one that must not be asked.
bool is_bound_by_law(const ShelfTarget& target, const ShelfRow& row);

struct PricedRow {
    const ShelfRow& row;
    ProductId product;  // none: it is not known yet
};
// Why prices of rows may not be asked on this shelf, in their order; none: they may. What binds a
// row is the trade's word; else what the row itself says of its publisher's price; else what the
// shop's own files said before. So it is the same before and after the row's word is kept.
using PriceFaults = std::vector<std::optional<RowFault>>;
PriceFaults refuse_prices(store::Tx& tx, const ShelfTarget& target,
                          std::span<const PricedRow> rows);

}  // namespace emplettes::catalogue
