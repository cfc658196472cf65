#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/pool.h"
#include "store/postgres_connection.h"

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

// Database over PostgreSQL: two pools of connections.
class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(const DatabaseOptions& options);

    void close() override;
    DatabaseCounters counters() const override;

  protected:
    void run_read(const std::function<void(Tx&)>& f) override;
    void run_write(const std::function<Verdict(Tx&)>& f) override;

  private:
    using Connections = std::vector<std::unique_ptr<PostgresConnection>>;

    PostgresDatabase(const DatabaseOptions& options, Connections readers, Connections writers);
    PostgresConnection::Outcome write_until_it_fits(const std::function<Verdict(Tx&)>& f);
    void pause_after(int attempt);

    const std::chrono::milliseconds wait_max_;
    std::vector<PostgresConnection*> watched_;
    Pool<PostgresConnection> readers_;
    Pool<PostgresConnection> writers_;
    std::atomic<std::int64_t> reads_{0};
    std::atomic<std::int64_t> writes_{0};
    std::atomic<std::int64_t> retries_{0};
    std::atomic<std::int64_t> unavailable_{0};
    PostgresWatch watch_;
};

}  // namespace emplettes::store
