#include "catalogue/doubtful.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

// What is promised, by age: the index offer_by_age has just these rows of a shop, in this order.
constexpr const char* kOldestSql =
    "SELECT offer_id, kept FROM offer WHERE territory_id = :territory_id AND shop_id = :shop_id"
    " AND stock > 0 AND withdrawn_at = 0 AND stock_confirmed_at < :latest"
    " AND ((stock_source = 'import' AND stock_confirmed_at < :import)"
    " OR (stock_source = 'hand' AND stock_confirmed_at < :hand)"
    " OR (stock_source = 'feed' AND stock_confirmed_at < :feed)"
    " OR (stock_source = 'till' AND stock_confirmed_at < :till))"
    " ORDER BY stock_confirmed_at, offer_id LIMIT :limit";
constexpr const char* kCountSql =
    "SELECT COUNT(*) FROM offer WHERE territory_id = :territory_id AND shop_id = :shop_id"
    " AND stock > 0 AND withdrawn_at = 0";
constexpr const char* kCountBeforeSql =
    "SELECT COUNT(*) FROM offer WHERE territory_id = :territory_id AND shop_id = :shop_id"
    " AND stock > 0 AND withdrawn_at = 0 AND stock_confirmed_at < :latest"
    " AND ((stock_source = 'import' AND stock_confirmed_at < :import)"
    " OR (stock_source = 'hand' AND stock_confirmed_at < :hand)"
    " OR (stock_source = 'feed' AND stock_confirmed_at < :feed)"
    " OR (stock_source = 'till' AND stock_confirmed_at < :till))";
constexpr const char* kMedianSql =
    "SELECT stock_confirmed_at FROM offer WHERE territory_id = :territory_id"
    " AND shop_id = :shop_id AND stock > 0 AND withdrawn_at = 0"
    " ORDER BY stock_confirmed_at LIMIT 1 OFFSET :half";
Instant before_of(const search::ConfirmedBefore& before, StockSource source) {
    return before[static_cast<std::size_t>(source)];
}

std::int64_t count_before(store::Tx& tx, TerritoryId territory, ShopId shop,
                          const search::ConfirmedBefore& before) {
    return *tx.one<std::int64_t>(kCountBeforeSql,
                                 {{"territory_id", territory},
                                  {"shop_id", shop},
                                  {"latest", *std::max_element(before.begin(), before.end())},
                                  {"import", before_of(before, StockSource::import)},
                                  {"hand", before_of(before, StockSource::hand)},
                                  {"feed", before_of(before, StockSource::feed)},
                                  {"till", before_of(before, StockSource::till)}});
}

}  // namespace

std::vector<DoubtfulOffer> load_doubtful(store::Tx& tx, TerritoryId territory, ShopId shop,
                                         const StockLines& lines, std::int64_t limit) {
    check(limit >= 0 && limit <= kDoubtfulMax);
    const search::ConfirmedBefore& before = lines.doubtful;
    const auto rows = tx.all<OfferId, std::int64_t>(
        kOldestSql, {{"territory_id", territory},
                     {"shop_id", shop},
                     {"latest", *std::max_element(before.begin(), before.end())},
                     {"import", before_of(before, StockSource::import)},
                     {"hand", before_of(before, StockSource::hand)},
                     {"feed", before_of(before, StockSource::feed)},
                     {"till", before_of(before, StockSource::till)},
                     {"limit", limit}});
    std::vector<DoubtfulOffer> doubtful;
    for (const auto& [id, kept] : rows) {
        const Offer offer = find_offer(tx, territory, id).value();
        const Product product = find_product(tx, territory, offer.product).value();
        doubtful.push_back({.offer = offer,
                            .title = product.title,
                            .maker = product.maker,
                            .kept = kept,
                            .trust = lines.trust(offer.stock)});
    }
    return doubtful;
}

StockAges count_stock_ages(store::Tx& tx, TerritoryId territory, ShopId shop,
                           const StockLines& lines) {
    const auto all =
        *tx.one<std::int64_t>(kCountSql, {{"territory_id", territory}, {"shop_id", shop}});
    StockAges ages;
    if (all == 0) return ages;
    const std::int64_t old = count_before(tx, territory, shop, lines.doubtful);
    ages.hidden = count_before(tx, territory, shop, lines.hidden);
    ages.doubtful = old - ages.hidden;
    ages.fresh = all - old;
    ages.median_confirmed_at = tx.one<Instant>(
        kMedianSql, {{"territory_id", territory}, {"shop_id", shop}, {"half", (all - 1) / 2}});
    return ages;
}

}  // namespace emplettes::catalogue
