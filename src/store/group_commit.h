#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/sqlite_connection.h"
#include "store/wal_checkpoint.h"

namespace emplettes::store {

// The one writer of an SQLite file. Writes that wait together share one transaction, a savepoint
// each, and one COMMIT; only then are their callers answered. When COMMIT fails, everybody in it
// gets Unavailable. When SQLite drops the whole transaction because of one write (disk full, too
// late), the others run again without it.
class GroupCommit {
  public:
    using Write = std::function<Verdict(Tx&)>;
    struct Options {
        SqliteConnection::Options connection;
        std::size_t waiting_max = 4096;
        // After every COMMIT that held news for the outbox.
        std::function<void()> on_news = [] {};
        // For tests: just before each COMMIT, on the writer's thread. May throw, as COMMIT may.
        std::function<void()> before_commit = [] {};
    };

    explicit GroupCommit(Options options);
    ~GroupCommit();
    GroupCommit(const GroupCommit&) = delete;
    GroupCommit& operator=(const GroupCommit&) = delete;

    // Returns when it is committed or undone; throws what `write` throws, and Unavailable.
    void run(const Write& write);
    // Accepts nothing more, finishes what waits.
    void close();

    std::size_t waiting() const;
    std::int64_t writes() const { return writes_; }
    std::int64_t commits() const { return commits_; }
    std::int64_t retries() const { return retries_; }
    // The disk once failed to confirm: nothing is accepted until a restart.
    bool is_broken() const { return is_broken_; }

  private:
    struct Waiting {
        const Write* write = nullptr;
        std::exception_ptr failure;
        bool is_kept = false;
        bool is_done = false;
        std::condition_variable done;
    };
    using Group = std::vector<Waiting*>;

    void work();
    Group next_group();
    void commit(Group group);
    Waiting* run_all(const Group& group);
    bool run_one(Waiting& waiting);
    void end(const Group& group);
    void fail(const Group& group);
    void refuse_when_broken() const;
    void answer(const Group& group);

    const Options options_;
    SqliteConnection connection_;
    WalCheckpoint checkpoint_;
    WalCheckpoint::Log log_;
    bool has_news_ = false;
    std::atomic<bool> is_broken_{false};
    std::atomic<std::int64_t> writes_{0};
    std::atomic<std::int64_t> commits_{0};
    std::atomic<std::int64_t> retries_{0};
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting*> queue_;
    bool is_closing_ = false;
    std::thread thread_;
};

}  // namespace emplettes::store
