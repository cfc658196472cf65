#pragma once
#include <atomic>
#include <functional>
#include <memory>

#include "store/database.h"
#include "store/group_commit.h"
#include "store/pool.h"

namespace emplettes::store {

// Database over an SQLite file.
class SqliteDatabase final : public Database {
  public:
    // `before_commit`: see GroupCommit::Options.
    explicit SqliteDatabase(
        const DatabaseOptions& options, std::function<void()> before_commit = [] {});

    void close() override;
    DatabaseCounters counters() const override;
    DatabaseState state() const override { return {.writes = !writer_.is_broken()}; }
    std::size_t waiting_writes() const { return writer_.waiting(); }

  protected:
    void run_read(const std::function<void(Tx&)>& f) override;
    void run_write(const std::function<Verdict(Tx&)>& f) override;
    // A file is never away.
    void run_patient_write(const std::function<Verdict(Tx&)>& f,
                           std::chrono::steady_clock::time_point /*until*/) override {
        run_write(f);
    }

  private:
    const std::chrono::milliseconds wait_max_;
    GroupCommit writer_;
    Pool<SqliteConnection> readers_;
    std::atomic<std::int64_t> reads_{0};
    std::atomic<std::int64_t> unavailable_{0};
};

}  // namespace emplettes::store
