#include "catalogue/told_prices.h"

#include <algorithm>

namespace emplettes::catalogue {
namespace {

// valid_from 0 and valid_until 0 stand for "open": nothing is sold by a price that ended in 1970.
constexpr const char* kLoadToldSql =
    "SELECT :place, valid_from, valid_until, price_cents, import_id FROM {rows and} told_price"
    " WHERE territory_id = :territory AND product_id = :product AND shop_id = :shop";
// Periods of one teller do not overlap: of one day each has one price at most.
constexpr const char* kFindPricesSql =
    "SELECT :place, shop_id, price_cents FROM {rows and} told_price"
    " WHERE territory_id = :territory AND product_id = :product AND shop_id IN (0, :shop)"
    " AND valid_from <= :day AND (valid_until = 0 OR valid_until >= :day)";
constexpr const char* kForgetToldSql =
    "DELETE FROM told_price WHERE (territory_id, product_id, shop_id)"
    " IN (SELECT :territory, :product, :shop {from rows})";
constexpr const char* kSaveToldSql =
    "INSERT INTO told_price (territory_id, product_id, shop_id, valid_from, valid_until,"
    " price_cents, import_id, updated_at)"
    " {values} :territory, :product, :shop, :valid_from, :valid_until, :price, :import, :now {end}";

std::int64_t number_of(std::optional<LocalDay> day) {
    return day ? day->time_since_epoch().count() : 0;
}

std::optional<LocalDay> day_of_number(std::int64_t number) {
    if (number == 0) return std::nullopt;
    return LocalDay{std::chrono::days{number}};
}

store::Rows places_of(std::span<const ProductId> products, store::Params same) {
    store::Rows rows(same);
    for (std::size_t i = 0; i < products.size(); ++i)
        rows.add({{"place", i}, {"product", products[i]}});
    return rows;
}

}  // namespace

std::vector<ToldPrices> load_told_prices(store::Tx& tx, const PriceTeller& teller,
                                         std::span<const ProductId> products) {
    std::vector<ToldPrices> told(products.size());
    for (std::size_t i = 0; i < products.size(); ++i) told[i].product = products[i];
    tx.each_of_rows<std::size_t, std::int64_t, std::int64_t, Money, ShelfImportId>(
        kLoadToldSql, places_of(products, {{"territory", teller.territory}, {"shop", teller.shop}}),
        [&](std::size_t place, std::int64_t from, std::int64_t until, Money price,
            ShelfImportId import) {
            told.at(place).import = import;
            told.at(place).prices.push_back(
                {.price = price, .from = day_of_number(from), .until = day_of_number(until)});
        });
    for (ToldPrices& its : told)
        std::ranges::sort(its.prices, {}, [](const auto& price) { return number_of(price.from); });
    return told;
}

void save_told_prices(store::Tx& tx, const PriceTeller& teller, std::span<const ToldPrices> told,
                      Instant now) {
    store::Rows forgotten({{"territory", teller.territory}, {"shop", teller.shop}});
    store::Rows saved({{"territory", teller.territory}, {"shop", teller.shop}, {"now", now}});
    for (const ToldPrices& its : told) {
        forgotten.add({{"product", its.product}});
        for (const PublisherPrice& price : its.prices)
            saved.add({{"product", its.product},
                       {"valid_from", number_of(price.from)},
                       {"valid_until", number_of(price.until)},
                       {"price", price.price},
                       {"import", its.import}});
    }
    tx.run_rows(kForgetToldSql, forgotten);
    tx.run_rows(kSaveToldSql, saved);
}

std::vector<std::optional<Money>> find_publisher_prices(store::Tx& tx, const PriceTeller& of,
                                                        std::span<const ProductId> products,
                                                        LocalDay day) {
    std::vector<std::optional<Money>> prices(products.size());
    tx.each_of_rows<std::size_t, ShopId, Money>(
        kFindPricesSql,
        places_of(products, {{"territory", of.territory},
                             {"shop", of.shop},
                             {"day", day.time_since_epoch().count()}}),
        [&](std::size_t place, ShopId shop, Money price) {
            const bool is_the_trades = shop.value == 0;
            if (is_the_trades || !prices.at(place)) prices.at(place) = price;
        });
    return prices;
}

}  // namespace emplettes::catalogue
