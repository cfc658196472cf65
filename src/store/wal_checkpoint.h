#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/sqlite_connection.h"

namespace emplettes::store {

// Keeps SQLite's write-ahead log short without making writers wait: a thread of its own copies the
// bulk of it into the database; the writer then copies what was written meanwhile (little), which
// lets it begin the log anew.
class WalCheckpoint {
  public:
    explicit WalCheckpoint(const std::string& path);
    ~WalCheckpoint();
    WalCheckpoint(const WalCheckpoint&) = delete;
    WalCheckpoint& operator=(const WalCheckpoint&) = delete;

    struct Log {
        int pages = 0;
        bool disk_is_full = false;  // then at once: what is copied makes room in the log
    };
    // For the writer, between two transactions. Does the last step on its connection when due.
    void after_commit(SqliteConnection& writer, Log log);

  private:
    void run();

    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_wanted_ = false;
    bool is_closing_ = false;
    std::atomic<bool> last_step_due_{false};
    int next_at_pages_;  // the writer's
    std::thread thread_;
};

}  // namespace emplettes::store
