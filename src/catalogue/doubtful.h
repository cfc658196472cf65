#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "catalogue/offer.h"
#include "catalogue/stock_age.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// "Still true?": what one shop promises and has not confirmed for so long that it is in doubt or
// not shown any more. What is sold out promises nothing and is left out everywhere here.

struct DoubtfulOffer {
    Offer offer;
    std::string title;
    std::string maker;
    std::int64_t kept = 0;  // for people, beside the stock: they stand in the shop together
    StockTrust trust = StockTrust::doubtful;
};
inline constexpr std::int64_t kDoubtfulMax = 100;  // of one answer

// Oldest first; at most `limit` (<= kDoubtfulMax).
std::vector<DoubtfulOffer> load_doubtful(store::Tx& tx, TerritoryId territory, ShopId shop,
                                         const StockLines& lines, std::int64_t limit);

// How old what a shop promises is.
struct StockAges {
    std::int64_t fresh = 0;
    std::int64_t doubtful = 0;
    std::int64_t hidden = 0;
    std::optional<Instant> median_confirmed_at;  // none where nothing is promised

    std::int64_t to_check() const { return doubtful + hidden; }
    bool operator==(const StockAges&) const = default;
};
StockAges count_stock_ages(store::Tx& tx, TerritoryId territory, ShopId shop,
                           const StockLines& lines);

}  // namespace emplettes::catalogue
