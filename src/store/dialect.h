#pragma once
#include <chrono>
#include <span>
#include <string>

#include <soci/soci.h>

#include "store/value.h"

struct pg_conn;
namespace sqlite_api {
struct sqlite3;
}

namespace emplettes::store {

// The one place where the two databases differ. Everywhere else SQL stays in what both read alike:
//   BIGINT, TEXT, DOUBLE PRECISION, CHECK, composite PRIMARY KEY and UNIQUE that begin with
//   territory_id, FOREIGN KEY, CREATE INDEX (also with WHERE); INSERT … ON CONFLICT (…) DO
//   NOTHING | UPDATE SET x = excluded.x; RETURNING; WITH; CASE; COALESCE; window functions;
//   (a, b) IN (SELECT …), (a, b) < (:c, :d); LIMIT; CAST(:x AS BIGINT), which PostgreSQL wants
//   where nothing else tells the type of a parameter. Moments are unix seconds, sums of BIGINT
//   are CAST back to BIGINT. No ::, no now(), no ILIKE, no boolean columns, no ':' in comments.
enum class Dialect { sqlite, postgresql };

// The database's own handle, for what SOCI does not offer. Asking for the wrong one is a bug.
sqlite_api::sqlite3* sqlite_connection(soci::session& session);
pg_conn* postgresql_connection(soci::session& session);

// Runs a text of several statements, without parameters, inside the session's transaction.
void run_script(soci::session& session, Dialect dialect, const std::string& script);

// Inside the session's transaction only (PostgreSQL; SQLite watches its deadline itself).
void set_statement_timeout(soci::session& session, Dialect dialect,
                           std::chrono::milliseconds timeout);

// For migrations: the table that counts them, made when absent, whoever else makes it just now.
void make_migration_table(soci::session& session, Dialect dialect);
// Nobody else migrates until this transaction ends. The first statement of its transaction.
void lock_migrations(soci::session& session, Dialect dialect);

// For the outbox: an expression for the place of a new row of territory :territory in the order
// of commits, and a condition on rows `commit_order` that says no earlier one can still come.
const char* commit_order_of_new_row(Dialect dialect);
const char* commit_order_is_settled(Dialect dialect);

// For a statement that is given many rows (rows.h): whether one run takes all of them, in arrays;
// then the table of them, empty where none is needed, a value of a row and one that is the same in
// each.
bool takes_rows_at_once(Dialect dialect);
std::string table_of_rows(Dialect dialect, std::span<const Param> first_row);
std::string param_of_row(Dialect dialect, std::string_view name);
std::string typed_param(Dialect dialect, const Param& param);
// As an item of an array's text.
void append_array_item(std::string& array, Kind kind, const Value& value);
// The database looks at what a table has become, so that its plans fit: after much was written to
// one that was small. Nothing where plans do not depend on it.
void renew_statistics(soci::session& session, Dialect dialect, const std::string& table);

}  // namespace emplettes::store
