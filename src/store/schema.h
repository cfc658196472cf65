#pragma once
#include <string>

#include "store/database.h"

namespace emplettes::store {

// Whether the database at this address is one that keeps schemas apart: PostgreSQL.
bool has_schemas(const std::string& location);

// A schema beside the one that `main` (at `location`) uses, made when it is not there:
// `name`, or where main has a schema of its own that one's name and `name`. Returns the address of
// a database that sees that schema and no other. Where there are no schemas a bug.
std::string schema_beside(Database& main, const std::string& location, const std::string& name);

}  // namespace emplettes::store
