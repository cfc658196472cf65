#include "catalogue/shelf/shelf_import.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 8> kStatuses{"checking", "checked", "running", "done",
                                                    "undoing",  "undone",  "failed",  "discarded"};

constexpr int kImportRestGrowth = 4;

constexpr const char* kImportSql =
    "SELECT import_id, source_id, shop_id, account_id, status, file_name, file_sha256, bytes,"
    " mapping, store_code, is_whole_shelf, runs_by_itself, made_at, rows_done, rows_total, report,"
    " outcome, failure, attempts, retry_at, failed_at, created_at, changed_at FROM shelf_import"
    " WHERE territory_id = :territory";
// The same columns, without what is large.
constexpr const char* kListedSql =
    "SELECT import_id, source_id, shop_id, account_id, status, file_name, file_sha256, bytes,"
    " '', store_code, is_whole_shelf, runs_by_itself, made_at, rows_done, rows_total, '',"
    " outcome, failure, attempts, retry_at, failed_at, created_at, changed_at FROM shelf_import"
    " WHERE territory_id = :territory AND shop_id = :shop"
    " AND import_id < :before";
constexpr const char* kAddImportSql = R"sql(
INSERT INTO shelf_import (territory_id, import_id, source_id, shop_id, account_id, status,
    file_name, file_sha256, bytes, mapping, store_code, is_whole_shelf, runs_by_itself, made_at,
    rows_done, rows_total, report, outcome, failure, attempts, created_at, changed_at)
VALUES (:territory, :import, :source, :shop, :account, 'checking', :file_name, :file_sha256,
    :bytes, :mapping, :store_code, :is_whole_shelf, :runs_by_itself, :made_at, 0, 0, '', '', '', 0,
    :created_at, :created_at)
)sql";
constexpr const char* kWaitingSql =
    "SELECT import_id FROM shelf_import WHERE territory_id = :territory"
    " AND status IN ('checking', 'running', 'undoing') AND retry_at <= :now"
    " ORDER BY import_id LIMIT :most";
constexpr const char* kCountWaitingSql =
    "SELECT COUNT(*) FROM shelf_import WHERE territory_id = :territory AND shop_id = :shop"
    " AND runs_by_itself = 0 AND status IN ('checking', 'checked', 'running', 'undoing')";
constexpr const char* kStepSql =
    "UPDATE shelf_import SET status = :next, rows_done = 0, attempts = 0, failure = '',"
    " retry_at = 0, failed_at = '', changed_at = :now WHERE territory_id = :territory AND "
    "import_id = :import"
    " AND status = :status";
constexpr const char* kGoOnAgainSql =
    "UPDATE shelf_import SET status = failed_at, failed_at = '', attempts = 0, failure = '',"
    " retry_at = 0, changed_at = :now WHERE territory_id = :territory AND import_id = :import"
    " AND status = 'failed' AND failed_at <> ''";
constexpr const char* kTotalOfUndoingSql = R"sql(
UPDATE shelf_import SET rows_total = (SELECT COUNT(*) FROM import_change
    WHERE territory_id = :territory AND import_id = :import)
WHERE territory_id = :territory AND import_id = :import
)sql";
constexpr const char* kReadingSql =
    "UPDATE shelf_import SET mapping = :mapping, store_code = :store_code,"
    " is_whole_shelf = :is_whole_shelf, runs_by_itself = 0, rows_total = 0, report = ''"
    " WHERE territory_id = :territory AND import_id = :import";
constexpr const char* kSaveCheckSql = R"sql(
UPDATE shelf_import SET status = :next, rows_total = :rows_total, report = :report,
    failure = :failure, attempts = 0, changed_at = :now
WHERE territory_id = :territory AND import_id = :import AND status = 'checking'
)sql";
constexpr const char* kProgressSql = R"sql(
UPDATE shelf_import SET status = :next, rows_done = :rows_after, outcome = :outcome, attempts = 0,
    failure = '', changed_at = :now
WHERE territory_id = :territory AND import_id = :import AND status = :status
    AND rows_done = :rows_before
)sql";
constexpr const char* kFailureSql = R"sql(
UPDATE shelf_import SET failure = :failure, attempts = attempts + 1, retry_at = :retry_at,
    failed_at = CASE WHEN :is_final = 1 OR attempts + 1 >= :attempts_max THEN status ELSE '' END,
    status = CASE WHEN :is_final = 1 OR attempts + 1 >= :attempts_max THEN 'failed' ELSE status END,
    changed_at = :now
