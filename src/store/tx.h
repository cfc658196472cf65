#pragma once
#include <array>
#include <chrono>
#include <tuple>
#include <utility>
#include <vector>

#include <soci/soci.h>

#include "base/check.h"
#include "store/deadline.h"
#include "store/dialect.h"
#include "store/rows.h"
#include "store/statement.h"
#include "store/value.h"

namespace emplettes::store {

// One transaction on one connection, alive only inside Database::read or write. SQL is text
// written by hand in the subset both databases share (src/store/dialect.h says what that is),
// with `:name` parameters:
//
//   tx.run(kInsertStreet, {{"territory", id}, {"name", name}});
//   if (auto stock = tx.one<std::int64_t>(kTakeStock, {{"offer", offer}, {"quantity", 1}})) …
//   for (auto& [id, name, price] : tx.all<OfferId, std::string, Money>(kOffers, {{"shop", shop}}))
//   …
//
// Statements are prepared once for each connection. Faults are thrown: Unavailable, SqlError;
// after one the transaction is over, let it pass through.
class Tx {
  public:
    struct Connection {
        soci::session& session;
        StatementCache& statements;
        Deadline& deadline;
        Dialect dialect;
        std::chrono::milliseconds query_timeout_max;
        std::chrono::milliseconds deadline_grace{0};
    };

    explicit Tx(const Connection& connection) : connection_(connection) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    // How many rows it changed.
    std::int64_t run(std::string_view sql, Params params = {});

    // The only row, or none. More than one is a bug (check). One column comes bare, more as a
    // tuple.
    template <typename... Columns>
    auto one(std::string_view sql, Params params = {}) {
        std::optional<Row<Columns...>> found;
        each<Columns...>(sql, params, [&](Columns... columns) {
            check(!found.has_value());
            found.emplace(std::move(columns)...);
        });
        return found;
    }

    // All rows, each as above. For lists that are short or have a LIMIT.
    template <typename... Columns>
    auto all(std::string_view sql, Params params = {}) {
        std::vector<Row<Columns...>> rows;
        each<Columns...>(sql, params,
                         [&](Columns... columns) { rows.emplace_back(std::move(columns)...); });
        return rows;
    }

    // Calls f(columns...) for each row, as they come.
    template <typename... Columns, typename F>
    void each(std::string_view sql, Params params, F&& f) {
        static constexpr std::array kKinds{Column<Columns>::kind...};
        query(sql, params, kKinds, [&](std::span<Value> values) {
            call(f, values, std::type_identity<std::tuple<Columns...>>{},
                 std::index_sequence_for<Columns...>{});
        });
    }

    // The same for many rows of values (rows.h) at once. On PostgreSQL it is one statement with
    // arrays, so rows must not depend on each other, nor come in any order; on SQLite it runs for
    // each. Nothing without rows. The text says in one of these ways where rows are meant:
    //
    //   INSERT INTO offer (territory_id, offer_id) {values} :territory, :offer {end} ON CONFLICT …
    //   UPDATE offer SET stock = :stock {from rows} WHERE territory_id = :territory AND …
    //   SELECT :place, stock FROM {rows and} offer WHERE territory_id = :territory AND …
    std::int64_t run_rows(std::string_view sql, const Rows& rows);
    template <typename... Columns, typename F>
    void each_of_rows(std::string_view sql, const Rows& rows, F&& f) {
        static constexpr std::array kKinds{Column<Columns>::kind...};
        query_rows(sql, rows, kKinds, [&](std::span<Value> values) {
            call(f, values, std::type_identity<std::tuple<Columns...>>{},
                 std::index_sequence_for<Columns...>{});
        });
    }

    // After much was written to a table that was small; for as long as allow() says.
    void renew_statistics(const std::string& table);

    // For what the calls above cannot say. Not prepared; errors carry the values.
    soci::session& sql();
    Dialect dialect() const { return connection_.dialect; }

    // From here on each statement of this transaction may take so long, and wait as long for a
    // lock: loading a whole index, a migration.
    void allow(std::chrono::milliseconds each_statement);

    // The outbox rings for those who wait for news, once this is committed (outbox.h).
    void announce() { has_news_ = true; }
    bool has_news() const { return has_news_; }
    // 0, 1, 2 …: for what must keep the order in which this transaction wrote it.
    std::int64_t next_step() { return step_++; }

  private:
    template <typename... Columns>
    using Row =
        std::conditional_t<sizeof...(Columns) == 1, std::tuple_element_t<0, std::tuple<Columns...>>,
                           std::tuple<Columns...>>;

    template <typename F, typename... Columns, std::size_t... I>
    static void call(F& f, std::span<Value> values, std::type_identity<std::tuple<Columns...>>,
                     std::index_sequence<I...>) {
        f(read_column<Columns>(values[I], I)...);
    }

    void start_deadline();
    RowFunction without_deadline(const RowFunction& on_row);
    std::int64_t query(std::string_view sql, Params params, std::span<const Kind> columns,
                       const RowFunction& on_row);
    std::int64_t query_rows(std::string_view sql, const Rows& rows, std::span<const Kind> columns,
                            const RowFunction& on_row);

    Connection connection_;
    bool has_news_ = false;
    std::int64_t step_ = 0;
};

}  // namespace emplettes::store
