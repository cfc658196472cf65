#include "catalogue/product_rows.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kTitleLengthMax = 300;
constexpr std::size_t kTextLengthMax = 5000;

std::string explain(GtinError error) {
    switch (error) {
        case GtinError::empty: return "is empty";
        case GtinError::not_digits: return "a GTIN or ISBN has digits only";
        case GtinError::wrong_length: return "a GTIN has 8, 12, 13 or 14 digits, an ISBN 10 or 13";
        case GtinError::wrong_check_digit: return "the check digit is wrong: mistyped?";
        case GtinError::in_shop_code:
            return "02 and 20-29 are a shop's own codes: put it in the column sku";
    }
    return "";
}

std::string drop_all(std::string_view text, std::string_view unwanted) {
    std::string kept(text);
    for (auto at = kept.find(unwanted); at != std::string::npos; at = kept.find(unwanted))
        kept.erase(at, unwanted.size());
    return kept;
}

}  // namespace

struct ProductColumns::Alias {
    Field field;
    std::string_view name;  // folded, letters and digits only
};

const std::vector<ProductColumns::Alias>& ProductColumns::aliases() {
    static const std::vector<Alias> kAliases = {
        {Field::gtin, "gtin"},
        {Field::gtin, "ean"},
        {Field::gtin, "ean13"},
        {Field::gtin, "isbn"},
        {Field::gtin, "isbn13"},
        {Field::gtin, "upc"},
        {Field::gtin, "barcode"},
        {Field::gtin, "codebarres"},
        {Field::sku, "sku"},
        {Field::sku, "ugs"},
        {Field::sku, "reference"},
        {Field::sku, "ref"},
        {Field::title, "title"},
        {Field::title, "titre"},
        {Field::title, "name"},
        {Field::title, "nom"},
        {Field::title, "designation"},
        {Field::title, "libelle"},
        {Field::maker, "maker"},
        {Field::maker, "author"},
        {Field::maker, "auteur"},
        {Field::maker, "authors"},
        {Field::maker, "brand"},
        {Field::maker, "marque"},
        {Field::maker, "fabricant"},
        {Field::category, "category"},
        {Field::category, "categorie"},
        {Field::category, "rayon"},
        {Field::description, "description"},
        {Field::language, "language"},
        {Field::language, "langue"},
        {Field::condition, "condition"},
        {Field::condition, "etat"},
        {Field::price, "price"},
        {Field::price, "prix"},
        {Field::price, "priceeur"},
        {Field::price, "prixeur"},
        {Field::price, "pricettc"},
        {Field::price, "prixttc"},
        {Field::publisher_price, "publisherprice"},
        {Field::publisher_price, "prixediteur"},
        {Field::publisher_price, "prixpublic"},
        {Field::quantity, "quantity"},
        {Field::quantity, "quantite"},
        {Field::quantity, "qty"},
        {Field::quantity, "qte"},
        {Field::quantity, "stock"},
    };
    return kAliases;
}

ProductColumns ProductColumns::recognise(const std::vector<std::string>& header) {
    ProductColumns columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name = drop_all(slugify(header[i]), "-");
        const auto alias = std::find_if(aliases().begin(), aliases().end(),
                                        [&](const Alias& a) { return a.name == name; });
        if (alias == aliases().end()) {
            if (!name.empty()) columns.not_understood_.push_back(header[i]);
            continue;
        }
        auto& column = columns.column_of_[static_cast<std::size_t>(alias->field)];
        if (!column) column = i;
    }
    return columns;
}

bool ProductColumns::usable() const {
    return column_of_[static_cast<std::size_t>(Field::title)].has_value();
}

const std::string& ProductColumns::cell(Field field, const CsvTable::Row& row) const {
    static const std::string kNothing;
    const auto column = column_of_[static_cast<std::size_t>(field)];
    return column && *column < row.cells.size() ? row.cells[*column] : kNothing;
}

ProductRowProblem ProductColumns::problem(Field field, const CsvTable& table,
                                          const CsvTable::Row& row, std::string reason) const {
    const auto column = column_of_[static_cast<std::size_t>(field)];
    return {.line = row.line,
            .column = column ? table.header[*column] : std::string(),
            .value = cell(field, row),
            .reason = std::move(reason)};
}

