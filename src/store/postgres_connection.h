#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <soci/soci.h>

#include "store/database.h"
#include "store/deadline.h"
#include "store/postgres_address.h"
#include "store/statement.h"
#include "store/tx.h"

struct pg_conn;
struct pg_result;

namespace emplettes::store {

// PostgreSQL could not put this transaction in a row with the others: run it again.
class SerializationFailure final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// One connection to PostgreSQL, made when it is first needed and again after it was lost. Used by
// one thread at a time, except `cut_when_late`.
class PostgresConnection {
  public:
    enum class Use { read, write };
    struct Options {
        PostgresAddress& address;
        Use use = Use::read;
        std::chrono::milliseconds query_timeout_max{2000};
    };
    struct Outcome {
        bool is_committed = false;
        bool has_news = false;
    };

    explicit PostgresConnection(const Options& options) : options_(options) {}
    ~PostgresConnection() { disconnect(); }
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // Throws Unavailable when it cannot, or when the server is not as durable as it must be.
    void connect();
    // Leaves a server that was connected to before this many openings of its gate
    // (postgres_gate.h); the next transaction finds the leader anew.
    void renew_after(std::int64_t openings);

    // Runs `f` in one transaction: serialisable to write, one snapshot to read. Throws what `f`
    // throws, SerializationFailure, Unavailable, SqlError.
    Outcome transact(const std::function<Verdict(Tx&)>& f);

    // Hangs up when a statement is late, so that the thread that waits for it goes on: a server
    // that is frozen never answers. For any thread.
    void cut_when_late();

  private:
    struct Session {
        explicit Session(const PostgresAddress& address);

        soci::session sql;
        StatementCache statements;
    };

    void begin();
    Outcome run(const std::function<Verdict(Tx&)>& f);
    void commit();
    void roll_back() noexcept;
    void execute(const char* sql);
    std::string ask(const char* sql);
    void configure();
    void check_server();
    void watch_socket();
    void disconnect() noexcept;
    bool is_lost() const;
    Tx::Connection for_tx();
    [[noreturn]] void rethrow(Unavailable::Written written);
    [[noreturn]] void fail(const soci::soci_error& error, Unavailable::Written written);
    static void on_notice(void* connection, const pg_result* notice);

    const Options options_;
    std::unique_ptr<Session> session_;
    Deadline deadline_;
    std::int64_t openings_ = 0;
    bool is_warned_ = false;
    std::mutex socket_mutex_;
    int socket_ = -1;  // our own copy, so that it is never somebody else's by now
};

}  // namespace emplettes::store
