#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {

// How products and offers are read of their tables, for all statements that select these columns.
// `run` is called with the columns' types and a function that takes them:
//
//   read_offers([&]<typename... Columns>(auto&& row) { tx.each<Columns...>(sql, params, row); },
//               [&](const Offer& offer) { … });

inline constexpr const char* kProductColumns =
    "product_id, product_key, gtin, title, maker, category, description, language, source,"
    " updated_at";
inline constexpr const char* kOfferColumns =
    "offer_id, shop_id, product_id, condition, price_cents, stock, stock_source,"
    " stock_confirmed_at";

template <typename Run, typename F>
void read_products(Run&& run, F&& f) {
    using Text = std::string;
    run.template
    operator()<ProductId, Text, std::int64_t, Text, Text, Text, Text, Text, Text, Instant>(
        [&](ProductId id, Text key, std::int64_t gtin, Text title, Text maker, Text category,
            Text description, Text language, Text source, Instant updated_at) {
            f(Product{.id = id,
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

template <typename Run, typename F>
void read_offers(Run&& run, F&& f) {
    run.template
    operator()<OfferId, ShopId, ProductId, std::string, Money, std::int64_t, std::string, Instant>(
        [&](OfferId id, ShopId shop, ProductId product, const std::string& condition, Money price,
            std::int64_t stock, const std::string& source, Instant confirmed_at) {
            const auto its = parse_condition(condition);
            const auto from = parse_stock_source(source);
            check(its && from);  // only our own INSERT can have written them
            f(Offer{.id = id,
                    .shop = shop,
                    .product = product,
                    .condition = *its,
                    .price = price,
                    .stock = {.quantity = stock, .source = *from, .confirmed_at = confirmed_at}});
        });
}

}  // namespace emplettes::catalogue
