#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/embedded_file.h"
#include "store/database.h"

// The files of migrations/, built into the program (cmake/embed.cmake).
std::span<const emplettes::EmbeddedFile> embedded_migrations();

namespace emplettes::store {

// The database was made by another program than this one: a newer version that has taken away what
// this one needs, or one whose past migrations differ. `what()` says which and what to do; nothing
// was changed.
class MigrationError final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Brings the database to the last of `files`, named NNNN_name.sql and numbered from 0001 without
// a gap. Forward only: each runs once, in a transaction of its own, and is recorded with its
// SHA-256 in table `migration`. When two processes migrate at once, one waits for the other.
// A file with the line "-- serves from NNNN" only adds: programs that know the migrations up to
// NNNN go on serving beside it, and may start on it, too (docs/operations.md). The other files shut
// out every program that does not know them. One with the line "-- only on postgresql" does nothing
// on SQLite, where it counts as run: indexes may differ, tables not. Returns how many ran. Throws
// MigrationError, Unavailable, and SqlError for a migration that fails: those before it stay.
int migrate(Database& db, std::span<const EmbeddedFile> files, const Clock& clock);

// A migration by what tells it from every other.
struct MigrationMark {
    std::string name;
    std::string sha256;

    bool operator==(const MigrationMark&) const = default;
};
// Of the database, in order; none when it has none yet.
std::vector<MigrationMark> applied_migrations(Tx& tx);
// The files that bring an empty database to where these marks were taken. Throws MigrationError
// when this program has not all of them.
std::vector<EmbeddedFile> files_up_to(std::span<const MigrationMark> marks,
                                      std::span<const EmbeddedFile> files);

}  // namespace emplettes::store
