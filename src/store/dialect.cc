#include "store/dialect.h"

#include <memory>
#include <string_view>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "base/check.h"

namespace emplettes::store {
namespace {

constexpr const char* kMigrationTable = R"sql(
CREATE TABLE IF NOT EXISTS migration (
    number     BIGINT NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    sha256     TEXT   NOT NULL,
    applied_at BIGINT NOT NULL
);
)sql";

// Two processes that make it at once: the later one meets a row of the system's own tables.
constexpr const char* kMigrationTableUnlessThere = R"sql(
DO $do$ BEGIN
%
EXCEPTION WHEN unique_violation OR duplicate_table THEN NULL;
END $do$
)sql";

constexpr const char* kRowPrefix = "given_";  // no column is called so

const char* type_name(Kind kind) {
    switch (kind) {
        case Kind::integer: return "BIGINT";
        case Kind::real: return "DOUBLE PRECISION";
        case Kind::text: return "TEXT";
    }
    check(false);
    return "";
}

// SOCI does not export the types of its back ends' sessions, so dynamic_cast cannot be used here.
template <typename Backend>
Backend& backend_of(soci::session& session, std::string_view name) {
    check(session.get_backend_name() == name);
    return *static_cast<Backend*>(session.get_backend());
}

void run_sqlite_script(soci::session& session, const std::string& script) {
    auto* connection = sqlite_connection(session);
    const int code =
        sqlite_api::sqlite3_exec(connection, script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(connection), code);
    }
}

void run_postgresql_script(soci::session& session, const std::string& script) {
    PGconn* connection = postgresql_connection(session);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection, script.c_str()),
                                                                PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* sqlstate = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        throw soci::postgresql_soci_error(PQerrorMessage(connection),
                                          sqlstate != nullptr ? sqlstate : "08006");
    }
}

}  // namespace

sqlite_api::sqlite3* sqlite_connection(soci::session& session) {
    return backend_of<soci::sqlite3_session_backend>(session, "sqlite3").conn_;
}

PGconn* postgresql_connection(soci::session& session) {
    return backend_of<soci::postgresql_session_backend>(session, "postgresql").conn_;
}

void run_script(soci::session& session, Dialect dialect, const std::string& script) {
    switch (dialect) {
        case Dialect::sqlite: run_sqlite_script(session, script); return;
        case Dialect::postgresql: run_postgresql_script(session, script); return;
    }
}

void set_statement_timeout(soci::session& session, Dialect dialect,
                           std::chrono::milliseconds timeout) {
    if (dialect == Dialect::postgresql) {
        const std::string ms = std::to_string(timeout.count());
        run_script(session, dialect,
                   "SET LOCAL statement_timeout = " + ms + "; SET LOCAL lock_timeout = " + ms +
                       "; SET LOCAL idle_in_transaction_session_timeout = " + ms);
    }
}

void make_migration_table(soci::session& session, Dialect dialect) {
    std::string script = kMigrationTable;
    if (dialect == Dialect::postgresql) {
        script = std::string(kMigrationTableUnlessThere)
                     .replace(std::string_view(kMigrationTableUnlessThere).find('%'), 1,
                              kMigrationTable);
    }
    run_script(session, dialect, script);
}

void lock_migrations(soci::session& session, Dialect dialect) {
    // SQLite has one writer anyway. LOCK is taken before the transaction's snapshot, so what is
    // read after it includes what the other process did.
    if (dialect == Dialect::postgresql) {
        run_script(session, dialect, "LOCK TABLE migration IN SHARE ROW EXCLUSIVE MODE");
    }
}

const char* commit_order_of_new_row(Dialect dialect) {
    switch (dialect) {
        // One writer at a time, so the next number is the next commit. The newest row is never
        // purged, so no number comes twice.
        case Dialect::sqlite:
            return "(SELECT COALESCE(MAX(commit_order), 0) + 1 FROM outbox"
                   " WHERE territory_id = :territory)";
        case Dialect::postgresql: return "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)";
    }
    check(false);
    return "";
}

const char* commit_order_is_settled(Dialect dialect) {
    switch (dialect) {
        case Dialect::sqlite: return "1 = 1";
        // Every transaction below xmin has ended: none of them can still commit a row.
        case Dialect::postgresql:
            return "commit_order < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT)"
                   " AS BIGINT)";
    }
    check(false);
    return "";
}

bool takes_rows_at_once(Dialect dialect) {
    switch (dialect) {
        // In the same process a run costs less than an array does.
        case Dialect::sqlite: return false;
        // A round trip and a plan's start for each row would be nearly all that it does.
        case Dialect::postgresql: return true;
    }
    check(false);
    return false;
}

std::string table_of_rows(Dialect dialect, std::span<const Param> first_row) {
    if (dialect == Dialect::sqlite) return "";
    std::string arrays;
    std::string names;
    for (const Param& param : first_row) {
        const std::string separator = arrays.empty() ? "" : ", ";
        const std::string name(param.name());
        arrays += separator + "CAST(:" + name + " AS " + type_name(param.kind()) + "[])";
        names += separator + kRowPrefix + name;
    }
    return "unnest(" + arrays + ") AS given_rows (" + names + ")";
}

std::string param_of_row(Dialect dialect, std::string_view name) {
    return (dialect == Dialect::sqlite ? ":" : kRowPrefix) + std::string(name);
}

std::string typed_param(Dialect dialect, const Param& param) {
    const std::string name = ":" + std::string(param.name());
    if (dialect == Dialect::sqlite) return name;
    return "CAST(" + name + " AS " + type_name(param.kind()) + ")";
}

void append_array_item(std::string& array, Kind kind, const Value& value) {
    if (value.is_null) {
        array += "NULL";
        return;
    }
    switch (kind) {
        case Kind::integer: array += std::to_string(value.integer); return;
        case Kind::real: array += std::to_string(value.real); return;
        case Kind::text:
            array += '"';
            for (const char letter : value.text) {
                if (letter == '"' || letter == '\\') array += '\\';
                array += letter;
            }
            array += '"';
            return;
    }
}

void renew_statistics(soci::session& session, Dialect dialect, const std::string& table) {
    if (dialect == Dialect::postgresql) run_script(session, dialect, "ANALYZE " + table);
}

}  // namespace emplettes::store
