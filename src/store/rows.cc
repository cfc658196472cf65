#include "store/rows.h"

#include "base/check.h"
#include "store/sql_parts.h"

namespace emplettes::store {
namespace {

// Of one column, as PostgreSQL reads it.
std::string array_of(const ParamRows& rows, std::size_t column) {
    std::string array = "{";
    Value value;
    for (std::size_t i = 0; i < rows.count; ++i) {
        const Param& param = rows.row(i)[column];
        if (i > 0) array += ',';
        param.copy_to(value);
        append_array_item(array, param.kind(), value);
    }
    return array + '}';
}

const Param* find_named(std::span<const Param> params, std::string_view name) {
    for (const Param& param : params)
        if (param.name() == name) return &param;
    return nullptr;
}

std::string sql_for(Dialect dialect, std::string_view sql, const Rows& rows) {
    const auto columns = rows.given().row(0);
    const std::string table = table_of_rows(dialect, columns);
    const bool has_table = !table.empty();
    std::string text;
    for (const SqlPart& part : parts_of(sql)) {
        switch (part.kind) {
            case SqlPart::Kind::plain: text += part.text; break;
            case SqlPart::Kind::values: text += has_table ? "SELECT " : "VALUES ("; break;
            case SqlPart::Kind::end: text += has_table ? "FROM " + table : ")"; break;
            case SqlPart::Kind::from_rows: text += has_table ? "FROM " + table : ""; break;
            case SqlPart::Kind::rows_and: text += has_table ? table + "," : ""; break;
            case SqlPart::Kind::name:
                if (const Param* same = find_named(rows.same(), part.text))
                    text += typed_param(dialect, *same);
                else
                    text += param_of_row(dialect, part.text);
        }
    }
    return text;
}

}  // namespace

void Rows::add(Params row) {
    if (count_ == 0) columns_ = row.size();
    check(row.size() == columns_);
    for (std::size_t i = 0; count_ > 0 && i < columns_; ++i) {
        const Param& first = cells_[i];
        const Param& other = row.begin()[i];
        check(first.name() == other.name() && first.kind() == other.kind());
    }
    cells_.insert(cells_.end(), row);
    ++count_;
}

RowsStatement for_rows(Dialect dialect, std::string_view sql, const Rows& rows) {
    check(!rows.empty());
    const ParamRows given = rows.given();
    RowsStatement statement{.sql = sql_for(dialect, sql, rows)};
    if (takes_rows_at_once(dialect)) {
        statement.count = 1;
        for (std::size_t i = 0; i < given.columns; ++i)
            statement.texts.push_back(array_of(given, i));
        for (std::size_t i = 0; i < given.columns; ++i)
            statement.params.emplace_back(given.all[i].name(), statement.texts[i]);
        statement.params.insert(statement.params.end(), rows.same().begin(), rows.same().end());
    } else {
        statement.count = given.count;
        statement.params.reserve(given.count * (given.columns + rows.same().size()));
        for (std::size_t i = 0; i < given.count; ++i) {
            const auto row = given.row(i);
            statement.params.insert(statement.params.end(), row.begin(), row.end());
            statement.params.insert(statement.params.end(), rows.same().begin(), rows.same().end());
        }
    }
    statement.columns = given.columns + rows.same().size();
    if (takes_rows_at_once(dialect)) check(statement.params.size() == statement.columns);
    return statement;
}

}  // namespace emplettes::store
