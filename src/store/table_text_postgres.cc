#include "store/table_text_postgres.h"

#include <charconv>
#include <memory>

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include "store/dialect.h"

namespace emplettes::store {
namespace {

constexpr std::size_t kPostgresPieceBytes = std::size_t{1} << 20;
constexpr std::size_t kSentAtOnce = std::size_t{1} << 16;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using CopyResult = std::unique_ptr<PGresult, ClearResult>;
struct FreeMemory {
    void operator()(char* memory) const { PQfreemem(memory); }
};

[[noreturn]] void fail(PGconn* connection, const PGresult* result) {
    const char* sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    throw soci::postgresql_soci_error(PQerrorMessage(connection),
                                      sqlstate != nullptr ? sqlstate : "08006");
}

std::string copy(const TextTable& table, const std::string& direction) {
    std::string list;
    for (const TextColumn& column : table.columns)
        list += (list.empty() ? "\"" : ", \"") + column.name + "\"";
    return "COPY \"" + table.name + "\" (" + list + ") " + direction;
}

void begin(PGconn* connection, const std::string& sql, ExecStatusType wanted) {
    const CopyResult result(PQexec(connection, sql.c_str()));
    if (PQresultStatus(result.get()) != wanted) fail(connection, result.get());
}

// What the command did in the end; the connection can be used again afterwards.
std::int64_t end(PGconn* connection) {
    const CopyResult result(PQgetResult(connection));
    while (const CopyResult more{PQgetResult(connection)}) {
    }
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(connection, result.get());
    const std::string_view rows = PQcmdTuples(result.get());
    std::int64_t count = 0;
    std::from_chars(rows.data(), rows.data() + rows.size(), count);
    return count;
}

}  // namespace

std::int64_t write_postgres_table(soci::session& session, const TextTable& table,
                                  const TextSink& sink) {
    PGconn* connection = postgresql_connection(session);
    begin(connection, copy(table, "TO STDOUT"), PGRES_COPY_OUT);
    std::string piece;
    for (;;) {
        char* line = nullptr;
        const int size = PQgetCopyData(connection, &line, 0);
        const std::unique_ptr<char, FreeMemory> memory(line);
        if (size == -2) fail(connection, nullptr);
        if (size < 0) break;
        piece.append(line, static_cast<std::size_t>(size));
        if (piece.size() < kPostgresPieceBytes) continue;
        sink(piece);
        piece.clear();
    }
    if (!piece.empty()) sink(piece);
    return end(connection);
}

std::int64_t read_postgres_table(soci::session& session, const TextTable& table,
                                 std::string_view lines) {
    PGconn* connection = postgresql_connection(session);
    begin(connection, copy(table, "FROM STDIN"), PGRES_COPY_IN);
    while (!lines.empty()) {
        const std::string_view some = lines.substr(0, kSentAtOnce);
        if (PQputCopyData(connection, some.data(), static_cast<int>(some.size())) != 1)
            fail(connection, nullptr);
        lines.remove_prefix(some.size());
    }
    if (PQputCopyEnd(connection, nullptr) != 1) fail(connection, nullptr);
    return end(connection);
}

}  // namespace emplettes::store
