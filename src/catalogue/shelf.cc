#include "catalogue/shelf.h"

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::int64_t kPage = 5'000;

constexpr const char* kShelfItemsSql =
    "SELECT p.product_id, product_key, gtin, title, maker, category, description, language,"
    " p.source, p.updated_at, offer_id, condition, price_cents, stock, kept, stock_source,"
    " stock_confirmed_at, sku"
    " FROM offer o JOIN product p ON p.territory_id = o.territory_id"
    " AND p.product_id = o.product_id"
    " WHERE o.territory_id = :territory_id AND shop_id = :shop_id AND withdrawn_at = 0"
    " AND (o.product_id, condition) > (:product_id, :condition)"
    " ORDER BY o.product_id, condition LIMIT :limit";

}  // namespace

std::vector<ShelfItem> load_shelf(store::Tx& tx, TerritoryId territory, ShopId shop,
                                  const ShelfPlace& after, std::int64_t limit) {
    using Text = std::string;
    // Nothing was seen of the very first product: its conditions begin after the empty word.
    const Text condition = after.product == ProductId{} ? Text() : Text(to_string(after.condition));
    std::vector<ShelfItem> items;
    tx.each<ProductId, Text, std::int64_t, Text, Text, Text, Text, Text, Text, Instant, OfferId,
            Text, Money, std::int64_t, std::int64_t, Text, Instant, Text>(
        kShelfItemsSql,
        {{"territory_id", territory},
         {"shop_id", shop},
         {"product_id", after.product},
         {"condition", condition},
         {"limit", limit}},
        [&](ProductId product, Text key, std::int64_t gtin, Text title, Text maker, Text category,
            Text description, Text language, Text source, Instant updated_at, OfferId offer,
            const Text& condition_word, Money price, std::int64_t stock, std::int64_t kept,
            const Text& stock_source, Instant confirmed_at, Text sku) {
            const auto known_condition = parse_condition(condition_word);
            const auto known_source = parse_stock_source(stock_source);
            check(known_condition && known_source);
            items.push_back(
                {.product = {.id = product,
                             .key = std::move(key),
                             .gtin = gtin == 0 ? std::nullopt : std::optional(Gtin{gtin}),
                             .title = std::move(title),
                             .maker = std::move(maker),
                             .category = std::move(category),
                             .description = std::move(description),
                             .language = std::move(language),
                             .source = std::move(source),
                             .updated_at = updated_at},
                 .offer = {.id = offer,
                           .shop = shop,
                           .product = product,
                           .condition = *known_condition,
                           .price = price,
                           .stock = {.quantity = stock,
                                     .source = *known_source,
                                     .confirmed_at = confirmed_at}},
                 .kept = kept,
                 .sku = std::move(sku)});
        });
    return items;
}

void each_on_shelf(store::Database& database, TerritoryId territory, ShopId shop,
                   const std::function<void(const ShelfItem&)>& f) {
    ShelfPlace place;
    for (;;) {
        const auto items = database.read(
            [&](store::Tx& tx) { return load_shelf(tx, territory, shop, place, kPage); });
        for (const ShelfItem& item : items) f(item);
        if (items.size() < static_cast<std::size_t>(kPage)) return;
        place = {.product = items.back().product.id, .condition = items.back().offer.condition};
    }
}

}  // namespace emplettes::catalogue
