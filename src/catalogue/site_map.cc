#include "catalogue/site_map.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kPartsSql =
    "SELECT product_id FROM (SELECT product_id, ROW_NUMBER() OVER (ORDER BY product_id) AS number"
    " FROM product WHERE territory_id = :territory_id) AS numbered"
    " WHERE (number - 1) % :part = 0 ORDER BY product_id";
constexpr const char* kPartSql =
    "SELECT product_id, updated_at FROM (SELECT product_id, updated_at FROM product"
    " WHERE territory_id = :territory_id AND product_id >= :first ORDER BY product_id LIMIT :part)"
    " AS of_part WHERE EXISTS (SELECT 1 FROM offer WHERE offer.territory_id = :territory_id"
    " AND offer.product_id = of_part.product_id AND withdrawn_at = 0) ORDER BY product_id";

}  // namespace

std::vector<ProductId> load_site_map_parts(store::Tx& tx, TerritoryId territory,
                                           std::int64_t part) {
    return tx.all<ProductId>(kPartsSql, {{"territory_id", territory}, {"part", part}});
}

std::vector<MappedProduct> load_site_map_part(store::Tx& tx, TerritoryId territory, ProductId first,
                                              std::int64_t part) {
    std::vector<MappedProduct> products;
    tx.each<ProductId, Instant>(kPartSql,
                                {{"territory_id", territory}, {"first", first}, {"part", part}},
                                [&](ProductId id, Instant updated_at) {
                                    products.push_back({.id = id, .updated_at = updated_at});
                                });
    return products;
}

}  // namespace emplettes::catalogue
