#include "catalogue/soundness.h"

#include <array>

namespace emplettes::catalogue {
namespace {

// Each counts the rows that refer to nothing.
struct Reference {
    const char* rows;
    const char* sql;
};
constexpr std::array kReferences = {
    Reference{"words of a source about a product that is not there", R"sql(
SELECT COUNT(*) FROM product_text t WHERE t.territory_id = :territory AND NOT EXISTS (
    SELECT 1 FROM product p
    WHERE p.territory_id = t.territory_id AND p.product_id = t.product_id)
)sql"},
    Reference{"publishers' prices of a product that is not there", R"sql(
SELECT COUNT(*) FROM told_price t WHERE t.territory_id = :territory AND NOT EXISTS (
    SELECT 1 FROM product p
    WHERE p.territory_id = t.territory_id AND p.product_id = t.product_id)
)sql"},
    Reference{"pictures of a product that is not there", R"sql(
SELECT COUNT(*) FROM picture t
WHERE t.territory_id = :territory AND t.product_id <> 0 AND NOT EXISTS (
    SELECT 1 FROM product p
    WHERE p.territory_id = t.territory_id AND p.product_id = t.product_id)
)sql"},
    Reference{"pictures of a shop that is not there", R"sql(
SELECT COUNT(*) FROM picture t WHERE t.territory_id = :territory AND NOT EXISTS (
    SELECT 1 FROM shop s WHERE s.territory_id = t.territory_id AND s.shop_id = t.shop_id)
)sql"},
    Reference{"sources of a shelf whose shop is not there", R"sql(
SELECT COUNT(*) FROM shelf_source t WHERE t.territory_id = :territory AND NOT EXISTS (
    SELECT 1 FROM shop s WHERE s.territory_id = t.territory_id AND s.shop_id = t.shop_id)
)sql"},
    Reference{"touches of an offer that is not there", R"sql(
SELECT COUNT(*) FROM shelf_touch t
WHERE t.territory_id = :territory AND t.offer_id <> 0 AND NOT EXISTS (
    SELECT 1 FROM offer o WHERE o.territory_id = t.territory_id AND o.offer_id = t.offer_id)
)sql"},
    Reference{"offers with less than none in stock", R"sql(
SELECT COUNT(*) FROM offer t WHERE t.territory_id = :territory AND (t.stock < 0 OR t.kept < 0)
)sql"},
};
constexpr const char* kTerritories = "SELECT slug, territory_id FROM territory";
constexpr const char* kKept = R"sql(
SELECT offer_id, kept FROM offer WHERE territory_id = :territory AND kept <> 0
)sql";

}  // namespace

std::map<std::string, TerritoryId> load_territories(store::Tx& tx) {
    std::map<std::string, TerritoryId> territories;
    tx.each<std::string, TerritoryId>(
        kTerritories, {}, [&](const std::string& slug, TerritoryId id) { territories[slug] = id; });
    return territories;
}

std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory) {
    std::vector<std::string> found;
    for (const Reference& reference : kReferences) {
        const auto rows =
            tx.one<std::int64_t>(reference.sql, {{"territory", territory}}).value_or(0);
        if (rows > 0) found.push_back(std::to_string(rows) + " " + reference.rows);
    }
    return found;
}

std::map<OfferId, std::int64_t> load_kept(store::Tx& tx, TerritoryId territory) {
    std::map<OfferId, std::int64_t> kept;
    tx.each<OfferId, std::int64_t>(kKept, {{"territory", territory}},
                                   [&](OfferId offer, std::int64_t n) { kept[offer] = n; });
    return kept;
}

}  // namespace emplettes::catalogue
