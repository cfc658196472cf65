#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/gtin.h"
#include "base/money.h"
#include "base/result.h"
#include "catalogue/import_products.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {

// One row of a product file, parsed; empty texts where the file says nothing.
struct ProductRow {
    std::size_t place = 0;  // in CsvTable::rows
    std::optional<Gtin> gtin;
    std::string sku;
    std::string title;
    std::string maker;
    std::string category;
    std::string description;
    std::string language;
    Condition condition = Condition::new_;
    std::optional<Money> price;
    std::optional<Money> publisher_price;
    std::optional<std::int64_t> quantity;
};

// Which column of a file holds what.
class ProductColumns {
  public:
    // By the names people and programs give them; see kAliases in the source.
    static ProductColumns recognise(const std::vector<std::string>& header);

    bool usable() const;  // has a column of titles
    const std::vector<std::string>& not_understood() const { return not_understood_; }

    // Parses one row; the problem names the column as the file does.
    Result<ProductRow, ProductRowProblem> read(const CsvTable& table,
                                               const CsvTable::Row& row) const;
    // What to say of a row whose category is none of ours.
    ProductRowProblem unknown_category(const CsvTable& table, const CsvTable::Row& row) const;
    // What to say of a row whose price the law does not allow.
    ProductRowProblem unlawful_price(const CsvTable& table, const CsvTable::Row& row,
                              std::string reason) const;

  private:
    enum class Field {
        gtin,
        sku,
        title,
        maker,
        category,
        description,
        language,
        condition,
        price,
        publisher_price,
        quantity
    };
    static constexpr std::size_t kFields = 11;
    struct Alias;
    static const std::vector<Alias>& aliases();

    const std::string& cell(Field field, const CsvTable::Row& row) const;
    ProductRowProblem problem(Field field, const CsvTable& table, const CsvTable::Row& row,
                              std::string reason) const;

    std::optional<std::size_t> column_of_[kFields];
    std::vector<std::string> not_understood_;
};

// "12,90", "12.90 €", "1 234,50": at most two decimals, not negative; none when it is no amount.
std::optional<Money> parse_price(std::string_view text);

}  // namespace emplettes::catalogue
