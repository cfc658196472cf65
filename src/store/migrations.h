#pragma once
#include <span>
#include <stdexcept>

#include "base/clock.h"
#include "base/embedded_file.h"
#include "store/database.h"

// The files of migrations/, built into the program (cmake/embed.cmake).
std::span<const emplettes::EmbeddedFile> embedded_migrations();

namespace emplettes::store {

// The database was made by another program than this one: a newer version, or one whose past
// migrations differ. `what()` says which and what to do; nothing was changed.
class MigrationError final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Brings the database to the last of `files`, named NNNN_name.sql and numbered from 0001 without
// a gap. Forward only: each runs once, in a transaction of its own, and is recorded with its
// SHA-256 in table `migration`. When two processes migrate at once, one waits for the other.
// Returns how many ran. Throws MigrationError, Unavailable, and SqlError for a migration that
// fails: those before it stay.
int migrate(Database& db, std::span<const EmbeddedFile> files, const Clock& clock);

}  // namespace emplettes::store
