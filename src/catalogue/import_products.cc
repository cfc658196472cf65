#include "catalogue/import_products.h"

#include <algorithm>

#include "catalogue/book_price.h"
#include "catalogue/news.h"
#include "catalogue/offer.h"
#include "catalogue/product_rows.h"

namespace emplettes::catalogue {
namespace {

std::string key_of(const ProductRow& row, std::string_view prefix) {
    if (row.gtin) return "gtin:" + row.gtin->text();
    return std::string(prefix) + "/" + row.sku;
}

// Brings rows into one transaction and counts.
class Batch {
  public:
    Batch(const ProductImport& import, store::Tx& tx) : import_(import), tx_(tx) {}

    void bring(const ProductRow& row) {
        const Product product = bring_product(row);
        bring_publisher_price(row, product);
        if (!row.price || !row.quantity) return;
        const auto lawful = check_price(tx_, import_.territory,
                                        {.product = product,
                                         .condition = row.condition,
                                         .price = *row.price,
                                         .day = day_of(import_.territory, import_.now)});
        if (!lawful) {
            unlawful_.emplace_back(row.place, in_english(lawful.error()));
            return;
        }
        for (const ShopId shop : import_.shops) bring_offer(row, shop, product.id);
    }

    // The news of stocks and prices are written one by one.
    void tell_of_products() {
        std::sort(changed_.begin(), changed_.end());
        changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
        append_product_news(tx_, import_.territory.id, changed_, import_.now);
    }

    const ProductImportReport& counts() const { return counts_; }
    // Places of rows whose price the law refuses, and why; nothing of them is offered.
    const std::vector<std::pair<std::size_t, std::string>>& unlawful() const { return unlawful_; }

  private:
    Product bring_product(const ProductRow& row) {
        Product product{.key = key_of(row, import_.key_prefix),
                        .gtin = row.gtin,
                        .title = row.title,
                        .maker = row.maker,
                        .category = row.category,
                        .description = row.description,
                        .language = row.language,
                        .source = std::string(to_string(import_.stock_source)),
                        .updated_at = import_.now};
        auto known = find_product_by_key(tx_, import_.territory.id, product.key);
        product.id = known ? known->id : import_.ids.next<ProductId>();
        if (known) known->updated_at = product.updated_at;
        if (known == product) {
            ++counts_.products_unchanged;
            return product;
        }
        save_product(tx_, import_.territory.id, product);
        changed_.push_back(product.id);
        ++(known ? counts_.products_changed : counts_.products_new);
        return product;
    }

    void bring_publisher_price(const ProductRow& row, const Product& product) {
        if (!row.publisher_price || !row.gtin || !row.gtin->is_book()) return;
        save_publisher_prices(tx_, import_.territory.id, product.id,
                              {.prices = {{.price = *row.publisher_price}}, .now = import_.now});
    }

    void bring_offer(const ProductRow& row, ShopId shop, ProductId product) {
        Offer offer{.shop = shop,
                    .product = product,
                    .condition = row.condition,
                    .price = *row.price,
                    .stock = {.quantity = *row.quantity,
                              .source = import_.stock_source,
                              .confirmed_at = import_.now}};
        const auto known = find_offer_of(tx_, import_.territory.id, shop, product, row.condition);
        offer.id = known ? known->id : import_.ids.next<OfferId>();
        offer = save_offer(tx_, import_.territory.id, offer);  // the stock is confirmed as of now
        const bool is_same =
            known && known->price == offer.price && known->stock.quantity == offer.stock.quantity;
        if (!known) changed_.push_back(product);
        ++(!known    ? counts_.offers_new
           : is_same ? counts_.offers_unchanged
                     : counts_.offers_changed);
        append_stock_news(tx_, import_.territory.id, offer, import_.now);
    }

    const ProductImport& import_;
    store::Tx& tx_;
    ProductImportReport counts_;
    std::vector<std::pair<std::size_t, std::string>> unlawful_;
    std::vector<ProductId> changed_;  // new, or with another text or another offer
};

void add_counts(ProductImportReport& report, const ProductImportReport& batch) {
    report.products_new += batch.products_new;
    report.products_changed += batch.products_changed;
    report.products_unchanged += batch.products_unchanged;
    report.offers_new += batch.offers_new;
    report.offers_changed += batch.offers_changed;
    report.offers_unchanged += batch.offers_unchanged;
}

void add_problem(ProductImportReport& report, ProductRowProblem problem) {
    if (report.problems.size() < kProblemsMax) report.problems.push_back(std::move(problem));
}

// The rows that can be taken; what is wrong with the others goes into the report.
std::vector<ProductRow> read_rows(const CsvTable& table, const ProductColumns& columns,
                                  const Trades& trades, ProductImportReport& report) {
    std::vector<ProductRow> good;
    for (const CsvTable::Row& row : table.rows) {
        auto read = columns.read(table, row);
        if (!read) {
            ++report.rows_refused;
            add_problem(report, read.error());
            continue;
        }
        ProductRow& taken = good.emplace_back(std::move(read).value());
        if (taken.category.empty() || trades.find_category(taken.category)) continue;
        taken.category.clear();
        add_problem(report, columns.unknown_category(table, row));
    }
    return good;
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
    const auto good = read_rows(*table, columns, import.trades, report);
    for (std::size_t begin = 0; begin < good.size(); begin += kRowsPerTransaction) {
        const std::size_t end = std::min(begin + kRowsPerTransaction, good.size());
        const auto [counts, unlawful] = import.database.write([&](store::Tx& tx) {
            Batch batch(import, tx);
            for (std::size_t i = begin; i < end; ++i) batch.bring(good[i]);
            batch.tell_of_products();
            return std::pair(batch.counts(), batch.unlawful());
        });
        add_counts(report, counts);
        report.rows_refused += static_cast<std::int64_t>(unlawful.size());
        for (const auto& [place, reason] : unlawful)
            add_problem(report, columns.unlawful_price(*table, table->rows[place], reason));
    }
    return report;
}

}  // namespace emplettes::catalogue
