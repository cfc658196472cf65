#pragma once
#include <soci/soci.h>

#include "store/table_text.h"

namespace emplettes::store {

// table_text.h on SQLite: each value on its own, through SQLite's interface, since SOCI's way of a
// row takes several times as long. Throw soci::sqlite3_soci_error, which Database understands.
std::int64_t write_sqlite_table(soci::session& session, const TextTable& table,
                                const TextSink& sink);
std::int64_t read_sqlite_table(soci::session& session, const TextTable& table,
                               std::string_view lines);

}  // namespace emplettes::store
