#include "store/statement.h"

#include <algorithm>

#include "base/check.h"
#include "store/fault.h"
#include "store/sql_parts.h"

namespace emplettes::store {
namespace {

constexpr std::size_t kStatementsMax = 512;  // for each connection

std::string cache_key(std::string_view sql, std::span<const Param> params,
                      std::span<const Kind> columns) {
    std::string key(sql);
    const auto letter = [](Kind kind) { return static_cast<char>('0' + static_cast<int>(kind)); };
    for (const Param& param : params) {
        key.push_back(letter(param.kind()));
        key.append(param.name());
    }
    key.push_back('|');
    for (const Kind kind : columns) {
        key.push_back(letter(kind));
    }
    return key;
}

// SQLite takes a parameter that nobody gives for NULL, PostgreSQL's back end passes over one that
// the text does not have: neither says a word.
void check_names(std::string_view sql, std::span<const Param> params) {
    std::vector<std::string_view> given;
    for (const Param& param : params) given.push_back(param.name());
    std::sort(given.begin(), given.end());
    std::vector<std::string_view> named;
    for (const SqlPart& part : parts_of(sql))
        if (part.kind == SqlPart::Kind::name) named.push_back(part.text);
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    check(given == named);
}

}  // namespace

void Param::copy_to(Value& value) const {
    value.is_null = is_null_;
    switch (kind_) {
        case Kind::integer: value.integer = integer_; return;
        case Kind::real: value.real = real_; return;
        case Kind::text:
            check(text_.find('\0') == std::string_view::npos);
            value.text = text_;
            return;
    }
}

void refuse_null(std::size_t column) {
    throw SqlError("column " + std::to_string(column + 1) + " of the answer is NULL");
}

Statement::Statement(soci::session& session, const std::string& sql, std::span<const Param> params,
                     std::span<const Kind> columns)
    : inputs_{std::vector<Value>(params.size()), std::vector<soci::indicator>(params.size())},
      outputs_{std::vector<Value>(columns.size()), std::vector<soci::indicator>(columns.size())},
      statement_(session) {
    check_names(sql, params);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        outputs_.values[i].kind = columns[i];
        define(i);
    }
    for (std::size_t i = 0; const Param& param : params) {
        inputs_.values[i].kind = param.kind();
        bind(i, std::string(param.name()));
        ++i;
    }
    statement_.alloc();
    statement_.prepare(sql);
    statement_.define_and_bind();
}

std::int64_t Statement::run(std::span<const Param> params, const RowFunction& on_row) {
    for (std::size_t i = 0; const Param& param : params) {
        param.copy_to(inputs_.values[i]);
        inputs_.indicators[i] = inputs_.values[i].is_null ? soci::i_null : soci::i_ok;
        ++i;
    }
    bool has_row = statement_.execute(true);
    if (outputs_.values.empty()) {
        return statement_.get_affected_rows();
    }
    // To the end, never only to the first row: a statement left open would keep its snapshot.
    std::int64_t rows = 0;
    for (; has_row; has_row = statement_.fetch()) {
        for (std::size_t i = 0; i < outputs_.values.size(); ++i) {
            outputs_.values[i].is_null = outputs_.indicators[i] == soci::i_null;
        }
        on_row(outputs_.values);
        ++rows;
    }
    return rows;
}

void Statement::bind(std::size_t i, const std::string& name) {
    Value& value = inputs_.values[i];
    soci::indicator& indicator = inputs_.indicators[i];
    switch (value.kind) {
        case Kind::integer: statement_.exchange(soci::use(value.integer, indicator, name)); return;
        case Kind::real: statement_.exchange(soci::use(value.real, indicator, name)); return;
        case Kind::text: statement_.exchange(soci::use(value.text, indicator, name)); return;
    }
}

void Statement::define(std::size_t i) {
    Value& value = outputs_.values[i];
    soci::indicator& indicator = outputs_.indicators[i];
    switch (value.kind) {
        case Kind::integer: statement_.exchange(soci::into(value.integer, indicator)); return;
        case Kind::real: statement_.exchange(soci::into(value.real, indicator)); return;
        case Kind::text: statement_.exchange(soci::into(value.text, indicator)); return;
    }
}

std::int64_t StatementCache::run(std::string_view sql, std::span<const Param> params,
                                 std::span<const Kind> columns, const RowFunction& on_row) {
    return run_rows(sql, {params, params.size(), 1}, columns, on_row);
}

std::int64_t StatementCache::run_rows(std::string_view sql, const ParamRows& rows,
                                      std::span<const Kind> columns, const RowFunction& on_row) {
    std::string key = cache_key(sql, rows.row(0), columns);
    // Out of the cache while it runs, so that a row function may run the same text again.
    auto node = idle_.extract(key);
    std::unique_ptr<Statement> statement =
        node ? std::move(node.mapped())
             : std::make_unique<Statement>(session_, std::string(sql), rows.row(0), columns);
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < rows.count; ++i) changed += statement->run(rows.row(i), on_row);
    if (idle_.size() >= kStatementsMax) {
        idle_.clear();
    }
    idle_.emplace(std::move(key), std::move(statement));
    return changed;
}

}  // namespace emplettes::store
