#pragma once
#include <soci/soci.h>

#include "store/table_text.h"

namespace emplettes::store {

// table_text.h on PostgreSQL: its own COPY, which needs nobody to look at a value. Throw
// soci::postgresql_soci_error, which Database understands.
std::int64_t write_postgres_table(soci::session& session, const TextTable& table,
                                  const TextSink& sink);
std::int64_t read_postgres_table(soci::session& session, const TextTable& table,
                                 std::string_view lines);

}  // namespace emplettes::store
