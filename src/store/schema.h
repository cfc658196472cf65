#pragma once
#include <string>

#include "store/database.h"

namespace emplettes::store {

// Whether the database at this address keeps tables apart in schemas: PostgreSQL.
bool has_schemas(const std::string& location);

// Where has_schemas() holds, else a bug: the name of a schema for `name` beside the one that `main`
// uses. It is `name` itself or, where main has a schema of its own, that one's name before it.
std::string schema_beside(Database& main, const std::string& name);
// Made if it is not there; whoever may not make schemas may use one that is.
void make_schema(Database& main, const std::string& schema);
// The address of a database that sees this schema and no other.
std::string with_schema(const std::string& location, const std::string& schema);

}  // namespace emplettes::store
