#pragma once
#include <chrono>
#include <cstdint>

#include "base/clock.h"
#include "base/id.h"
#include "catalogue/offer.h"
#include "catalogue/shop_record.h"
#include "catalogue/stock_age.h"
#include "store/tx.h"

namespace emplettes::orders {

// A shop whose till tells its stock and that has hardly ever refused what it showed need not be
// asked: what is reserved there is kept at once, and the shop is told.
struct TrustRule {
    std::int64_t answers_min = 20;  // that it gave within `recent`
    std::int64_t refused_max_percent = 5;
    std::chrono::days recent{90};
};

// The pure rule.
bool is_trusted(const catalogue::AnswerCounts& counts, const TrustRule& rule);

// Whether a shop keeps this stock without being asked, as things are at `now`.
bool keeps_by_itself(store::Tx& tx, TerritoryId territory, const catalogue::Offer& offer,
                     const catalogue::StockLines& lines, Instant now);

}  // namespace emplettes::orders
