#include "catalogue/feeds/woocommerce_feed.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/table_feed.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kParentsMax = 400'000;  // names of products; two for each
constexpr std::size_t kParentTextMax = 1000;

struct WoocommerceColumn {
    std::string_view name;
    ShelfField field;
};
constexpr std::array<WoocommerceColumn, 38> kWoocommerceColumns{
    {{"sku", ShelfField::sku},
     {"ugs", ShelfField::sku},
     {"gtinupceanorisbn", ShelfField::gtin},
     {"gtinupceanouisbn", ShelfField::gtin},
     {"codegtinupceanouisbn", ShelfField::gtin},
     {"metaeannumber", ShelfField::gtin},
     {"metawpmgtincode", ShelfField::gtin},
     {"metaalgean", ShelfField::gtin},
     {"metaean", ShelfField::gtin},
     {"metagtin", ShelfField::gtin},
     {"metabarcode", ShelfField::gtin},
     {"metaglobaluniqueid", ShelfField::gtin},
     {"ean", ShelfField::gtin},
     {"gtin", ShelfField::gtin},
     {"isbn", ShelfField::gtin},
     {"name", ShelfField::title},
     {"nom", ShelfField::title},
     {"description", ShelfField::description},
     {"shortdescription", ShelfField::description},
     {"descriptioncourte", ShelfField::description},
     {"instock", ShelfField::availability},
     {"enstock", ShelfField::availability},
     {"eninventaire", ShelfField::availability},
     {"stock", ShelfField::quantity},
     {"inventaire", ShelfField::quantity},
     {"saleprice", ShelfField::sale_price},
     {"tarifpromo", ShelfField::sale_price},
     {"prixpromo", ShelfField::sale_price},
     {"prixdevente", ShelfField::sale_price},
     {"regularprice", ShelfField::price},
     {"tarifregulier", ShelfField::price},
     {"prixregulier", ShelfField::price},
     {"prixdebase", ShelfField::price},
     {"categories", ShelfField::category},
     {"images", ShelfField::picture},
     {"brands", ShelfField::maker},
     {"brand", ShelfField::maker},
     {"marques", ShelfField::maker}}};

constexpr std::array<std::string_view, 5> kNothingToHold{"variable", "grouped", "external",
                                                         "downloadable", "virtual"};

bool has_word(std::string_view types, std::string_view word) {
    for (const auto type : split(types, ','))
        if (equals_ignoring_case(trim(type), word)) return true;
    return false;
}

}  // namespace

bool is_woocommerce(const std::vector<std::string>& header) {
    return find_column(header, {"type"}) && find_column(header, {"sku", "ugs"}) &&
           find_column(header, {"name", "nom"}) &&
           find_column(header, {"regularprice", "tarifregulier", "prixregulier", "prixdebase"}) &&
           find_column(header, {"published", "publie", "parent", "visibilityincatalog",
                                "visibilitedanslecatalogue"});
}

std::vector<ShelfField> woocommerce_fields(const std::vector<std::string>& header) {
    std::vector<ShelfField> fields(header.size(), ShelfField::ignored);
    // The long description goes before the short one, whatever their order.
    const auto has_long = find_column(header, {"description"});
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name = plain_word(header[i]);
        for (const auto& column : kWoocommerceColumns)
            if (column.name == name) fields[i] = column.field;
        const bool is_short = fields[i] == ShelfField::description && name != "description";
        if (is_short && has_long) fields[i] = ShelfField::ignored;
    }
    return fields;
}

WoocommerceFeed::WoocommerceFeed(std::unique_ptr<FeedTable> table, FeedTable& products,
                                 TableLayout layout, const FeedReading& reading)
    : table_(std::move(table)), layout_(std::move(layout)), maker_(reading) {
    find_columns();
    learn_prices(*table_, layout_, maker_);
    take_parents(products);
}

void WoocommerceFeed::find_columns() {
    const auto& header = table_->header();
    columns_.id = find_column(header, {"id"});
    columns_.type = find_column(header, {"type"});
    columns_.published = find_column(header, {"published", "publie"});
    columns_.visibility = find_column(header, {"visibilityincatalog", "visibilitedanslecatalogue"});
    columns_.parent = find_column(header, {"parent"});
    columns_.sale_from = find_column(header, {"datesalepricestarts", "datededebutdepromo"});
    columns_.sale_until = find_column(header, {"datesalepriceends", "datedefindepromo"});
    columns_.backorders =
        find_column(header, {"backordersallowed", "autoriserlescommandesdeproduitsenrupture",
                             "autoriserlesreapprovisionnements"});
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name = plain_word(header[i]);
        const bool is_english = name.starts_with("attribute") && name.ends_with("values");
        const bool is_french = name.starts_with("valeursdelattribut");
        if (is_english || is_french) columns_.attribute_values.push_back(i);
    }
}

