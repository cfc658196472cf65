#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "catalogue/feeds/table_layout.h"

namespace emplettes::catalogue {

// Shopify's product export. Source: shopifypartners/product-csvs (apparel.csv) for the columns up
// to 2024; help.shopify.com/manual/products/import-export/using-csv for the template since 2025
// ("URL handle", "SKU", "Inventory quantity"). Rows of one handle are one product: the first tells
// its title, maker, text and option names; every row with a price or an option is a variant, a
// thing of its own here; others only carry a picture. Drafts and what is not published are left
// out.
bool is_shopify(const std::vector<std::string>& header);
std::vector<ShelfField> shopify_fields(const std::vector<std::string>& header);

class ShopifyFeed final : public ShelfReader {
  public:
    ShopifyFeed(std::unique_ptr<FeedTable> table, TableLayout layout, const FeedReading& reading);

    std::optional<ShelfRow> next(std::vector<RowProblem>& problems) override;
    std::optional<FeedError> failure() const override { return table_->failure(); }
    std::int64_t bytes_read() const override { return table_->bytes_of_file(); }

  private:
    struct Columns {
        std::optional<std::size_t> handle;
        std::optional<std::size_t> status;
        std::optional<std::size_t> published;
        std::optional<std::size_t> tracker;
        std::optional<std::size_t> policy;
        std::optional<std::size_t> variant_image;
        std::vector<std::optional<std::size_t>> options;
    };

    bool take_product(std::vector<RowProblem>& problems);
    void make_rows(std::vector<RowProblem>& problems);
    void make_variant(const CsvRow& row, std::vector<RowProblem>& problems);
    bool is_variant(const CsvRow& row) const;
    bool is_on_sale(const CsvRow& first) const;

    std::unique_ptr<FeedTable> table_;
    TableLayout layout_;
    RowMaker maker_;
    Columns columns_;
    std::vector<CsvRow> product_;  // the rows of one handle
    CsvRow ahead_;                 // the first of the next one
    bool has_ahead_ = false;
    std::deque<ShelfRow> made_;
};

}  // namespace emplettes::catalogue
