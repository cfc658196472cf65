#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/tx.h"

namespace emplettes::store {

// Whole tables as text that both databases write and read alike: PostgreSQL's COPY format, a line
// for each row, tabs between its values, \N for NULL. So what one has written the other can take
// in (ADR 49).

struct TextColumn {
    std::string name;
    Kind kind = Kind::integer;

    bool operator==(const TextColumn&) const = default;
};
struct TextTable {
    std::string name;
    std::vector<TextColumn> columns;

    bool operator==(const TextTable&) const = default;
};

// Every table of the database, those that others refer to before them. Not among them: the
// migrations, which the program brings along, and the outbox with its readers' places, whose order
// is that of one database's commits and means nothing in another: who begins anew reads all tables
// and follows from there. Throws SqlError when a column has a type that this program does not know.
std::vector<TextTable> list_tables(Tx& tx);

// The rows of a table in pieces of whole lines, as large as is handy. Returns how many rows.
using TextSink = std::function<void(std::string_view lines)>;
std::int64_t write_table(Tx& tx, const TextTable& table, const TextSink& sink);

// Takes such a piece in; the columns may stand in another order than in the database. Returns how
// many rows. Throws SqlError for a line that is none of this table's, and for what the table's own
// checks refuse.
std::int64_t read_table(Tx& tx, const TextTable& table, std::string_view lines);

bool has_table(Tx& tx, const std::string& table);
bool has_column(Tx& tx, const std::string& table, const std::string& column);
bool has_rows(Tx& tx, const std::string& table);

}  // namespace emplettes::store