void WoocommerceFeed::take_parents(FeedTable& products) {
    for (CsvRow row; products.next(row) && parents_.size() < kParentsMax;) {
        if (!has_word(cell_at(row, columns_.type), "variable")) continue;
        RowCells cells;
        gather(products, layout_, row, cells);
        Parent parent{.title = std::string(cells[ShelfField::title].value),
                      .category = std::string(cells[ShelfField::category].value),
                      .maker = std::string(cells[ShelfField::maker].value),
                      .is_shown = is_shown(row)};
        for (const auto pictures : cells.pictures) parent.pictures += std::string(pictures) + " ";
        for (std::string* text : {&parent.title, &parent.category, &parent.maker})
            if (text->size() > kParentTextMax) text->clear();
        if (parent.pictures.size() > kParentTextMax)
            parent.pictures.resize(parent.pictures.find_last_of(" ,", kParentTextMax) + 1);
        const std::string_view sku = cells[ShelfField::sku].value;
        if (!sku.empty()) parents_.emplace(sku, parent);
        const std::string_view id = cell_at(row, columns_.id);
        if (!id.empty()) parents_.emplace("id:" + std::string(id), std::move(parent));
    }
}

const WoocommerceFeed::Parent* WoocommerceFeed::parent_of(const CsvRow& row) const {
    const auto found = parents_.find(std::string(cell_at(row, columns_.parent)));
    return found == parents_.end() ? nullptr : &found->second;
}

// 1 is published, 0 private, -1 a draft.
bool WoocommerceFeed::is_shown(const CsvRow& row) const {
    const std::string_view published = cell_at(row, columns_.published);
    return (published.empty() || published == "1" || equals_ignoring_case(published, "true")) &&
           !equals_ignoring_case(cell_at(row, columns_.visibility), "hidden");
}

// Variations are mostly called like "Pull – Rouge", but when they have their product's name only
// their attributes tell them apart.
std::string WoocommerceFeed::title_of(const CsvRow& row, std::string_view own,
                                      const Parent* parent) const {
    if (!parent || (!own.empty() && own != parent->title)) return std::string(own);
    std::string attributes;
    for (const std::size_t column : columns_.attribute_values) {
        const std::string_view value = cell_at(row, column);
        if (!value.empty()) attributes += (attributes.empty() ? "" : " / ") + std::string(value);
    }
    return parent->title + (attributes.empty() ? "" : " – " + attributes);
}

std::optional<ShelfRow> WoocommerceFeed::make(const CsvRow& row, const Parent* parent,
                                              std::vector<RowProblem>& problems) {
    RowCells cells;
    gather(*table_, layout_, row, cells);
    const std::string title = title_of(row, cells[ShelfField::title].value, parent);
    cells.cells[static_cast<std::size_t>(ShelfField::title)].value = title;
    if (parent) {
        cells.add(ShelfField::category, {"", parent->category});
        cells.add(ShelfField::maker, {"", parent->maker});
        cells.add(ShelfField::picture, {"", parent->pictures});
    }
    const std::string dates = std::string(cell_at(row, columns_.sale_from)) + "/" +
                              std::string(cell_at(row, columns_.sale_until));
    if (dates.size() > 1) cells.add(ShelfField::sale_dates, {"", dates});
    // "In stock?" says 1, 0 or "backorder".
    auto made = maker_.make(cells, problems);
    const std::string_view backorders = cell_at(row, columns_.backorders);
    const bool may_order = backorders == "1" || equals_ignoring_case(backorders, "notify");
    if (made && may_order && made->quantity == 0) made->availability = Availability::on_order;
    return made;
}

std::optional<ShelfRow> WoocommerceFeed::next(std::vector<RowProblem>& problems) {
    while (table_->next(row_)) {
        if (report_broken_row(*table_, row_, problems)) continue;
        const std::string_view types = cell_at(row_, columns_.type);
        const bool is_nothing =
            std::any_of(kNothingToHold.begin(), kNothingToHold.end(),
                        [&](std::string_view word) { return has_word(types, word); });
        if (is_nothing || !is_shown(row_)) continue;
        const bool is_variation = has_word(types, "variation");
        const Parent* parent = is_variation ? parent_of(row_) : nullptr;
        if (is_variation && !parent) {
            problems.push_back(
                {.line = row_.line,
                 .column = columns_.parent ? table_->header()[*columns_.parent] : std::string(),
                 .value = std::string(cell_at(row_, columns_.parent)),
                 .fault = RowFault::unknown_parent,
                 .is_row_taken = false});
            continue;
        }
        if (parent && !parent->is_shown) continue;
        if (auto made = make(row_, parent, problems)) return made;
    }
    return std::nullopt;
}

}  // namespace emplettes::catalogue
