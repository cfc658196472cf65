#include "catalogue/import_products.h"

#include <algorithm>
#include <unordered_map>

#include "catalogue/news.h"
#include "catalogue/offer.h"
#include "catalogue/product_rows.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kFindProductSql =
    "SELECT product_id FROM product WHERE territory_id = :territory_id"
    " AND product_key = :product_key";
constexpr const char* kFindOfferSql =
    "SELECT offer_id FROM offer WHERE territory_id = :territory_id AND shop_id = :shop_id"
    " AND product_id = :product_id AND condition = :condition";

std::string key_of(const ProductRow& row, std::string_view prefix) {
    if (row.gtin) return "gtin:" + row.gtin->text();
    return std::string(prefix) + "/" + row.sku;
}

// Brings rows into one transaction and counts.
class Batch {
  public:
    Batch(const ProductImport& import, store::Tx& tx) : import_(import), tx_(tx) {}

    void bring(const ProductRow& row) {
        const ProductId product = bring_product(row);
        if (!row.price || !row.quantity) return;
        for (const ShopId shop : import_.shops) bring_offer(row, shop, product);
    }

    const ProductImportReport& counts() const { return counts_; }

  private:
    ProductId bring_product(const ProductRow& row) {
        Product product{.key = key_of(row, import_.key_prefix),
                        .gtin = row.gtin,
                        .title = row.title,
                        .maker = row.maker,
                        .category = row.category,
                        .description = row.description,
                        .language = row.language,
                        .source = std::string(to_string(import_.stock_source)),
                        .updated_at = import_.now};
        const auto known_id = tx_.one<ProductId>(
            kFindProductSql,
            {{"territory_id", import_.territory.id}, {"product_key", product.key}});
        if (!known_id) {
            product.id = import_.ids.next<ProductId>();
            save_product(tx_, import_.territory.id, product);
            ++counts_.products_new;
            return product.id;
        }
        product.id = *known_id;
        Product known = *find_product(tx_, import_.territory.id, *known_id);
        known.updated_at = product.updated_at;
        if (known == product) {
            ++counts_.products_unchanged;
            return product.id;
        }
        save_product(tx_, import_.territory.id, product);
        ++counts_.products_changed;
        return product.id;
    }

    void bring_offer(const ProductRow& row, ShopId shop, ProductId product) {
        Offer offer{.shop = shop,
                    .product = product,
                    .condition = row.condition,
                    .price = *row.price,
                    .stock = {.quantity = *row.quantity,
                              .source = import_.stock_source,
                              .confirmed_at = import_.now}};
        const auto known_id =
            tx_.one<OfferId>(kFindOfferSql, {{"territory_id", import_.territory.id},
                                             {"shop_id", shop},
                                             {"product_id", product},
                                             {"condition", to_string(row.condition)}});
        if (!known_id) {
            offer.id = import_.ids.next<OfferId>();
            ++counts_.offers_new;
        } else {
            offer.id = *known_id;
            const Offer known = *find_offer(tx_, import_.territory.id, *known_id);
            const bool is_same =
                known.price == offer.price && known.stock.quantity == offer.stock.quantity;
            ++(is_same ? counts_.offers_unchanged : counts_.offers_changed);
        }
        save_offer(tx_, import_.territory.id, offer);  // the stock is confirmed as of now
        append_stock_news(tx_, import_.territory.id, offer, import_.now);
    }

    const ProductImport& import_;
    store::Tx& tx_;
    ProductImportReport counts_;
};

void add_counts(ProductImportReport& report, const ProductImportReport& batch) {
    report.products_new += batch.products_new;
    report.products_changed += batch.products_changed;
    report.products_unchanged += batch.products_unchanged;
    report.offers_new += batch.offers_new;
    report.offers_changed += batch.offers_changed;
    report.offers_unchanged += batch.offers_unchanged;
}

}  // namespace

Result<ProductImportReport, CsvError> import_products(const ProductImport& import,
                                                      std::string_view csv) {
    const auto table = read_csv(csv);
    if (!table) return table.error();
    const auto columns = ProductColumns::recognise(table->header);
    if (!columns.usable())
        return CsvError{1,
                        "no column is called title, titre, name or nom; the first line must "
                        "name the columns"};
    ProductImportReport report{.rows = static_cast<std::int64_t>(table->rows.size()),
                               .columns_not_understood = columns.not_understood(),
                               .was_windows_1252 = table->was_windows_1252};
    std::vector<ProductRow> good;
    for (const CsvTable::Row& row : table->rows) {
        auto read = columns.read(*table, row);
        if (read) {
            good.push_back(std::move(read).value());
            continue;
        }
        ++report.rows_refused;
        if (report.problems.size() < kProblemsMax) report.problems.push_back(read.error());
    }
    for (std::size_t begin = 0; begin < good.size(); begin += kRowsPerTransaction) {
        const std::size_t end = std::min(begin + kRowsPerTransaction, good.size());
        const auto counts = import.database.write([&](store::Tx& tx) {
            Batch batch(import, tx);
            for (std::size_t i = begin; i < end; ++i) batch.bring(good[i]);
            append_catalogue_news(tx, import.territory.id, import.now);
            return batch.counts();
        });
        add_counts(report, counts);
    }
    return report;
}

}  // namespace emplettes::catalogue
