#include "catalogue/shelf/shelf_source.h"

#include "base/json.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kSourceSql =
    "SELECT source_id, shop_id, name, url, mapping, header, store_code, is_whole_shelf, every_s,"
    " next_read_at, last_read_at, failures, last_failure, validator, is_paused FROM shelf_source"
    " WHERE territory_id = :territory";
constexpr const char* kFirstDueSql = R"sql(
    AND every_s > 0 AND is_paused = 0 AND url <> '' AND next_read_at <= :now
    AND NOT EXISTS (SELECT 1 FROM shelf_source AS other
        WHERE other.territory_id = :territory AND other.shop_id = shelf_source.shop_id
            AND other.every_s > 0 AND other.is_paused = 0 AND other.url <> ''
            AND (other.next_read_at < shelf_source.next_read_at
                OR (other.next_read_at = shelf_source.next_read_at
                    AND other.source_id < shelf_source.source_id)))
ORDER BY next_read_at, source_id LIMIT :most
)sql";
constexpr const char* kCountSourcesSql =
    "SELECT COUNT(*) FROM shelf_source WHERE territory_id = :territory AND shop_id = :shop";
constexpr const char* kLeastUsedSql = R"sql(
    AND shop_id = :shop AND (url = '' OR is_paused = 1)
    AND NOT EXISTS (SELECT 1 FROM shelf_import AS import
        WHERE import.territory_id = :territory AND import.shop_id = :shop
            AND import.source_id = shelf_source.source_id
            AND import.status IN ('checking', 'checked', 'running', 'undoing'))
ORDER BY last_read_at, source_id LIMIT 1
)sql";
constexpr const char* kSaveSourceSql = R"sql(
INSERT INTO shelf_source (territory_id, source_id, shop_id, name, url, mapping, header, store_code,
    is_whole_shelf, every_s, next_read_at, last_read_at, failures, last_failure, validator,
    is_paused)
VALUES (:territory, :source, :shop, :name, :url, :mapping, :header, :store_code, :is_whole_shelf,
    :every_s, :next_read_at, :last_read_at, :failures, :last_failure, :validator, :is_paused)
ON CONFLICT (territory_id, source_id) DO UPDATE SET name = excluded.name, url = excluded.url,
    mapping = excluded.mapping, header = excluded.header, store_code = excluded.store_code,
    is_whole_shelf = excluded.is_whole_shelf, every_s = excluded.every_s,
    next_read_at = excluded.next_read_at, last_read_at = excluded.last_read_at,
    failures = excluded.failures, last_failure = excluded.last_failure,
    validator = excluded.validator, is_paused = excluded.is_paused
)sql";
constexpr const char* kPauseSourceSql = R"sql(
UPDATE shelf_source SET is_paused = :is_paused,
    next_read_at = CASE WHEN :is_paused = 0 AND is_paused = 1 THEN :now ELSE next_read_at END
WHERE territory_id = :territory AND source_id = :source AND shop_id = :shop AND url <> ''
)sql";
constexpr const char* kForgetSourceSql =
    "DELETE FROM shelf_source WHERE territory_id = :territory AND source_id = :source";
// Offers are found by their shop: no index knows them by their source.
constexpr const char* kForgetBroughtSql = R"sql(
UPDATE offer SET source_id = 0
WHERE territory_id = :territory AND source_id = :source AND shop_id = (SELECT shop_id
    FROM shelf_source WHERE territory_id = :territory AND source_id = :source)
)sql";

