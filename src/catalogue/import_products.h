#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/id_source.h"
#include "base/result.h"
#include "catalogue/kind.h"
#include "catalogue/offer.h"
#include "catalogue/territory.h"
#include "store/database.h"

namespace emplettes::catalogue {

// A row that was not taken, or not wholly, and why.
struct ProductRowProblem {
    std::int64_t line = 0;
    std::string column;
    std::string value;
    std::string reason;
};

struct ProductImportReport {
    std::int64_t rows = 0;
    std::int64_t products_new = 0;
    std::int64_t products_changed = 0;
    std::int64_t products_unchanged = 0;
    std::int64_t offers_new = 0;
    std::int64_t offers_changed = 0;
    std::int64_t offers_unchanged = 0;
    std::int64_t rows_refused = 0;
    std::vector<ProductRowProblem> problems;  // the first kProblemsMax
    std::vector<std::string> columns_not_understood;
    bool was_windows_1252 = false;
};

inline constexpr std::size_t kProblemsMax = 100;
inline constexpr std::size_t kRowsPerTransaction = 500;
inline constexpr std::int64_t kPriceCentsMax = 10'000'000;
inline constexpr std::int64_t kStockMax = 1'000'000;

struct ProductImport {
    store::Database& database;
    const Territory& territory;
    const Trades& trades;
    IdSource& ids;
    Instant now;
    std::vector<ShopId> shops;    // whose shelf this is: one shop, or all of one trade
    std::string_view key_prefix;  // names products without GTIN: "shop/123", "kind/bookshop"
    StockSource stock_source = StockSource::import;
};

// Brings products, and offers where a row has both a price and a quantity. Columns are known by
// many names in French and English (gtin ean isbn, title titre nom, price prix, stock quantité,
// prix éditeur …); a row is never half read: what is wrong with it is reported and the row left
// out, but of a category that nobody knows only the category, and of a book whose price the law
// refuses only the offer. In batches of kRowsPerTransaction; repeating it changes nothing. Fails as
// a whole, before any row, when the file is no CSV or has no column of titles.
Result<ProductImportReport, CsvError> import_products(const ProductImport& import,
                                                      std::string_view csv);

}  // namespace emplettes::catalogue
