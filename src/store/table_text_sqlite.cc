#include "store/table_text_sqlite.h"

#include <array>
#include <charconv>
#include <memory>

#include <soci/sqlite3/soci-sqlite3.h>

#include "store/dialect.h"
#include "store/fault.h"

namespace emplettes::store {
namespace {

using sqlite_api::sqlite3;
using sqlite_api::sqlite3_destructor_type;  // of SQLITE_TRANSIENT
using sqlite_api::sqlite3_stmt;

constexpr std::size_t kSqlitePieceBytes = std::size_t{1} << 20;

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
};
using OpenStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

[[noreturn]] void fail(sqlite3* database, int code) {
    throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(database), code);
}

OpenStatement prepare(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite_api::sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    if (code != SQLITE_OK) fail(database, code);
    return OpenStatement(statement);
}

std::string column_list(const TextTable& table) {
    std::string list;
    for (const TextColumn& column : table.columns)
        list += (list.empty() ? "\"" : ", \"") + column.name + "\"";
    return list;
}

void append_text(std::string& out, std::string_view text) {
    for (const char letter : text) {
        switch (letter) {
            case '\\': out += "\\\\"; break;
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\v': out += "\\v"; break;
            case '\0': throw SqlError("a text holds a zero byte, which no database may keep");
            default: out += letter;
        }
    }
}

template <typename Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_value(std::string& out, sqlite3_stmt* row, int column) {
    switch (sqlite_api::sqlite3_column_type(row, column)) {
        case SQLITE_NULL: out += "\\N"; return;
        case SQLITE_INTEGER:
            append_number(out, sqlite_api::sqlite3_column_int64(row, column));
            return;
        case SQLITE_FLOAT:
            append_number(out, sqlite_api::sqlite3_column_double(row, column));
            return;
        case SQLITE_TEXT: {
            const auto* text = sqlite_api::sqlite3_column_text(row, column);
            const int size = sqlite_api::sqlite3_column_bytes(row, column);
            append_text(out, {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
            return;
        }
        default: throw SqlError("a table holds bytes that are neither text nor number");
    }
}

char unescaped(char letter) {
    switch (letter) {
        case 't': return '\t';
        case 'n': return '\n';
        case 'r': return '\r';
        case 'b': return '\b';
        case 'f': return '\f';
        case 'v': return '\v';
        default: return letter;
    }
}

std::string unescape(std::string_view field) {
    std::string text;
    text.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) {
        const bool is_escape = field[i] == '\\' && i + 1 < field.size();
        text += is_escape ? unescaped(field[++i]) : field[i];
    }
    return text;
}

template <typename Number>
Number number_of(std::string_view field) {
    Number number{};
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
    if (error != std::errc{} || end != field.data() + field.size())
        throw SqlError("a number of a table is none");
    return number;
}

int bind(sqlite3_stmt* statement, int at, const TextColumn& column, std::string_view field) {
    if (field == "\\N") return sqlite_api::sqlite3_bind_null(statement, at);
    switch (column.kind) {
        case Kind::integer:
            return sqlite_api::sqlite3_bind_int64(statement, at, number_of<long long>(field));
        case Kind::real:
            return sqlite_api::sqlite3_bind_double(statement, at, number_of<double>(field));
        case Kind::text: {
            const bool is_plain = field.find('\\') == std::string_view::npos;
            const std::string text = is_plain ? std::string() : unescape(field);
            const std::string_view bytes = is_plain ? field : std::string_view(text);
            return sqlite_api::sqlite3_bind_text(statement, at, bytes.data(),
                                                 static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
        }
    }
    check(false);
    return SQLITE_MISUSE;
}

void insert_line(sqlite3* database, sqlite3_stmt* statement, const TextTable& table,
                 std::string_view line) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::size_t tab = line.find('\t');
        const bool is_last = i + 1 == table.columns.size();
        if (is_last != (tab == std::string_view::npos))
            throw SqlError("a line of table " + table.name + " has another number of values");
        const int code =
            bind(statement, static_cast<int>(i) + 1, table.columns[i], line.substr(0, tab));
        if (code != SQLITE_OK) fail(database, code);
        if (!is_last) line.remove_prefix(tab + 1);
    }
    const int code = sqlite_api::sqlite3_step(statement);
    if (code != SQLITE_DONE) fail(database, code);
    sqlite_api::sqlite3_reset(statement);
}

}  // namespace

std::int64_t write_sqlite_table(soci::session& session, const TextTable& table,
                                const TextSink& sink) {
    sqlite3* database = sqlite_connection(session);
    const OpenStatement rows =
        prepare(database, "SELECT " + column_list(table) + " FROM \"" + table.name + "\"");
    const int columns = static_cast<int>(table.columns.size());
    std::int64_t count = 0;
    std::string piece;
    int code = SQLITE_ROW;
    while ((code = sqlite_api::sqlite3_step(rows.get())) == SQLITE_ROW) {
        for (int i = 0; i < columns; ++i) {
            if (i > 0) piece += '\t';
            append_value(piece, rows.get(), i);
        }
        piece += '\n';
        ++count;
        if (piece.size() < kSqlitePieceBytes) continue;
        sink(piece);
        piece.clear();
    }
    if (code != SQLITE_DONE) fail(database, code);
    if (!piece.empty()) sink(piece);
    return count;
}

std::int64_t read_sqlite_table(soci::session& session, const TextTable& table,
                               std::string_view lines) {
    sqlite3* database = sqlite_connection(session);
    std::string places = "?";
    for (std::size_t i = 1; i < table.columns.size(); ++i) places += ", ?";
    const OpenStatement insert =
        prepare(database, "INSERT INTO \"" + table.name + "\" (" + column_list(table) +
                              ") VALUES (" + places + ")");
    std::int64_t count = 0;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        insert_line(database, insert.get(), table, lines.substr(0, end));
        lines.remove_prefix(end + 1);
        ++count;
    }
    return count;
}

}  // namespace emplettes::store
