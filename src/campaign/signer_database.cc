#include "campaign/signer_database.h"

#include "store/migrations.h"
#include "store/schema.h"

namespace emplettes::campaign {
namespace {

constexpr const char* kSchemaName = "pledges";

}  // namespace

std::string signer_location(store::Database& main, const std::string& main_location,
                            const std::string& own_file) {
    if (!store::has_schemas(main_location)) return own_file;
    return store::schema_beside(main, main_location, kSchemaName);
}

std::unique_ptr<store::Database> open_signer_database(const std::string& location,
                                                      const Clock& clock) {
    // Small beside the main one: what it writes, several at a time would only wait for.
    auto database = store::Database::open({.location = location, .readers = 2, .writers = 2});
    store::migrate(*database, embedded_pledge_migrations(), clock);
    return database;
}

}  // namespace emplettes::campaign
