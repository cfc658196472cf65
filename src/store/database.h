#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "store/fault.h"
#include "store/tx.h"

namespace emplettes::store {

struct DatabaseOptions {
    // "postgresql://…" for PostgreSQL (as libpq reads it, also with several hosts), else the path
    // of an SQLite file (made when absent).
    std::string location;
    int readers = 4;                // connections that read at a time
    int writers = 12;               // PostgreSQL only: connections that write at a time
    int writes_waiting_max = 4096;  // SQLite: a full queue refuses with Unavailable
    // For each statement, unless its transaction allows more (Tx::allow).
    std::chrono::milliseconds query_timeout_max{2000};
    // For a free connection, and on SQLite for another process that writes to the same file.
    std::chrono::milliseconds wait_max{5000};
};

// What a write that is kept or undone says to its database.
enum class Verdict { keep, undo };

// For /metrics. Counted since the database was opened.
struct DatabaseCounters {
    std::int64_t reads = 0;
    std::int64_t writes = 0;       // committed
    std::int64_t commits = 0;      // on SQLite fewer than writes: group commit
    std::int64_t retries = 0;      // writes that ran once more
    std::int64_t repeats = 0;      // patient writes that asked once more, their server being away
    std::int64_t unavailable = 0;  // calls that ended with Unavailable
};

// Whether it can be reached and confirms what is written, as far as is known now. What it cannot
// do, it refuses at once.
struct DatabaseState {
    bool reads = true;
    bool writes = true;
};

// One SQL database behind two calls. Both run `f(Tx&)` in one transaction and return what `f`
// returns. `f` may run more than once (serialisation failure, a neighbour in the group commit that
// failed) and on another thread, so it must have no effects outside the transaction.
//   read   consistent snapshot, never blocks writers; the connection refuses writes.
//   write  serialisable. Returns only after COMMIT is durable. An exception, or a Result that holds
//          an error, rolls this write back (others in the same group commit are not touched).
// Thread-safe. No read or write inside another one. Throws Unavailable and SqlError, and whatever
// `f` throws. SQLite: one writer thread gathers waiting writes into one transaction, a savepoint
// each, so one fsync serves many (group commit). PostgreSQL: a pooled connection each.
class Database {
  public:
    // Opens and checks that it is durable (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync,
    // synchronous_commit). Migrates nothing. Throws Unavailable.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);
    virtual ~Database() = default;

    template <typename F>
    auto read(F&& f) -> std::invoke_result_t<F, Tx&> {
        using Returned = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<Returned>) {
            run_read([&](Tx& tx) { f(tx); });
        } else {
            std::optional<Returned> result;
            run_read([&](Tx& tx) { result.emplace(f(tx)); });
            return std::move(*result);
        }
    }

    template <typename F>
    auto write(F&& f) -> std::invoke_result_t<F, Tx&> {
        return write_by([this](const auto& write) { run_write(write); }, f);
    }

    // As write(). While the server is away it asks again until `until` passes, also when nobody
    // knows whether it was written: so `f` must be harmless when it has been done before, as it
    // is when it looks for its own key first (idempotency.h). Few wait so at a time; the others
    // hear at once. Throws Unavailable with `perhaps` when any of the attempts may have written.
    template <typename F>
    auto write_patiently(std::chrono::steady_clock::time_point until, F&& f)
        -> std::invoke_result_t<F, Tx&> {
        return write_by([&](const auto& write) { run_patient_write(write, until); }, f);
    }

    // Accepts nothing more, finishes the writes that wait. Later calls throw Unavailable.
    virtual void close() = 0;
    virtual DatabaseCounters counters() const = 0;
    virtual DatabaseState state() const = 0;

    // Waits until the outbox has news written through this Database that `seen` does not know
    // (start with 0), or for `at_most`; returns what to pass as `seen` next time. Another process
    // does not ring: look at least every second.
    std::uint64_t wait_for_news(std::uint64_t seen, std::chrono::milliseconds at_most);

  protected:
    virtual void run_read(const std::function<void(Tx&)>& f) = 0;
    virtual void run_write(const std::function<Verdict(Tx&)>& f) = 0;
    virtual void run_patient_write(const std::function<Verdict(Tx&)>& f,
                                   std::chrono::steady_clock::time_point until) = 0;
    void ring();

  private:
    template <typename Run, typename F>
    static auto write_by(const Run& run, F& f) -> std::invoke_result_t<F, Tx&> {
        using Returned = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<Returned>) {
            run([&](Tx& tx) {
                f(tx);
                return Verdict::keep;
            });
        } else {
            std::optional<Returned> result;
            run([&](Tx& tx) {
                result.emplace(f(tx));
                return verdict_on(*result);
            });
            return std::move(*result);
        }
    }

    template <typename Returned>
    static Verdict verdict_on(const Returned& returned) {
        if constexpr (is_result<Returned>) {
            return returned.ok() ? Verdict::keep : Verdict::undo;
        } else {
            return Verdict::keep;
        }
    }

    std::mutex news_mutex_;
    std::condition_variable news_;
    std::uint64_t rings_ = 0;
};

}  // namespace emplettes::store