std::vector<ShelfSource> load(store::Tx& tx, const std::string& sql, store::Params params) {
    using Text = std::string;
    std::vector<ShelfSource> sources;
    tx.each<ShelfSourceId, ShopId, Text, Text, Text, Text, Text, std::int64_t, std::int64_t,
            Instant, Instant, std::int64_t, Text, Text, std::int64_t>(
        sql, params,
        [&](ShelfSourceId id, ShopId shop, Text name, Text url, const Text& mapping, Text header,
            Text store_code, std::int64_t is_whole_shelf, std::int64_t every_s,
            Instant next_read_at, Instant last_read_at, std::int64_t failures, Text last_failure,
            Text validator, std::int64_t is_paused) {
            sources.push_back({.id = id,
                               .shop = shop,
                               .name = std::move(name),
                               .url = std::move(url),
                               .mapping = parse_mapping(mapping),
                               .header = std::move(header),
                               .store_code = std::move(store_code),
                               .is_whole_shelf = is_whole_shelf != 0,
                               .every = std::chrono::seconds{every_s},
                               .next_read_at = next_read_at,
                               .last_read_at = last_read_at,
                               .failures = failures,
                               .last_failure = std::move(last_failure),
                               .validator = std::move(validator),
                               .is_paused = is_paused != 0});
        });
    return sources;
}

}  // namespace

void save_source(store::Tx& tx, TerritoryId territory, const ShelfSource& source) {
    tx.run(kSaveSourceSql, {{"territory", territory},
                            {"source", source.id},
                            {"shop", source.shop},
                            {"name", source.name},
                            {"url", source.url},
                            {"mapping", to_text(source.mapping)},
                            {"header", source.header},
                            {"store_code", source.store_code},
                            {"is_whole_shelf", source.is_whole_shelf},
                            {"every_s", source.every.count()},
                            {"next_read_at", source.next_read_at},
                            {"last_read_at", source.last_read_at},
                            {"failures", source.failures},
                            {"last_failure", source.last_failure},
                            {"validator", source.validator},
                            {"is_paused", source.is_paused}});
}

std::optional<ShelfSource> find_source(store::Tx& tx, TerritoryId territory, ShelfSourceId id) {
    auto found = load(tx, std::string(kSourceSql) + " AND source_id = :source",
                      {{"territory", territory}, {"source", id}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<ShelfSource> load_sources(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return load(tx, std::string(kSourceSql) + " AND shop_id = :shop ORDER BY source_id LIMIT :most",
                {{"territory", territory}, {"shop", shop}, {"most", kSourcesOfShopMax}});
}

std::int64_t count_sources(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return *tx.one<std::int64_t>(kCountSourcesSql, {{"territory", territory}, {"shop", shop}});
}

std::optional<ShelfSource> find_least_used_source(store::Tx& tx, TerritoryId territory,
                                                  ShopId shop) {
    auto found = load(tx, std::string(kSourceSql) + kLeastUsedSql,
                      {{"territory", territory}, {"shop", shop}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<ShelfSource> load_due_sources(store::Tx& tx, TerritoryId territory, Instant now,
                                          int limit) {
    return load(tx, std::string(kSourceSql) + kFirstDueSql,
                {{"territory", territory}, {"now", now}, {"most", limit}});
}

bool pause_source(store::Tx& tx, TerritoryId territory, const SourcePause& pause) {
    return tx.run(kPauseSourceSql, {{"territory", territory},
                                    {"source", pause.source},
                                    {"shop", pause.shop},
                                    {"is_paused", pause.is_paused},
                                    {"now", pause.now}}) == 1;
}

void forget_source(store::Tx& tx, TerritoryId territory, ShelfSourceId id) {
    tx.run(kForgetBroughtSql, {{"territory", territory}, {"source", id}});
    tx.run(kForgetSourceSql, {{"territory", territory}, {"source", id}});
}

std::string to_text(const FeedMapping& mapping) {
    Json json = Json::object();
    for (const auto& [column, field] : mapping) json[column] = to_string(field);
    return json.dump();
}

FeedMapping parse_mapping(std::string_view text) {
    FeedMapping mapping;
    const Json json = parse_json(text);
    if (!json.is_object()) return mapping;
    for (const auto& [column, field] : json.items())
        if (const auto known = parse_shelf_field(field.get<std::string>()))
            mapping.emplace(column, *known);
    return mapping;
}

}  // namespace emplettes::catalogue
