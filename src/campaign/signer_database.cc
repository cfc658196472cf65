#include "campaign/signer_database.h"

#include "store/migrations.h"
#include "store/schema.h"

namespace emplettes::campaign {
namespace {

constexpr const char* kSchemaName = "pledges";

}  // namespace

std::string signer_location(const SignerPlace& place) {
    if (!store::has_schemas(place.main_location)) return place.own_file;
    return store::with_schema(place.main_location, store::schema_beside(place.main, kSchemaName));
}

std::unique_ptr<store::Database> open_empty_signer_database(const SignerPlace& place) {
    if (store::has_schemas(place.main_location))
        store::make_schema(place.main, store::schema_beside(place.main, kSchemaName));
    return store::Database::open({.location = signer_location(place)});
}

std::unique_ptr<store::Database> open_signer_database(const SignerPlace& place,
                                                      const Clock& clock) {
    auto database = open_empty_signer_database(place);
    store::migrate(*database, embedded_pledge_migrations(), clock);
    return database;
}

}  // namespace emplettes::campaign
