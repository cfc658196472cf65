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

// Where signers are kept, apart from everything else (docs/adr/0050-signers-are-kept-apart.md):
// `own_file`, or a schema of its own where the main database, at `main_location`, has schemas.
std::string signer_location(store::Database& main, const std::string& main_location,
                            const std::string& own_file);

// Opened and brought to the present tables. Throws as store::Database::open and migrate.
std::unique_ptr<store::Database> open_signer_database(const std::string& location,
                                                      const Clock& clock);

}  // namespace emplettes::campaign
