#pragma once
#include <atomic>

#include "store/database.h"
#include "store/postgres_pool.h"

namespace emplettes::store {

// Database over PostgreSQL: two pools of connections. When a server is lost or does not answer in
// time, its connection is dropped and the leader looked for, among all hosts of the address.
class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(const DatabaseOptions& options);

    void close() override;
    DatabaseCounters counters() const override;
    DatabaseState state() const override;

  protected:
    void run_read(const std::function<void(Tx&)>& f) override;
    void run_write(const std::function<Verdict(Tx&)>& f) override;
    void run_patient_write(const std::function<Verdict(Tx&)>& f,
                           std::chrono::steady_clock::time_point until) override;

  private:
    using Time = std::chrono::steady_clock::time_point;

    void note(const PostgresConnection::Outcome& outcome);
    PostgresConnection::Outcome write_until_it_fits(const std::function<Verdict(Tx&)>& f);
    PostgresConnection::Outcome write_until(const std::function<Verdict(Tx&)>& f, Time until);
    bool waited_for_server(Time until);
    void pause_after(int attempt);

    PostgresAddress address_;
    PostgresPool readers_;
    PostgresPool writers_;
    std::atomic<int> patient_{0};  // that wait for the server now
    std::atomic<std::int64_t> reads_{0};
    std::atomic<std::int64_t> writes_{0};
    std::atomic<std::int64_t> retries_{0};
    std::atomic<std::int64_t> repeats_{0};
    std::atomic<std::int64_t> unavailable_{0};
};

}  // namespace emplettes::store
