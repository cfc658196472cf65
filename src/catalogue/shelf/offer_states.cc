#include "catalogue/shelf/offer_states.h"

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kStatesSql = R"sql(
SELECT :place, offer_id, product_id, price_cents, stock, kept, stock_source, stock_confirmed_at,
    withdrawn_at, source_id, import_id, priced_at
FROM {rows and} offer WHERE territory_id = :territory AND offer_id = :offer
)sql";
constexpr const char* kStatesOfSql = R"sql(
SELECT :place, offer_id, product_id, price_cents, stock, kept, stock_source, stock_confirmed_at,
    withdrawn_at, source_id, import_id, priced_at
FROM {rows and} offer
WHERE territory_id = :territory AND shop_id = :shop AND product_id = :product
    AND condition = :condition
)sql";
constexpr const char* kInsertOffersSql = R"sql(
INSERT INTO offer (territory_id, offer_id, shop_id, product_id, condition, price_cents, stock,
    stock_source, stock_confirmed_at, sku, source_id, import_id)
{values} :territory, :offer, :shop, :product, :condition, :price, :stock, :stock_source,
    :confirmed_at, :sku, :source, :import {end}
)sql";
constexpr const char* kUpdateOffersSql = R"sql(
UPDATE offer SET price_cents = :price, stock = :stock, stock_source = :stock_source,
    stock_confirmed_at = :confirmed_at, withdrawn_at = :withdrawn_at, source_id = :source,
    import_id = :import, sku = CASE WHEN :sku = '' THEN sku ELSE :sku END
{from rows} WHERE territory_id = :territory AND offer_id = :offer
)sql";

template <typename F>
void each_state(store::Tx& tx, const char* sql, const store::Rows& rows, F&& f) {
    using Number = std::int64_t;
    tx.each_of_rows<std::size_t, OfferId, ProductId, Money, Number, Number, std::string, Instant,
                    Instant, ShelfSourceId, ShelfImportId, Instant>(
        sql, rows,
        [&](std::size_t place, OfferId offer, ProductId product, Money price, Number stock,
            Number kept, const std::string& stock_source, Instant confirmed_at,
            Instant withdrawn_at, ShelfSourceId source, ShelfImportId import, Instant priced_at) {
            const auto known = parse_stock_source(stock_source);
            check(known.has_value());
            f(place, product,
              NamedState{.offer = offer,
                         .state = {.price = price,
                                   .stock = stock,
                                   .kept = kept,
                                   .stock_source = *known,
                                   .confirmed_at = confirmed_at,
                                   .withdrawn_at = withdrawn_at,
                                   .source = source,
                                   .import = import,
                                   .priced_at = priced_at}});
        });
}

}  // namespace

OfferStates load_offer_states(store::Tx& tx, TerritoryId territory, std::span<const OfferId> ids) {
    store::Rows rows({{"territory", territory}});
    for (std::size_t i = 0; i < ids.size(); ++i) rows.add({{"place", i}, {"offer", ids[i]}});
    OfferStates states;
    each_state(tx, kStatesSql, rows,
               [&](std::size_t /*place*/, ProductId product, const NamedState& found) {
                   states.emplace(found.offer,
                                  StandingOffer{.product = product, .state = found.state});
               });
    return states;
}

std::vector<NamedState> load_states_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                       std::span<const ShopThing> things) {
    store::Rows rows({{"territory", territory}, {"shop", shop}});
    for (std::size_t i = 0; i < things.size(); ++i)
        rows.add({{"place", i},
                  {"product", things[i].product},
                  {"condition", to_string(things[i].condition)}});
    std::vector<NamedState> states(things.size());
    each_state(tx, kStatesOfSql, rows,
               [&](std::size_t place, ProductId /*product*/, const NamedState& found) {
                   states.at(place) = found;
               });
    return states;
}

void save_offer_states(store::Tx& tx, TerritoryId territory, std::span<const NamedState> offers) {
    store::Rows rows({{"territory", territory}});
    for (const NamedState& named : offers)
        rows.add({{"offer", named.offer},
                  {"sku", named.sku},
                  {"price", named.state.price},
                  {"stock", named.state.stock},
                  {"stock_source", to_string(named.state.stock_source)},
                  {"confirmed_at", named.state.confirmed_at},
                  {"withdrawn_at", named.state.withdrawn_at},
                  {"source", named.state.source},
                  {"import", named.state.import}});
    tx.run_rows(kUpdateOffersSql, rows);
}

void insert_offers(store::Tx& tx, TerritoryId territory, ShopId shop,
                   std::span<const NewOffer> offers) {
    store::Rows rows({{"territory", territory}, {"shop", shop}});
    for (const NewOffer& made : offers)
        rows.add({{"offer", made.named.offer},
                  {"product", made.thing.product},
                  {"condition", to_string(made.thing.condition)},
                  {"price", made.named.state.price},
                  {"stock", made.named.state.stock},
                  {"stock_source", to_string(made.named.state.stock_source)},
                  {"confirmed_at", made.named.state.confirmed_at},
                  {"sku", made.named.sku},
                  {"source", made.named.state.source},
                  {"import", made.named.state.import}});
    tx.run_rows(kInsertOffersSql, rows);
}

}  // namespace emplettes::catalogue
