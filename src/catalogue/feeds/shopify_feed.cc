#include "catalogue/feeds/shopify_feed.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/table_feed.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kRowsOfProductMax = 4000;  // Shopify allows 2048 variants and 250 pictures
constexpr std::string_view kOnlyVariant = "Default Title";

struct ShopifyColumn {
    std::string_view name;
    ShelfField field;
};
constexpr std::array<ShopifyColumn, 22> kShopifyColumns{
    {{"title", ShelfField::title},
     {"bodyhtml", ShelfField::description},
     {"body", ShelfField::description},
     {"description", ShelfField::description},
     {"vendor", ShelfField::maker},
     {"type", ShelfField::category},
     {"customproducttype", ShelfField::category},
     {"productcategory", ShelfField::category},
     {"standardizedproducttype", ShelfField::category},
     {"variantsku", ShelfField::sku},
     {"sku", ShelfField::sku},
     {"variantbarcode", ShelfField::gtin},
     {"barcode", ShelfField::gtin},
     {"variantprice", ShelfField::price},
     {"price", ShelfField::price},
     {"variantinventoryqty", ShelfField::quantity},
     {"inventoryquantity", ShelfField::quantity},
     {"inventoryqty", ShelfField::quantity},
     {"imagesrc", ShelfField::picture},
     {"productimageurl", ShelfField::picture},
     {"googleshoppingcondition", ShelfField::condition},
     {"variantcondition", ShelfField::condition}}};

bool is_yes(std::string_view text) {
    return text.empty() || equals_ignoring_case(text, "true") || text == "1" ||
           equals_ignoring_case(text, "yes") || equals_ignoring_case(text, "active");
}

}  // namespace

bool is_shopify(const std::vector<std::string>& header) {
    return find_column(header, {"handle", "urlhandle"}) && find_column(header, {"title"}) &&
           find_column(header, {"option1name", "option1value", "variantprice", "variantsku"}) &&
           !find_column(header, {"productid", "productstatus"});  // Medusa's names are alike
}

std::vector<ShelfField> shopify_fields(const std::vector<std::string>& header) {
    std::vector<ShelfField> fields(header.size(), ShelfField::ignored);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name = plain_word(header[i]);
        for (const auto& column : kShopifyColumns)
            if (column.name == name) fields[i] = column.field;
    }
    return fields;
}

ShopifyFeed::ShopifyFeed(std::unique_ptr<FeedTable> table, TableLayout layout,
                         const FeedReading& reading)
    : table_(std::move(table)), layout_(std::move(layout)), maker_(reading) {
    const auto& header = table_->header();
    columns_.handle = find_column(header, {"handle", "urlhandle"});
    columns_.status = find_column(header, {"status"});
    columns_.published = find_column(header, {"published", "publishedononlinestore"});
    columns_.tracker = find_column(header, {"variantinventorytracker", "inventorytracker"});
    columns_.policy =
        find_column(header, {"variantinventorypolicy", "continuesellingwhenoutofstock"});
    columns_.variant_image = find_column(header, {"variantimage", "variantimageurl"});
    columns_.options = {find_column(header, {"option1value"}),
                        find_column(header, {"option2value"}),
                        find_column(header, {"option3value"})};
    learn_prices(*table_, layout_, maker_);
}

// Gathers the rows of the next handle.
bool ShopifyFeed::take_product(std::vector<RowProblem>& problems) {
    product_.clear();
    if (has_ahead_) product_.push_back(std::move(ahead_));
    has_ahead_ = false;
    while (table_->next(ahead_)) {
        if (report_broken_row(*table_, ahead_, problems)) continue;
        const bool is_same =
            product_.empty() || cell_at(ahead_, columns_.handle).empty() ||
            cell_at(ahead_, columns_.handle) == cell_at(product_.front(), columns_.handle);
        if (!is_same || product_.size() >= kRowsOfProductMax) {
            has_ahead_ = true;
            return true;
        }
        product_.push_back(ahead_);
    }
    return !product_.empty();
}

bool ShopifyFeed::is_variant(const CsvRow& row) const {
    for (std::size_t i = 0; i < std::min(layout_.fields.size(), row.cells.size()); ++i) {
        const ShelfField field = layout_.fields[i];
        const bool tells = field == ShelfField::price || field == ShelfField::sku;
        if (tells && !row.cells[i].empty()) return true;
    }
    return !cell_at(row, columns_.options[0]).empty();
}

bool ShopifyFeed::is_on_sale(const CsvRow& first) const {
    return is_yes(cell_at(first, columns_.status)) && is_yes(cell_at(first, columns_.published));
}

void ShopifyFeed::make_variant(const CsvRow& row, std::vector<RowProblem>& problems) {
    const CsvRow& first = product_.front();
    RowCells cells;
    gather(*table_, layout_, row, cells);
    RowCells of_product;
    gather(*table_, layout_, first, of_product);
    for (const ShelfField field : {ShelfField::title, ShelfField::description, ShelfField::maker,
                                   ShelfField::category, ShelfField::condition})
        if (cells[field].value.empty()) cells.add(field, of_product[field]);
    cells.other_categories = of_product.other_categories;
    std::string title(cells[ShelfField::title].value);
    std::string options;
    for (const auto& column : columns_.options) {
        const std::string_view option = cell_at(row, column);
        if (option.empty() || option == kOnlyVariant) continue;
        options += (options.empty() ? "" : " / ") + std::string(option);
    }
    if (!options.empty()) title += " – " + options;
    cells.cells[static_cast<std::size_t>(ShelfField::title)].value = title;

    cells.pictures.clear();
    cells.add(ShelfField::picture, {"", cell_at(row, columns_.variant_image)});
    for (const CsvRow& other : product_)
        for (std::size_t i = 0; i < std::min(layout_.fields.size(), other.cells.size()); ++i)
            if (layout_.fields[i] == ShelfField::picture)
                cells.add(ShelfField::picture, {"", other.cells[i]});

    auto made = maker_.make(cells, problems);
    if (!made) return;
    // Without a tracker nobody counts: what stands in the column is not a count.
    const bool is_counted = !columns_.tracker || !cell_at(row, columns_.tracker).empty();
    if (!is_counted) {
        made->quantity.reset();
        made->availability = Availability::in_stock;
    }
    const std::string_view policy = cell_at(row, columns_.policy);
    const bool may_continue =
        equals_ignoring_case(policy, "continue") || equals_ignoring_case(policy, "true");
    if (may_continue && made->quantity == 0) made->availability = Availability::on_order;
    made_.push_back(std::move(*made));
}

void ShopifyFeed::make_rows(std::vector<RowProblem>& problems) {
    if (!is_on_sale(product_.front())) return;
    for (const CsvRow& row : product_)
        if (is_variant(row)) make_variant(row, problems);
}

std::optional<ShelfRow> ShopifyFeed::next(std::vector<RowProblem>& problems) {
    while (made_.empty() && take_product(problems)) make_rows(problems);
    if (made_.empty()) return std::nullopt;
    ShelfRow row = std::move(made_.front());
    made_.pop_front();
    return row;
}

}  // namespace emplettes::catalogue
