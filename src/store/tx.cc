#include "store/tx.h"

namespace emplettes::store {

std::int64_t Tx::run(std::string_view sql, Params params) { return query(sql, params, {}, {}); }

soci::session& Tx::sql() {
    connection_.deadline.start(connection_.query_timeout_max);
    return connection_.session;
}

void Tx::allow(std::chrono::milliseconds each_statement) {
    connection_.query_timeout_max = each_statement;
    set_statement_timeout(sql(), dialect(), each_statement);
}

std::int64_t Tx::query(std::string_view sql, Params params, std::span<const Kind> columns,
                       const RowFunction& on_row) {
    Deadline& deadline = connection_.deadline;
    const auto allowed = connection_.query_timeout_max;
    deadline.start(allowed);
    const std::int64_t rows =
        connection_.statements.run(sql, params, columns, [&](std::span<Value> values) {
            deadline.stop();  // the caller's own work does not count
            on_row(values);
            deadline.start(allowed);
        });
    deadline.stop();
    return rows;
}

}  // namespace emplettes::store
