#include "campaign/count.h"

#include <map>

#include "base/check.h"

namespace emplettes::campaign {
namespace {

constexpr std::int64_t kShards = 16;

constexpr std::string_view kEnter = R"sql(
    INSERT INTO count_entry (territory_id, pledge_id, entry_id, change, amount, batch_id,
                             entered_at)
    VALUES (:territory, :pledge, :entry, :change, :amount, :batch, :now)
)sql";
constexpr std::string_view kAddToShard = R"sql(
    INSERT INTO count_shard (territory_id, pledge_id, shard, confirmed, withdrawn, refused)
    VALUES (:territory, :pledge, :shard, :confirmed, :withdrawn, :refused)
    ON CONFLICT (territory_id, pledge_id, shard) DO UPDATE SET
        confirmed = count_shard.confirmed + excluded.confirmed,
        withdrawn = count_shard.withdrawn + excluded.withdrawn,
        refused = count_shard.refused + excluded.refused
)sql";
constexpr std::string_view kCount = R"sql(
    SELECT CAST(COALESCE(SUM(confirmed), 0) AS BIGINT), CAST(COALESCE(SUM(withdrawn), 0) AS BIGINT),
           CAST(COALESCE(SUM(refused), 0) AS BIGINT)
    FROM count_shard WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kPaper = R"sql(
    SELECT CAST(COALESCE(SUM(signatures), 0) AS BIGINT) FROM paper_sheet
    WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kDays = R"sql(
    SELECT entered_at / 86400, change, CAST(SUM(ABS(amount)) AS BIGINT) FROM count_entry
    WHERE territory_id = :territory AND pledge_id = :pledge
    GROUP BY entered_at / 86400, change
)sql";
constexpr std::string_view kInsertSheet = R"sql(
    INSERT INTO paper_sheet (territory_id, pledge_id, sheet_id, signatures, proof, added_by,
                             added_at)
    VALUES (:territory, :pledge, :sheet, :signatures, :proof, :added_by, :now)
)sql";

std::int64_t amount_of(const CountEntry& entry) {
    const bool is_more = entry.change == Change::confirmed || entry.change == Change::restored;
    return is_more ? entry.signatures : -entry.signatures;
}

// The entries of the ledger's rows in Count.
Count as_count(const CountEntry& entry) {
    switch (entry.change) {
        case Change::confirmed: return {.confirmed = entry.signatures};
        case Change::withdrawn: return {.withdrawn = entry.signatures};
        case Change::refused: return {.refused = entry.signatures};
        case Change::restored: return {.refused = -entry.signatures};
    }
    check(false);
    return {};
}

void add_to_day(CountedDay& day, std::string_view change, std::int64_t signatures) {
    if (change == to_string(Change::confirmed)) day.confirmed = signatures;
    if (change == to_string(Change::withdrawn)) day.withdrawn = signatures;
    if (change == to_string(Change::refused)) day.refused = signatures;
    if (change == to_string(Change::restored)) day.restored = signatures;
}

}  // namespace

std::string_view to_string(Change change) {
    switch (change) {
        case Change::confirmed: return "confirmed";
        case Change::withdrawn: return "withdrawn";
        case Change::refused: return "refused";
        case Change::restored: return "restored";
    }
    check(false);
    return {};
}

void enter_count(store::Tx& tx, const CountContext& context, const CountEntry& entry) {
    check(entry.signatures > 0);
    const auto id = context.ids.next<Id<struct CountEntryTag>>();
    tx.run(kEnter, {{"territory", context.territory},
                    {"pledge", context.pledge},
                    {"entry", id},
                    {"change", to_string(entry.change)},
                    {"amount", amount_of(entry)},
                    {"batch", entry.batch},
                    {"now", context.now}});
    const Count change = as_count(entry);
    tx.run(kAddToShard, {{"territory", context.territory},
                         {"pledge", context.pledge},
                         {"shard", id.value % kShards},
                         {"confirmed", change.confirmed},
                         {"withdrawn", change.withdrawn},
                         {"refused", change.refused}});
}

Count load_count(store::Tx& tx, TerritoryId territory, PledgeId pledge) {
    const auto sums = tx.one<std::int64_t, std::int64_t, std::int64_t>(
        kCount, {{"territory", territory}, {"pledge", pledge}});
    const auto [confirmed, withdrawn, refused] = sums.value();
    const auto paper = tx.one<std::int64_t>(kPaper, {{"territory", territory}, {"pledge", pledge}});
    return {
        .confirmed = confirmed, .withdrawn = withdrawn, .refused = refused, .paper = paper.value()};
}

std::vector<CountedDay> load_counted_days(store::Tx& tx, TerritoryId territory, PledgeId pledge) {
    std::map<std::int64_t, CountedDay> days;
    tx.each<std::int64_t, std::string, std::int64_t>(
        kDays, {{"territory", territory}, {"pledge", pledge}},
        [&](std::int64_t number, const std::string& change, std::int64_t signatures) {
            CountedDay& day = days[number];
            day.day = number;
            add_to_day(day, change, signatures);
        });
    std::vector<CountedDay> list;
    for (const auto& [number, day] : days) list.push_back(day);
    return list;
}

void add_paper(store::Tx& tx, const CountContext& context, const PaperSheet& sheet) {
    tx.run(kInsertSheet, {{"territory", context.territory},
                          {"pledge", context.pledge},
                          {"sheet", context.ids.next<Id<struct PaperSheetTag>>()},
                          {"signatures", sheet.signatures},
                          {"proof", sheet.proof},
                          {"added_by", sheet.added_by},
                          {"now", context.now}});
}

}  // namespace emplettes::campaign
