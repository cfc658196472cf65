#include "emplettes/databases.h"

#include "campaign/signer_database.h"
#include "store/migrations.h"
#include "store/schema.h"

namespace emplettes {
namespace {

campaign::SignerPlace place_of(const DataFolder& folder, store::Database& main,
                               const std::string& location) {
    return {.main = main, .main_location = location, .own_file = folder.pledge_database()};
}

}  // namespace

std::unique_ptr<store::Database> open_database(const std::string& location, const Clock& clock) {
    auto database = store::Database::open({.location = location});
    store::migrate(*database, embedded_migrations(), clock);
    return database;
}

std::unique_ptr<campaign::Signers> open_signers(const DataFolder& folder, store::Database& main,
                                                const std::string& location, const Clock& clock) {
    return std::make_unique<campaign::Signers>(
        campaign::open_signer_database(place_of(folder, main, location), clock),
        folder.load_pledge_key());
}

std::unique_ptr<store::Database> open_signers_as_they_are(const DataFolder& folder,
                                                          store::Database& main,
                                                          const std::string& location) {
    const std::string place = campaign::signer_location(place_of(folder, main, location));
    if (!store::has_schemas(place) && !std::filesystem::exists(place)) return nullptr;
    auto database = store::Database::open({.location = place, .readers = 1, .writers = 1});
    const bool is_there =
        database->read([](store::Tx& tx) { return !store::applied_migrations(tx).empty(); });
    return is_there ? std::move(database) : nullptr;
}

}  // namespace emplettes