WHERE territory_id = :territory AND import_id = :import
    AND status IN ('checking', 'running', 'undoing')
)sql";
// Of an address's readings all but the last one go soon, unless they wait for somebody's word. What
// is half forgotten must not be undone by halves: it is discarded first.
constexpr const char* kForgettingSql = R"sql(
UPDATE shelf_import SET status = 'discarded'
WHERE territory_id = :territory AND import_id IN (SELECT import_id FROM shelf_import AS old
WHERE territory_id = :territory AND status NOT IN ('checking', 'running', 'undoing')
    AND (changed_at < :before OR (changed_at < :readings_before AND status <> 'checked'
        AND EXISTS (SELECT 1 FROM shelf_source WHERE territory_id = :territory
            AND source_id = old.source_id AND url <> '')
        AND EXISTS (SELECT 1 FROM shelf_import AS newer WHERE newer.territory_id = :territory
            AND newer.shop_id = old.shop_id AND newer.source_id = old.source_id
            AND newer.import_id > old.import_id)))
ORDER BY import_id LIMIT :most)
RETURNING import_id
)sql";
constexpr const char* kDiscardWaitingSql =
    "UPDATE shelf_import SET status = 'discarded', changed_at = :now"
    " WHERE territory_id = :territory AND status = 'checked' AND source_id = :source"
    " AND import_id < :newest";
constexpr const char* kHeldSql = R"sql(
SELECT held.source_id, held.import_id, held.shop_id, source.name FROM shelf_import AS held
JOIN shelf_source AS source ON source.territory_id = held.territory_id
    AND source.source_id = held.source_id
WHERE held.territory_id = :territory AND held.status = 'checked' AND held.runs_by_itself = 1
    AND held.created_at > source.held_told_at AND source.held_told_at <= :told_before
ORDER BY held.import_id LIMIT :most
)sql";
constexpr const char* kTakeHeldSql = R"sql(
UPDATE shelf_source SET held_told_at = :now
WHERE territory_id = :territory AND source_id = :source
    AND held_told_at < (SELECT created_at FROM shelf_import
        WHERE territory_id = :territory AND import_id = :import)
)sql";
// By the key's order: however many there are, and however many went before, each is read once.
constexpr const char* kForgetChangesSql = R"sql(
DELETE FROM import_change
WHERE territory_id = :territory AND import_id = :import AND product_id >= :from_product
    AND product_id <= (SELECT MAX(product_id) FROM (SELECT product_id FROM import_change
        WHERE territory_id = :territory AND import_id = :import AND product_id >= :from_product
        ORDER BY product_id, condition LIMIT :most) AS next)
RETURNING product_id
)sql";
// A product has three conditions at most: so many more may be of the last one.
constexpr std::size_t kChangesForgottenAtOnce = kRowsPerTransaction - 2;
constexpr const char* kForgetImportSql =
    "DELETE FROM shelf_import WHERE territory_id = :territory AND import_id = :import";

constexpr const char* kCountLeftSql =
    "SELECT COUNT(*) FROM import_change WHERE territory_id = :territory AND import_id = :import"
    " AND state = 'left'";
constexpr const char* kLeftSql = R"sql(
SELECT offer_id, import_change.product_id, title FROM import_change
JOIN product ON product.territory_id = import_change.territory_id
    AND product.product_id = import_change.product_id
WHERE import_change.territory_id = :territory AND import_id = :import AND state = 'left'
ORDER BY import_change.product_id, condition LIMIT :most
)sql";

ImportStatus parse_status(std::string_view word) {
    const auto found = std::find(kStatuses.begin(), kStatuses.end(), word);
    check(found != kStatuses.end());
    return static_cast<ImportStatus>(found - kStatuses.begin());
}

