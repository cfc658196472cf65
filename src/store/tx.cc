#include "store/tx.h"

namespace emplettes::store {

std::int64_t Tx::run(std::string_view sql, Params params) { return query(sql, params, {}, {}); }

soci::session& Tx::sql() {
    start_deadline();
    return connection_.session;
}

void Tx::allow(std::chrono::milliseconds each_statement) {
    connection_.query_timeout_max = each_statement;
    set_statement_timeout(sql(), dialect(), each_statement);
}

void Tx::start_deadline() {
    connection_.deadline.start(connection_.query_timeout_max + connection_.deadline_grace);
}

std::int64_t Tx::run_rows(std::string_view sql, const Rows& rows) {
    return query_rows(sql, rows, {}, {});
}

void Tx::renew_statistics(const std::string& table) {
    store::renew_statistics(sql(), dialect(), table);
    connection_.deadline.stop();
}

std::int64_t Tx::query(std::string_view sql, Params params, std::span<const Kind> columns,
                       const RowFunction& on_row) {
    start_deadline();
    const std::int64_t rows = connection_.statements.run(sql, {params.begin(), params.size()},
                                                         columns, without_deadline(on_row));
    connection_.deadline.stop();
    return rows;
}

std::int64_t Tx::query_rows(std::string_view sql, const Rows& rows, std::span<const Kind> columns,
                            const RowFunction& on_row) {
    if (rows.empty()) return 0;
    const RowsStatement statement = for_rows(dialect(), sql, rows);
    start_deadline();
    const std::int64_t changed = connection_.statements.run_rows(statement.sql, statement.given(),
                                                                 columns, without_deadline(on_row));
    connection_.deadline.stop();
    return changed;
}

RowFunction Tx::without_deadline(const RowFunction& on_row) {
    return [this, &on_row](std::span<Value> values) {
        connection_.deadline.stop();  // the caller's own work does not count
        on_row(values);
        start_deadline();
    };
}

}  // namespace emplettes::store
