#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalogue/feeds/table_layout.h"

namespace emplettes::catalogue {

// WooCommerce's product export. Source: woocommerce/woocommerce,
// includes/export/class-wc-product-csv-exporter.php for the columns; its headers are translated,
// and those of French shops ("UGS", "Publié", "Tarif régulier") and of Canadian ones ("En
// inventaire ?") are known by name. A `variation` points to its product by "id:12" or by SKU, and
// takes from it what it does not say itself; a product of variations is nothing to hold in hand.
// Left out: drafts, private and hidden products, downloads, groups and what is sold elsewhere.
bool is_woocommerce(const std::vector<std::string>& header);
std::vector<ShelfField> woocommerce_fields(const std::vector<std::string>& header);

class WoocommerceFeed final : public ShelfReader {
  public:
    // `products` is the same table once more: a variation may stand before its product.
    WoocommerceFeed(std::unique_ptr<FeedTable> table, FeedTable& products, TableLayout layout,
                    const FeedReading& reading);

    std::optional<ShelfRow> next(std::vector<RowProblem>& problems) override;
    std::optional<FeedError> failure() const override { return table_->failure(); }
    std::int64_t bytes_read() const override { return table_->bytes_of_file(); }

  private:
    struct Columns {
        std::optional<std::size_t> id;
        std::optional<std::size_t> type;
        std::optional<std::size_t> published;
        std::optional<std::size_t> visibility;
        std::optional<std::size_t> parent;
        std::optional<std::size_t> sale_from;
        std::optional<std::size_t> sale_until;
        std::optional<std::size_t> backorders;
        std::vector<std::size_t> attribute_values;
    };
    struct Parent {
        std::string title;
        std::string category;
        std::string maker;
        std::string pictures;
        bool is_shown = true;
    };

    void find_columns();
    void take_parents(FeedTable& products);
    const Parent* parent_of(const CsvRow& row) const;
    bool is_shown(const CsvRow& row) const;
    std::optional<ShelfRow> make(const CsvRow& row, const Parent* parent,
                                 std::vector<RowProblem>& problems);
    std::string title_of(const CsvRow& row, std::string_view own, const Parent* parent) const;

    std::unique_ptr<FeedTable> table_;
    TableLayout layout_;
    RowMaker maker_;
    Columns columns_;
    std::unordered_map<std::string, Parent> parents_;  // by "id:12" and by SKU
    CsvRow row_;
};

}  // namespace emplettes::catalogue
