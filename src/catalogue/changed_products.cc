#include "catalogue/changed_products.h"

#include <algorithm>
#include <unordered_set>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kProductsAtOnce = 1000;

constexpr const char* kProductsNowSql = R"sql(
SELECT product_id, product_key, gtin, title, maker, category, description, language, source,
    updated_at
FROM {rows and} product WHERE territory_id = :territory AND product_id = :product
)sql";
constexpr const char* kOffersNowSql = R"sql(
SELECT offer_id, shop_id, product_id, condition, price_cents, stock, stock_source,
    stock_confirmed_at
FROM {rows and} offer
WHERE territory_id = :territory AND product_id = :product AND withdrawn_at = 0
)sql";

void add_products(store::Tx& tx, const store::Rows& rows, std::vector<Product>& products) {
    using Text = std::string;
    tx.each_of_rows<ProductId, Text, std::int64_t, Text, Text, Text, Text, Text, Text, Instant>(
        kProductsNowSql, rows,
        [&](ProductId id, Text key, std::int64_t gtin, Text title, Text maker, Text category,
            Text description, Text language, Text source, Instant updated_at) {
            products.push_back({.id = id,
                                .key = std::move(key),
                                .gtin = gtin == 0 ? std::nullopt : std::optional(Gtin{gtin}),
                                .title = std::move(title),
                                .maker = std::move(maker),
                                .category = std::move(category),
                                .description = std::move(description),
                                .language = std::move(language),
                                .source = std::move(source),
                                .updated_at = updated_at});
        });
}

void add_offers(store::Tx& tx, const store::Rows& rows, std::vector<Offer>& offers) {
    tx.each_of_rows<OfferId, ShopId, ProductId, std::string, Money, std::int64_t, std::string,
                    Instant>(
        kOffersNowSql, rows,
        [&](OfferId id, ShopId shop, ProductId product, const std::string& condition, Money price,
            std::int64_t stock, const std::string& source, Instant confirmed_at) {
            const auto its = parse_condition(condition);
            const auto from = parse_stock_source(source);
            check(its && from);
            offers.push_back(
                {.id = id,
                 .shop = shop,
                 .product = product,
                 .condition = *its,
                 .price = price,
                 .stock = {.quantity = stock, .source = *from, .confirmed_at = confirmed_at}});
        });
}

}  // namespace

Snapshot::ChangedProducts load_changed_products(store::Tx& tx, TerritoryId territory,
                                                std::span<const ProductId> products) {
    Snapshot::ChangedProducts changed;
    for (std::size_t begin = 0; begin < products.size(); begin += kProductsAtOnce) {
        store::Rows rows({{"territory", territory}});
        for (const ProductId product :
             products.subspan(begin, std::min(kProductsAtOnce, products.size() - begin)))
            rows.add({{"product", product}});
        add_products(tx, rows, changed.products);
        add_offers(tx, rows, changed.offers);
    }
    std::sort(changed.offers.begin(), changed.offers.end(),
              [](const Offer& a, const Offer& b) { return a.id < b.id; });
    std::unordered_set<ProductId> found;
    for (const Product& product : changed.products) found.insert(product.id);
    for (const ProductId product : products)
        if (!found.contains(product)) changed.gone.push_back(product);
    return changed;
}

}  // namespace emplettes::catalogue
