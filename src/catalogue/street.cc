#include "catalogue/street.h"

#include "catalogue/degrees.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kSelectStreets =
    "SELECT street_id, name, lat_e7, lon_e7 FROM street WHERE territory_id = :territory_id"
    " ORDER BY street_id";
constexpr const char* kDeleteSql = "DELETE FROM street WHERE territory_id = :territory_id";
constexpr const char* kInsertStreet =
    "INSERT INTO street (territory_id, street_id, name, lat_e7, lon_e7)"
    " VALUES (:territory_id, :street_id, :name, :lat_e7, :lon_e7)";

}  // namespace

std::vector<Street> load_streets(store::Tx& tx, TerritoryId territory) {
    std::vector<Street> streets;
    tx.each<StreetId, std::string, std::int64_t, std::int64_t>(
        kSelectStreets, {{"territory_id", territory}},
        [&](StreetId id, std::string name, std::int64_t lat_e7, std::int64_t lon_e7) {
            streets.push_back(
                {.id = id, .name = std::move(name), .position = from_e7(lat_e7, lon_e7)});
        });
    return streets;
}

void replace_streets(store::Tx& tx, TerritoryId territory, const std::vector<Street>& streets) {
    tx.run(kDeleteSql, {{"territory_id", territory}});
    for (const Street& street : streets)
        tx.run(kInsertStreet, {{"territory_id", territory},
                               {"street_id", street.id},
                               {"name", street.name},
                               {"lat_e7", to_e7(street.position.lat)},
                               {"lon_e7", to_e7(street.position.lon)}});
}

}  // namespace emplettes::catalogue