std::vector<ShelfImport> load_some(store::Tx& tx, const std::string& sql, store::Params params) {
    using Text = std::string;
    using Number = std::int64_t;
    std::vector<ShelfImport> imports;
    tx.each<ShelfImportId, ShelfSourceId, ShopId, AccountId, Text, Text, Text, Number, Text, Text,
            Number, Number, Instant, Number, Number, Text, Text, Text, Number, Instant, Text,
            Instant, Instant>(
        sql, params,
        [&](ShelfImportId id, ShelfSourceId source, ShopId shop, AccountId account,
            const Text& status, Text file_name, Text sha256, Number bytes, const Text& mapping,
            Text store_code, Number is_whole_shelf, Number runs_by_itself, Instant made_at,
            Number rows_done, Number rows_total, const Text& report, const Text& outcome,
            Text failure, Number attempts, Instant retry_at, const Text& failed_at,
            Instant created_at, Instant changed_at) {
            imports.push_back({.id = id,
                               .source = source,
                               .shop = shop,
                               .account = account,
                               .status = parse_status(status),
                               .file_name = std::move(file_name),
                               .file_sha256 = std::move(sha256),
                               .bytes = bytes,
                               .mapping = parse_mapping(mapping),
                               .store_code = std::move(store_code),
                               .is_whole_shelf = is_whole_shelf != 0,
                               .runs_by_itself = runs_by_itself != 0,
                               .made_at = made_at,
                               .rows_done = rows_done,
                               .rows_total = rows_total,
                               .report = parse_report(report),
                               .outcome = parse_counts(outcome),
                               .failure = std::move(failure),
                               .attempts = attempts,
                               .retry_at = retry_at,
                               .failed_at = failed_at.empty()
                                                ? std::nullopt
                                                : std::optional(parse_status(failed_at)),
                               .created_at = created_at,
                               .changed_at = changed_at});
        });
    return imports;
}

struct StatusStep {
    ImportStatus from;
    ImportStatus to;
};

bool take_step(store::Tx& tx, TerritoryId territory, const ImportStep& step, StatusStep status) {
    return tx.run(kStepSql, {{"territory", territory},
                             {"import", step.import},
                             {"status", to_string(status.from)},
                             {"next", to_string(status.to)},
                             {"now", step.now}}) == 1;
}

// The import, when it is this shop's and stands where it must.
Result<ShelfImport, ImportStepError> standing_at(store::Tx& tx, TerritoryId territory,
                                                 const ImportStep& step, ImportStatus status) {
    auto import = find_import(tx, territory, step.import);
    if (!import || import->shop != step.shop) return ImportStepError::unknown_import;
    if (import->status != status) return ImportStepError::not_now;
    return std::move(*import);
}

Result<Done, ImportStepError> done_if(bool is_done) {
    if (!is_done) return ImportStepError::not_now;
    return Done{};
}

}  // namespace

std::string_view to_string(ImportStatus status) {
    return kStatuses.at(static_cast<std::size_t>(status));
}

bool is_at_work(ImportStatus status) {
    return status == ImportStatus::checking || status == ImportStatus::running ||
           status == ImportStatus::undoing;
}

std::chrono::seconds rest_after(std::int64_t faults) {
    std::chrono::seconds rest = kImportRestFirst;
    for (std::int64_t i = 1; i < faults && rest < kImportRestMost; ++i) rest *= kImportRestGrowth;
    return std::min<std::chrono::seconds>(rest, kImportRestMost);
}

void add_import(store::Tx& tx, TerritoryId territory, const ShelfImport& import) {
    tx.run(kAddImportSql, {{"territory", territory},
                           {"import", import.id},
                           {"source", import.source},
                           {"shop", import.shop},
                           {"account", import.account},
                           {"file_name", import.file_name},
                           {"file_sha256", import.file_sha256},
                           {"bytes", import.bytes},
                           {"mapping", to_text(import.mapping)},
                           {"store_code", import.store_code},
                           {"is_whole_shelf", import.is_whole_shelf},
                           {"runs_by_itself", import.runs_by_itself},
                           {"made_at", import.made_at},
                           {"created_at", import.created_at}});
}

