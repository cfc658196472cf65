#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
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

// What somebody found on the shelf, who looked.
struct ShelfLook {
    ShopId shop;
    OfferId offer;
    std::optional<std::int64_t> counted;  // with what is kept; without: still as it was
    Instant now;
};
enum class LookError : std::uint8_t { unknown_offer, quantity_out_of_range };
// The offer after it, confirmed by hand as of now; twice is as once. Writes the news.
Result<Offer, LookError> confirm_stock(store::Tx& tx, TerritoryId territory, const ShelfLook& look);

}  // namespace emplettes::catalogue
