#pragma once
#include <cstdint>
#include <string>

namespace emplettes::store {

// SQLite keeps no checksum of its pages, so a bit that flips on the disk would be read like any
// other. A sealed database has one at the end of each page: written with the page, compared when it
// is read. A page that is not what was written is never seen: the statement fails, and the request
// with it. Any SQLite reads such a database; what another program writes to it is refused until it
// is sealed again.

// From here on this process keeps and compares the checksums of sealed databases. Idempotent and
// thread-safe; before the first connection.
void check_pages_of_sqlite();

bool is_sealed(const std::string& file);

// Seals a database that is not, or takes the pages of one that is for what they are. Nobody else
// may have it open. Returns how many pages got another checksum. Throws Unavailable. Ended in the
// middle, the database is refused until it is sealed once more.
std::int64_t seal_database(const std::string& file);

}  // namespace emplettes::store
