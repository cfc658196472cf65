#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "catalogue/offer.h"
#include "search/rows.h"

namespace emplettes::catalogue {

// How long a figure of stock is believed, by who told it, and what becomes of it then: for a while
// the shop is to be asked, after that the offer is not shown any more. What is made up for a
// demonstration does not age.
struct StockRules {
    std::chrono::days till{1};
    std::chrono::days feed{2};
    std::chrono::days hand{7};
    std::chrono::days import{7};
    std::chrono::days ask{21};  // how long the shop is to be asked

    bool operator==(const StockRules&) const = default;
};
inline constexpr std::int64_t kStockDaysMax = 365;

enum class StockTrust : std::uint8_t { fresh, doubtful, hidden };
std::string_view to_string(StockTrust trust);  // "fresh", as in JSON

// What figures are worth at one moment: never more later than earlier. To the hour, for that is how
// often a whole shelf is gone through: all that is asked within an hour has one answer.
struct StockLines {
    search::ConfirmedBefore doubtful{};  // what was confirmed before, by source
    search::ConfirmedBefore hidden{};

    StockTrust trust(const Stock& stock) const;
};
StockLines stock_lines(const StockRules& rules, Instant now);

inline StockTrust trust(const Stock& stock, const StockRules& rules, Instant now) {
    return stock_lines(rules, now).trust(stock);
}

inline std::int64_t hour_of(Instant now) { return to_unix(now) / 3600; }

}  // namespace emplettes::catalogue