ProductRowProblem ProductColumns::unknown_category(const CsvTable& table,
                                                   const CsvTable::Row& row) const {
    return problem(Field::category, table, row,
                   "is not one of the categories: the product is taken without it");
}

ProductRowProblem ProductColumns::unlawful_price(const CsvTable& table, const CsvTable::Row& row,
                                          std::string reason) const {
    return problem(Field::price, table, row, std::move(reason));
}

Result<ProductRow, ProductRowProblem> ProductColumns::read(const CsvTable& table,
                                                    const CsvTable::Row& row) const {
    ProductRow read{.place = static_cast<std::size_t>(&row - table.rows.data()),
                    .sku = cell(Field::sku, row),
                    .title = cell(Field::title, row),
                    .maker = cell(Field::maker, row),
                    .category = cell(Field::category, row),
                    .description = cell(Field::description, row),
                    .language = cell(Field::language, row)};
    if (row.cells.size() > table.header.size())
        return ProductRowProblem{row.line, "", "",
                                 "has more cells than the header: a stray delimiter?"};
    if (read.title.empty()) return problem(Field::title, table, row, "a product needs a title");
    if (utf8_length(read.title) > kTitleLengthMax)
        return problem(Field::title, table, row,
                       "is longer than " + std::to_string(kTitleLengthMax) + " characters");
    if (utf8_length(read.description) > kTextLengthMax)
        return problem(Field::description, table, row,
                       "is longer than " + std::to_string(kTextLengthMax) + " characters");
    if (!cell(Field::gtin, row).empty()) {
        const auto gtin = parse_gtin(cell(Field::gtin, row));
        if (!gtin) return problem(Field::gtin, table, row, explain(gtin.error()));
        read.gtin = *gtin;
    }
    if (!read.gtin && read.sku.empty())
        return problem(Field::gtin, table, row, "needs a GTIN, an ISBN or an sku to know it by");
    if (!cell(Field::price, row).empty()) {
        read.price = parse_price(cell(Field::price, row));
        if (!read.price || read.price->cents > kPriceCentsMax)
            return problem(Field::price, table, row,
                           "must be an amount from 0 to " + std::to_string(kPriceCentsMax / 100));
    }
    if (!cell(Field::publisher_price, row).empty()) {
        read.publisher_price = parse_price(cell(Field::publisher_price, row));
        if (!read.publisher_price || *read.publisher_price <= Money{0} ||
            read.publisher_price->cents > kPriceCentsMax)
            return problem(Field::publisher_price, table, row,
                           "must be an amount up to " + std::to_string(kPriceCentsMax / 100));
    }
    if (!cell(Field::quantity, row).empty()) {
        read.quantity = parse_int(cell(Field::quantity, row));
        if (!read.quantity || *read.quantity < 0 || *read.quantity > kStockMax)
            return problem(Field::quantity, table, row,
                           "must be a whole number from 0 to " + std::to_string(kStockMax));
    }
    if (!cell(Field::condition, row).empty()) {
        const auto condition = parse_condition(to_lower_ascii(cell(Field::condition, row)));
        if (!condition)
            return problem(Field::condition, table, row, "must be new, used or refurbished");
        read.condition = *condition;
    }
    return read;
}

std::optional<Money> parse_price(std::string_view text) {
    std::string plain(text);
    for (const std::string_view noise : {"€", "EUR", "\u00A0", "\u202F", " "})
        plain = drop_all(plain, noise);
    if (plain.find(',') != std::string::npos && plain.find('.') != std::string::npos)
        return std::nullopt;  // 1,234.50 or 1.234,50: not guessed
    std::replace(plain.begin(), plain.end(), ',', '.');
    const auto point = plain.find('.');
    const std::string units = plain.substr(0, point);
    std::string cents = point == std::string::npos ? "" : plain.substr(point + 1);
    const bool digits_only =
        !units.empty() && (units + cents).find_first_not_of("0123456789") == std::string::npos;
    if (!digits_only || cents.size() > 2 || units.size() > 9) return std::nullopt;
    cents.resize(2, '0');
    return Money{*parse_int(units) * 100 + *parse_int(cents)};
}

}  // namespace emplettes::catalogue
