#pragma once
#include <string>
#include <vector>

#include "base/csv_reader.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// What the columns of a table hold: by their names first, then, where no name says it, by what
// stands in them: valid EANs are a gtin, amounts with decimals a price, small whole numbers a
// quantity, addresses of pictures pictures, long texts titles. Each field is proposed once, except
// pictures and categories. `header` is empty when the file has none.
std::vector<ShelfField> propose_fields(const std::vector<std::string>& header,
                                       const std::vector<CsvRow>& sample);

// Whether this row names columns rather than a thing.
bool looks_like_header(const std::vector<std::string>& cells);

}  // namespace emplettes::catalogue
