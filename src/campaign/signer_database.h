#pragma once
#include <memory>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/embedded_file.h"
#include "store/database.h"

// The files of migrations/pledges/, built into the program (cmake/embed.cmake).
std::span<const emplettes::EmbeddedFile> embedded_pledge_migrations();

namespace emplettes::campaign {

// Where signers are kept, apart from everything else (docs/adr/0050-signers-are-kept-apart.md), by
// where everything else is: `own_file`, or a schema of its own where the main database has schemas.
struct SignerPlace {
    store::Database& main;
    std::string main_location;
    std::string own_file;
};
std::string signer_location(const SignerPlace& place);

// Made if it is not there, and opened as it is.
std::unique_ptr<store::Database> open_empty_signer_database(const SignerPlace& place);
// The same, brought to the present tables. Throws as
// store::Database::open and migrate.
std::unique_ptr<store::Database> open_signer_database(const SignerPlace& place, const Clock& clock);

}  // namespace emplettes::campaign
