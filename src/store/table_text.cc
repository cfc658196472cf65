#include "store/table_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "store/fault.h"
#include "store/table_text_postgres.h"
#include "store/table_text_sqlite.h"

namespace emplettes::store {
namespace {

constexpr const char* kSqliteTables = R"sql(
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name
)sql";
constexpr const char* kPostgresTables = R"sql(
SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY 1
)sql";
constexpr const char* kSqliteColumns = R"sql(
SELECT name, UPPER(type) FROM pragma_table_info(:table_name) ORDER BY cid
)sql";
constexpr const char* kPostgresColumns = R"sql(
SELECT CAST(a.attname AS TEXT), UPPER(format_type(a.atttypid, a.atttypmod))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relname = :table_name AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attnum
)sql";
constexpr const char* kSqliteReferences = R"sql(
SELECT DISTINCT f."table" FROM pragma_foreign_key_list(:table_name) f
)sql";
constexpr const char* kPostgresReferences = R"sql(
SELECT DISTINCT CAST(p.relname AS TEXT) FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class p ON p.oid = k.confrelid
WHERE k.contype = 'f' AND n.nspname = current_schema() AND c.relname = :table_name
)sql";

const std::set<std::string> kNotCarried = {"migration", "outbox", "outbox_cursor"};

Kind kind_of(const std::string& table, const std::string& column, const std::string& type) {
    if (type == "BIGINT") return Kind::integer;
    if (type == "TEXT") return Kind::text;
    if (type == "DOUBLE PRECISION") return Kind::real;
    throw SqlError("column " + column + " of table " + table + " has the type " + type +
                   ", which this program does not know");
}

TextTable describe(Tx& tx, const std::string& name) {
    TextTable table{.name = name, .columns = {}};
    const char* sql = tx.dialect() == Dialect::sqlite ? kSqliteColumns : kPostgresColumns;
    for (auto& [column, type] : tx.all<std::string, std::string>(sql, {{"table_name", name}}))
        table.columns.push_back({.name = column, .kind = kind_of(name, column, type)});
    return table;
}

using References = std::map<std::string, std::vector<std::string>>;

// Depth first. Tables that refer to each other in a ring could never be filled, so there are none.
void add_after_parents(const std::string& name, const References& references,
                       std::vector<std::string>& ordered) {
    if (std::ranges::find(ordered, name) != ordered.end()) return;
    for (const std::string& parent : references.at(name))
        if (parent != name && references.contains(parent))
            add_after_parents(parent, references, ordered);
    ordered.push_back(name);
}

}  // namespace

std::vector<TextTable> list_tables(Tx& tx) {
    const bool is_sqlite = tx.dialect() == Dialect::sqlite;
    References references;
    for (const auto& name : tx.all<std::string>(is_sqlite ? kSqliteTables : kPostgresTables))
        if (!kNotCarried.contains(name))
            references[name] = tx.all<std::string>(
                is_sqlite ? kSqliteReferences : kPostgresReferences, {{"table_name", name}});
    std::vector<std::string> ordered;
    for (const auto& [name, parents] : references) add_after_parents(name, references, ordered);
    std::vector<TextTable> tables;
    for (const std::string& name : ordered) tables.push_back(describe(tx, name));
    return tables;
}

std::int64_t write_table(Tx& tx, const TextTable& table, const TextSink& sink) {
    switch (tx.dialect()) {
        case Dialect::sqlite: return write_sqlite_table(tx.sql(), table, sink);
        case Dialect::postgresql: return write_postgres_table(tx.sql(), table, sink);
    }
    check(false);
    return 0;
}

std::int64_t read_table(Tx& tx, const TextTable& table, std::string_view lines) {
    if (lines.empty()) return 0;
    if (!lines.ends_with('\n')) throw SqlError("a line of table " + table.name + " has no end");
    switch (tx.dialect()) {
        case Dialect::sqlite: return read_sqlite_table(tx.sql(), table, lines);
        case Dialect::postgresql: return read_postgres_table(tx.sql(), table, lines);
    }
    check(false);
    return 0;
}

bool has_table(Tx& tx, const std::string& table) {
    const auto names =
        tx.all<std::string>(tx.dialect() == Dialect::sqlite ? kSqliteTables : kPostgresTables);
    return std::ranges::find(names, table) != names.end();
}

bool has_column(Tx& tx, const std::string& table, const std::string& column) {
    const auto columns = describe(tx, table).columns;
    return std::ranges::find(columns, column, &TextColumn::name) != columns.end();
}

bool has_rows(Tx& tx, const std::string& table) {
    return tx.one<std::int64_t>("SELECT 1 FROM \"" + table + "\" LIMIT 1").has_value();
}

}  // namespace emplettes::store
