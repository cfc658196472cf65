#include "store/wal_checkpoint.h"

#include "base/log.h"

namespace emplettes::store {
namespace {

constexpr int kPagesBetween = 1000;       // 4 MiB
constexpr int kPagesForcing = 16 * 1024;  // 64 MiB: readers kept the log from beginning anew
constexpr std::chrono::milliseconds kForcingWaitMax{100};

}  // namespace

WalCheckpoint::WalCheckpoint(const std::string& path)
    : connection_(
          {.path = path, .use = SqliteConnection::Use::write, .lock_wait_max = kForcingWaitMax}),
      next_at_pages_(kPagesBetween),
      thread_([this] { run(); }) {}

WalCheckpoint::~WalCheckpoint() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void WalCheckpoint::after_commit(SqliteConnection& writer, Log log) {
    if (log.pages < kPagesBetween) {
        next_at_pages_ = kPagesBetween;
    }
    if (last_step_due_.exchange(false)) {
        sqlite_api::sqlite3_wal_checkpoint_v2(writer.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                              nullptr, nullptr);
    }
    if (log.pages < next_at_pages_ && !log.disk_is_full) {
        return;
    }
    next_at_pages_ = log.pages + kPagesBetween;
    {
        const std::lock_guard lock(mutex_);
        is_wanted_ = true;
    }
    wake_.notify_one();
}

void WalCheckpoint::run() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return is_wanted_ || is_closing_; });
            if (is_closing_) {
                return;
            }
            is_wanted_ = false;
        }
        int log_pages = 0;
        int copied = 0;
        const int code = sqlite_api::sqlite3_wal_checkpoint_v2(
            connection_.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log_pages, &copied);
        if (code != SQLITE_OK && code != SQLITE_BUSY) {
            log_warning(
                std::string("the write-ahead log cannot be copied into the database yet: ") +
                sqlite_api::sqlite3_errmsg(connection_.raw()));
        }
        if (log_pages >= kPagesForcing) {
            sqlite_api::sqlite3_wal_checkpoint_v2(connection_.raw(), nullptr,
                                                  SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
        }
        last_step_due_.store(true);
    }
}

}  // namespace emplettes::store
