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

std::int64_t Tx::query(std::string_view sql, Params params, std::span<const Kind> columns,
                       const RowFunction& on_row) {
    start_deadline();
    const std::int64_t rows =
        connection_.statements.run(sql, params, columns, [&](std::span<Value> values) {
            connection_.deadline.stop();  // the caller's own work does not count
            on_row(values);
            start_deadline();
        });
    connection_.deadline.stop();
    return rows;
}

}  // namespace emplettes::store
