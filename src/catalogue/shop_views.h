#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/zone.h"
#include "store/database.h"

namespace emplettes::catalogue {

// How often shops are looked at, counted by day without those who look.

struct ViewCounts {
    std::int64_t shop_pages = 0;
    std::int64_t product_pages = 0;  // of things that the shop offers

    bool operator==(const ViewCounts&) const = default;
};
using ViewRows = std::map<std::pair<LocalDay, ShopId>, ViewCounts>;
// Days and shops in one book; what comes later is not counted until it is written down.
inline constexpr std::size_t kViewRowsMax = 50'000;
inline constexpr std::chrono::days kViewsKept{396};  // thirteen months, as questions

// Counts in memory until somebody writes it down. Thread-safe, bounded.
class ViewBook {
  public:
    void add_shop_page(LocalDay day, ShopId shop);
    void add_product_page(LocalDay day, const std::vector<ShopId>& shops);  // each once
    // What was counted since the last call.
    ViewRows take();
    // Of a take() that could not be written.
    void give_back(const ViewRows& taken);

  private:
    ViewCounts* find(LocalDay day, ShopId shop);

    std::mutex mutex_;
    ViewRows rows_;
};

// Takes what was counted and writes it down; gives it back when that fails, and throws. For one
// thread at a time.
void write_views(store::Database& database, TerritoryId territory, ViewBook& book);
// From the first day to the last one, both included; days without a view are left out.
std::map<LocalDay, ViewCounts> load_views(store::Tx& tx, TerritoryId territory, ShopId shop,
                                          LocalDay first, LocalDay last);
// Returns how many rows went.
std::int64_t purge_views(store::Tx& tx, TerritoryId territory, LocalDay before);

}  // namespace emplettes::catalogue
