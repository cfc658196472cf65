#include "catalogue/shop_views.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kAddViews = R"sql(
    INSERT INTO shop_view (territory_id, shop_id, day, shop_pages, product_pages)
    VALUES (:territory_id, :shop_id, :day, :shop_pages, :product_pages)
    ON CONFLICT (territory_id, shop_id, day) DO UPDATE SET
        shop_pages = shop_view.shop_pages + excluded.shop_pages,
        product_pages = shop_view.product_pages + excluded.product_pages
)sql";

constexpr std::string_view kSelectViews = R"sql(
    SELECT day, shop_pages, product_pages
    FROM shop_view
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND day >= :first AND day <= :last
)sql";

constexpr std::string_view kPurgeViews =
    "DELETE FROM shop_view WHERE territory_id = :territory_id AND day < :before";

std::int64_t day_number(LocalDay day) { return day.time_since_epoch().count(); }

}  // namespace

// Null when the book is full.
ViewCounts* ViewBook::find(LocalDay day, ShopId shop) {
    const auto key = std::pair(day, shop);
    if (const auto known = rows_.find(key); known != rows_.end()) return &known->second;
    if (rows_.size() >= kViewRowsMax) return nullptr;
    return &rows_[key];
}

void ViewBook::add_shop_page(LocalDay day, ShopId shop) {
    const std::lock_guard lock(mutex_);
    if (ViewCounts* counts = find(day, shop)) ++counts->shop_pages;
}

void ViewBook::add_product_page(LocalDay day, const std::vector<ShopId>& shops) {
    const std::lock_guard lock(mutex_);
    for (const ShopId shop : shops)
        if (ViewCounts* counts = find(day, shop)) ++counts->product_pages;
}

ViewRows ViewBook::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(rows_, {});
}

void ViewBook::give_back(const ViewRows& taken) {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, counted] : taken) {
        ViewCounts* counts = find(key.first, key.second);
        if (counts == nullptr) continue;
        counts->shop_pages += counted.shop_pages;
        counts->product_pages += counted.product_pages;
    }
}

void write_views(store::Database& database, TerritoryId territory, ViewBook& book) {
    const ViewRows rows = book.take();
    if (rows.empty()) return;
    try {
        database.write([&](store::Tx& tx) {
            for (const auto& [key, counts] : rows)
                tx.run(kAddViews, {{"territory_id", territory},
                                   {"shop_id", key.second},
                                   {"day", day_number(key.first)},
                                   {"shop_pages", counts.shop_pages},
                                   {"product_pages", counts.product_pages}});
        });
    } catch (...) {
        book.give_back(rows);
        throw;
    }
}

std::map<LocalDay, ViewCounts> load_views(store::Tx& tx, TerritoryId territory, ShopId shop,
                                          LocalDay first, LocalDay last) {
    std::map<LocalDay, ViewCounts> views;
    tx.each<std::int64_t, std::int64_t, std::int64_t>(
        kSelectViews,
        {{"territory_id", territory},
         {"shop_id", shop},
         {"first", day_number(first)},
         {"last", day_number(last)}},
        [&](std::int64_t day, std::int64_t shop_pages, std::int64_t product_pages) {
            views[LocalDay(std::chrono::days{day})] = {.shop_pages = shop_pages,
                                                       .product_pages = product_pages};
        });
    return views;
}

std::int64_t purge_views(store::Tx& tx, TerritoryId territory, LocalDay before) {
    return tx.run(kPurgeViews, {{"territory_id", territory}, {"before", day_number(before)}});
}

}  // namespace emplettes::catalogue