std::optional<ShelfImport> find_import(store::Tx& tx, TerritoryId territory, ShelfImportId id) {
    auto found = load_some(tx, std::string(kImportSql) + " AND import_id = :import",
                           {{"territory", territory}, {"import", id}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<ShelfImport> load_imports(store::Tx& tx, TerritoryId territory, ShopId shop,
                                      int limit) {
    return load_some(
        tx, std::string(kImportSql) + " AND shop_id = :shop ORDER BY import_id DESC LIMIT :most",
        {{"territory", territory}, {"shop", shop}, {"most", limit}});
}

std::vector<ShelfImport> list_imports(store::Tx& tx, TerritoryId territory,
                                      const ImportsAsked& asked) {
    constexpr auto kNewest = std::numeric_limits<std::int64_t>::max();
    const std::string going_on =
        asked.is_going_on ? " AND status IN ('checking', 'checked', 'running', 'undoing')" : "";
    return load_some(tx,
                     std::string(kListedSql) + going_on + " ORDER BY import_id DESC LIMIT :most",
                     {{"territory", territory},
                      {"shop", asked.shop},
                      {"before", asked.before.value == 0 ? kNewest : asked.before.value},
                      {"most", asked.limit}});
}

std::optional<ShelfImport> find_last_import(store::Tx& tx, TerritoryId territory,
                                            const ShelfSource& source) {
    auto found =
        load_some(tx,
                  std::string(kImportSql) +
                      " AND shop_id = :shop AND source_id = :source"
                      " ORDER BY import_id DESC LIMIT 1",
                  {{"territory", territory}, {"shop", source.shop}, {"source", source.id}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void discard_waiting(store::Tx& tx, TerritoryId territory, const NewestImport& newest) {
    tx.run(kDiscardWaitingSql, {{"territory", territory},
                                {"source", newest.source},
                                {"newest", newest.import},
                                {"now", newest.now}});
}

std::int64_t count_waiting_files(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return *tx.one<std::int64_t>(kCountWaitingSql, {{"territory", territory}, {"shop", shop}});
}

std::vector<ShelfImportId> load_waiting_imports(store::Tx& tx, TerritoryId territory, Instant now,
                                                int limit) {
    return tx.all<ShelfImportId>(kWaitingSql,
                                 {{"territory", territory}, {"now", now}, {"most", limit}});
}

Result<Done, ImportStepError> start_import(store::Tx& tx, TerritoryId territory,
                                           const ImportStep& step, bool is_confirmed) {
    const auto import = standing_at(tx, territory, step, ImportStatus::checked);
    if (!import) return import.error();
    if (import->report.doubt != ImportDoubt::none && !is_confirmed)
        return ImportStepError::needs_confirmation;
    return done_if(take_step(tx, territory, step, {ImportStatus::checked, ImportStatus::running}));
}

Result<Done, ImportStepError> discard_import(store::Tx& tx, TerritoryId territory,
                                             const ImportStep& step) {
    const auto import = standing_at(tx, territory, step, ImportStatus::checked);
    if (!import) return import.error();
    return done_if(
        take_step(tx, territory, step, {ImportStatus::checked, ImportStatus::discarded}));
}

Result<Done, ImportStepError> start_undoing(store::Tx& tx, TerritoryId territory,
                                            const ImportStep& step) {
    auto from = ImportStatus::done;
    auto import = standing_at(tx, territory, step, from);
    if (!import && import.error() == ImportStepError::not_now) {
        from = ImportStatus::failed;
        import = standing_at(tx, territory, step, from);
    }
    if (!import) return import.error();
    if (!take_step(tx, territory, step, {from, ImportStatus::undoing}))
        return ImportStepError::not_now;
    tx.run(kTotalOfUndoingSql, {{"territory", territory}, {"import", step.import}});
    return Done{};
}

Result<Done, ImportStepError> go_on_again(store::Tx& tx, TerritoryId territory,
                                          const ImportStep& step) {
    const auto import = standing_at(tx, territory, step, ImportStatus::failed);
    if (!import) return import.error();
    return done_if(tx.run(kGoOnAgainSql,
                          {{"territory", territory}, {"import", step.import}, {"now", step.now}}) ==
                   1);
}

Result<Done, ImportStepError> check_again(store::Tx& tx, TerritoryId territory,
                                          const ImportStep& step, const ImportReading& reading) {
    auto from = ImportStatus::checked;
    auto import = standing_at(tx, territory, step, from);
    if (!import && import.error() == ImportStepError::not_now) {
        from = ImportStatus::failed;
        import = standing_at(tx, territory, step, from);
        if (import && !import->report.failure) return ImportStepError::not_now;  // it has run
    }
    if (!import) return import.error();
    if (!take_step(tx, territory, step, {from, ImportStatus::checking}))
        return ImportStepError::not_now;
    tx.run(kReadingSql, {{"territory", territory},
                         {"import", step.import},
                         {"mapping", to_text(reading.mapping)},
                         {"store_code", reading.store_code},
                         {"is_whole_shelf", reading.is_whole_shelf}});
    if (auto source = find_source(tx, territory, import->source)) {
        source->mapping = reading.mapping;
        source->store_code = reading.store_code;
        source->is_whole_shelf = reading.is_whole_shelf;
        save_source(tx, territory, *source);
    }
    return Done{};
}

std::vector<ShelfImportId> begin_forgetting(store::Tx& tx, TerritoryId territory,
                                            const OldImports& old) {
    return tx.all<ShelfImportId>(kForgettingSql,
                                 {{"territory", territory},
                                  {"before", old.before},
                                  {"readings_before", old.before + kImportKept - kReadingKept},
                                  {"most", old.limit}});
}

std::optional<ProductId> forget_changes(store::Tx& tx, TerritoryId territory, ShelfImportId import,
                                        ProductId from) {
    const auto forgotten =
        tx.all<ProductId>(kForgetChangesSql, {{"territory", territory},
                                              {"import", import},
                                              {"from_product", from},
                                              {"most", kChangesForgottenAtOnce}});
    if (forgotten.size() < kChangesForgottenAtOnce) return std::nullopt;
    return *std::max_element(forgotten.begin(), forgotten.end());
}

void forget_import(store::Tx& tx, TerritoryId territory, ShelfImportId import) {
    tx.run(kForgetImportSql, {{"territory", territory}, {"import", import}});
}

std::int64_t count_left(store::Tx& tx, TerritoryId territory, ShelfImportId import) {
    return *tx.one<std::int64_t>(kCountLeftSql, {{"territory", territory}, {"import", import}});
}

std::vector<LeftOffer> load_left(store::Tx& tx, TerritoryId territory, ShelfImportId import,
                                 int limit) {
    std::vector<LeftOffer> left;
    tx.each<OfferId, ProductId, std::string>(
        kLeftSql, {{"territory", territory}, {"import", import}, {"most", limit}},
        [&](OfferId offer, ProductId product, std::string title) {
            left.push_back({offer, product, std::move(title)});
        });
    return left;
}

std::vector<HeldReading> load_held_readings(store::Tx& tx, TerritoryId territory,
                                            Instant told_before, int limit) {
    std::vector<HeldReading> held;
    tx.each<ShelfSourceId, ShelfImportId, ShopId, std::string>(
        kHeldSql, {{"territory", territory}, {"told_before", told_before}, {"most", limit}},
        [&](ShelfSourceId source, ShelfImportId import, ShopId shop, std::string name) {
            held.push_back(
                {.source = source, .import = import, .shop = shop, .name = std::move(name)});
        });
    return held;
}

bool take_held_reading(store::Tx& tx, TerritoryId territory, const HeldReading& held, Instant now) {
    return tx.run(kTakeHeldSql, {{"territory", territory},
                                 {"source", held.source},
                                 {"import", held.import},
                                 {"now", now}}) == 1;
}

bool save_check(store::Tx& tx, TerritoryId territory, const ShelfImport& import) {
    return tx.run(kSaveCheckSql, {{"territory", territory},
                                  {"import", import.id},
                                  {"next", to_string(import.status)},
                                  {"rows_total", import.rows_total},
                                  {"report", to_text(import.report)},
                                  {"failure", import.failure},
                                  {"now", import.changed_at}}) == 1;
}

bool save_progress(store::Tx& tx, TerritoryId territory, const ImportProgressed& progressed) {
    return tx.run(kProgressSql, {{"territory", territory},
                                 {"import", progressed.import},
                                 {"status", to_string(progressed.status)},
                                 {"next", to_string(progressed.next)},
                                 {"rows_before", progressed.rows_before},
                                 {"rows_after", progressed.rows_after},
                                 {"outcome", to_text(progressed.outcome)},
                                 {"now", progressed.now}}) == 1;
}

void save_failure(store::Tx& tx, TerritoryId territory, const ImportFailed& failed) {
    tx.run(kFailureSql, {{"territory", territory},
                         {"import", failed.import},
                         {"failure", failed.failure},
                         {"is_final", failed.is_final},
                         {"attempts_max", kImportAttemptsMax},
                         {"retry_at", failed.retry_at},
                         {"now", failed.now}});
}

}  // namespace emplettes::catalogue
