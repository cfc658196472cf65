#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/money.h"
#include "base/zone.h"
#include "catalogue/shop_record.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// What became of a shop's requests in a month.

inline constexpr std::int64_t kStatementRowsMax = 20'000;

struct StatementCounts {
    std::int64_t asked = 0;
    std::int64_t kept = 0;  // the shop said yes, whatever came of it
    std::int64_t collected = 0;
    std::int64_t declined = 0;
    std::int64_t expired = 0;
    std::int64_t cancelled = 0;
    std::int64_t open = 0;  // still on their way
    Money collected_value;

    bool operator==(const StatementCounts&) const = default;
};

// A request as it counts: nothing about who asked.
struct StatementRow {
    Instant asked_at;
    Status status = Status::requested;
    Money value;
    bool is_kept = false;
};

struct Statement {
    StatementCounts total;
    std::map<LocalDay, StatementCounts> days;  // by the day on which it was asked
    std::vector<catalogue::ShopAnswer> answers;
    bool is_whole = true;  // false: there were more than kStatementRowsMax
};

// A calendar month of the territory, from its first midnight to the next one's.
struct StatementMonth {
    std::chrono::year_month month;
    Zone zone;

    Instant begins_at() const;
    Instant ends_at() const;
};

// The pure part: sums of the rows, by day and in all.
Statement sum_up(const std::vector<StatementRow>& rows, const Zone& zone);

Statement load_statement(store::Tx& tx, TerritoryId territory, ShopId shop,
                         const StatementMonth& month);

// The value in the middle; of an even number the mean of the two, rounded down. None of none.
std::optional<std::chrono::minutes> median(std::vector<std::chrono::minutes> values);

}  // namespace emplettes::orders
