#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/pool.h"
#include "store/postgres_connection.h"
#include "store/postgres_gate.h"

namespace emplettes::store {

// Hangs up on servers that do not answer in time: a thread that looks ten times a second.
class PostgresWatch {
  public:
    explicit PostgresWatch(std::vector<PostgresConnection*> connections);
    ~PostgresWatch();
    PostgresWatch(const PostgresWatch&) = delete;
    PostgresWatch& operator=(const PostgresWatch&) = delete;

  private:
    void work();

    const std::vector<PostgresConnection*> connections_;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool is_stopping_ = false;
    std::thread thread_;
};

// The connections for one use, behind a gate. Thread-safe.
class PostgresPool {
  public:
    // `address` must outlive it.
    PostgresPool(PostgresAddress& address, const DatabaseOptions& options,
                 PostgresConnection::Use use);

    // As PostgresConnection::transact, on whichever is free.
    PostgresConnection::Outcome transact(const std::function<Verdict(Tx&)>& f);
    // Says now what is wrong with the server. Throws Unavailable.
    void connect();
    void close() { pool_.close(); }
    PostgresGate& gate() { return gate_; }
    const PostgresGate& gate() const { return gate_; }

  private:
    using Connections = std::vector<std::unique_ptr<PostgresConnection>>;

    PostgresPool(Connections connections, const PostgresConnection::Options& of,
                 std::chrono::milliseconds wait_max);
    void ask();

    const std::chrono::milliseconds wait_max_;
    const PostgresConnection::Use use_;
    PostgresConnection asker_;
    std::vector<PostgresConnection*> watched_;
    Pool<PostgresConnection> pool_;
    PostgresWatch watch_;
    PostgresGate gate_;
};

}  // namespace emplettes::store
