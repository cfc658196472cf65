#include "orders/statement.h"

#include <algorithm>
#include <unordered_set>

#include "base/check.h"

namespace emplettes::orders {
namespace {

constexpr std::string_view kSelectRequests = R"sql(
    SELECT code, created_at, status,
        price_cents * CASE WHEN status = 'collected' THEN collected ELSE quantity END
    FROM reservation
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND created_at >= :from
        AND created_at < :until
    ORDER BY created_at, reservation_id
    LIMIT :limit
)sql";

void add_request(StatementCounts& counts, const StatementRow& row) {
    ++counts.asked;
    if (row.is_kept) ++counts.kept;
    switch (row.status) {
        case Status::requested:
        case Status::held:
        case Status::ready: ++counts.open; break;
        case Status::collected:
            ++counts.collected;
            counts.collected_value = counts.collected_value + row.value;
            break;
        case Status::declined: ++counts.declined; break;
        case Status::expired: ++counts.expired; break;
        case Status::cancelled: ++counts.cancelled; break;
    }
}

Instant first_moment(std::chrono::year_month month, const Zone& zone) {
    return zone.to_instant(LocalDay{month / 1});
}

}  // namespace

Instant StatementMonth::begins_at() const { return first_moment(month, zone); }
Instant StatementMonth::ends_at() const {
    return first_moment(month + std::chrono::months{1}, zone);
}

Statement sum_up(const std::vector<StatementRow>& rows, const Zone& zone) {
    Statement statement;
    for (const StatementRow& row : rows) {
        const LocalDay day = std::chrono::floor<std::chrono::days>(zone.to_local(row.asked_at));
        add_request(statement.days[day], row);
        add_request(statement.total, row);
    }
    return statement;
}

Statement load_statement(store::Tx& tx, TerritoryId territory, ShopId shop,
                         const StatementMonth& month) {
    auto answers = catalogue::load_answers(tx, territory, shop, month.begins_at(), month.ends_at());
    std::unordered_set<std::string> kept;
    for (const catalogue::ShopAnswer& answer : answers)
        if (answer.is_kept) kept.insert(answer.reservation_code);
    std::vector<StatementRow> rows;
    tx.each<std::string, Instant, std::string, Money>(
        kSelectRequests,
        {{"territory_id", territory},
         {"shop_id", shop},
         {"from", month.begins_at()},
         {"until", month.ends_at()},
         {"limit", kStatementRowsMax}},
        [&](const std::string& code, Instant asked_at, const std::string& word, Money value) {
            const auto status = parse_status(word);
            check(status.has_value());
            // What was handed over was kept, even where nobody tapped that first.
            const bool is_kept = kept.contains(code) || *status == Status::collected;
            rows.push_back(
                {.asked_at = asked_at, .status = *status, .value = value, .is_kept = is_kept});
        });
    Statement statement = sum_up(rows, month.zone);
    statement.answers = std::move(answers);
    statement.is_whole = std::ssize(rows) < kStatementRowsMax;
    return statement;
}

std::optional<std::chrono::minutes> median(std::vector<std::chrono::minutes> values) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    if (values.size() % 2 == 1) return values[middle];
    return (values[middle - 1] + values[middle]) / 2;
}

}  // namespace emplettes::orders
