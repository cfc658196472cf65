#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "store/tx.h"

namespace emplettes::store {

struct DatabaseOptions {
    // "postgresql://…" for PostgreSQL, else the path of an SQLite file (made when absent).
    std::string location;
    int readers = 4;                // connections that read at a time
    int writers = 4;                // PostgreSQL only: connections that write at a time
    int writes_waiting_max = 4096;  // SQLite: a full queue refuses with Overloaded
    std::chrono::milliseconds query_timeout_max{2000};
};

// The database cannot do it now (disk full, connection lost, queue full): nothing was written.
// `what()` says which and what to do. The request boundary answers 503.
class Unavailable final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// One SQL database behind two calls. Both run `f(Tx&)` in one transaction and return what `f`
// returns. `f` may run more than once (serialisation failure, a neighbour in the group commit that
// failed), so it must have no effects outside the transaction.
//   read   consistent snapshot, never blocks writers; the connection refuses writes.
//   write  returns only after COMMIT is durable. An exception, or a Result that holds an error,
//          rolls this write back (others in the same group commit are not touched).
// Thread-safe. SQLite: one writer thread gathers waiting writes into one transaction, a savepoint
// each, so one fsync serves many (group commit). PostgreSQL: a pooled connection each.
class Database {
  public:
    // Opens, checks durability settings (WAL, synchronous=FULL), migrates nothing.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);
    virtual ~Database() = default;

    template <typename F>
    auto read(F&& f) -> std::invoke_result_t<F, Tx&> {
        std::optional<std::invoke_result_t<F, Tx&>> result;
        run_read([&](Tx& tx) { result.emplace(f(tx)); });
        return std::move(*result);
    }

    template <typename F>
    auto write(F&& f) -> std::invoke_result_t<F, Tx&> {
        using Value = std::invoke_result_t<F, Tx&>;
        std::optional<Value> result;
        run_write([&](Tx& tx) {
            result.emplace(f(tx));
            if constexpr (is_result<Value>) return result->ok() ? Verdict::keep : Verdict::undo;
            return Verdict::keep;
        });
        return std::move(*result);
    }

  protected:
    enum class Verdict { keep, undo };
    virtual void run_read(const std::function<void(Tx&)>& f) = 0;
    virtual void run_write(const std::function<Verdict(Tx&)>& f) = 0;
};

}  // namespace emplettes::store
