#include "store/group_commit.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::store {
namespace {

// Bounds how long the first of a group waits for the last.
constexpr std::size_t kGroupMax = 256;

}  // namespace

GroupCommit::GroupCommit(Options options)
    : options_(std::move(options)),
      connection_(options_.connection),
      checkpoint_(options_.connection.path) {
    const auto remember_length = [](void* log_pages, sqlite_api::sqlite3*, const char*, int pages) {
        *static_cast<int*>(log_pages) = pages;
        return SQLITE_OK;
    };
    sqlite_api::sqlite3_wal_hook(connection_.raw(), remember_length, &log_.pages);
    thread_ = std::thread([this] { work(); });
}

GroupCommit::~GroupCommit() {
    close();
    thread_.join();
}

void GroupCommit::run(const Write& write) {
    check(std::this_thread::get_id() != thread_.get_id());  // a write inside a write
    Waiting waiting;
    waiting.write = &write;
    {
        std::unique_lock lock(mutex_);
        if (is_closing_) {
            throw Unavailable("the database is closing");
        }
        if (queue_.size() >= options_.waiting_max) {
            throw Unavailable("too many writes are waiting (" +
                              std::to_string(options_.waiting_max) + "); try again in a moment");
        }
        queue_.push_back(&waiting);
        wake_.notify_one();
        waiting.done.wait(lock, [&] { return waiting.is_done; });
    }
    if (waiting.failure) {
        std::rethrow_exception(waiting.failure);
    }
}

void GroupCommit::close() {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
    wake_.notify_one();
}

std::size_t GroupCommit::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void GroupCommit::work() {
    for (Group group = next_group(); !group.empty(); group = next_group()) {
        has_news_ = false;
        log_.disk_is_full = false;
        commit(group);
        answer(group);
        if (has_news_) {
            options_.on_news();
        }
        checkpoint_.after_commit(connection_, log_);
    }
}

// Empty when nothing will come any more.
GroupCommit::Group GroupCommit::next_group() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !queue_.empty() || is_closing_; });
    const auto size = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kGroupMax));
    Group group(queue_.begin(), queue_.begin() + size);
    queue_.erase(queue_.begin(), queue_.begin() + size);
    return group;
}

void GroupCommit::commit(Group group) {
    while (!group.empty()) {
        try {
            refuse_when_broken();
            connection_.execute("BEGIN IMMEDIATE");
            if (Waiting* culprit = run_all(group)) {
                connection_.roll_back();
                std::erase(group, culprit);
                retries_ += static_cast<std::int64_t>(group.size());
                continue;
            }
            end(group);
        } catch (...) {
            fail(group);
        }
        return;
    }
}

// The write after which SQLite had dropped the whole transaction; none when it still stands.
GroupCommit::Waiting* GroupCommit::run_all(const Group& group) {
    for (Waiting* waiting : group) {
        if (!run_one(*waiting)) {
            return waiting;
        }
    }
    return nullptr;
}

// False when the transaction is gone.
bool GroupCommit::run_one(Waiting& waiting) {
    waiting.failure = nullptr;
    waiting.is_kept = false;
    connection_.execute("SAVEPOINT one_write");
    Verdict verdict = Verdict::undo;
    try {
        try {
            Tx tx(connection_.for_tx());
            verdict = (*waiting.write)(tx);
            has_news_ = has_news_ || (verdict == Verdict::keep && tx.has_news());
        } catch (...) {
            connection_.rethrow();
        }
    } catch (...) {
        waiting.failure = std::current_exception();
    }
    if (!connection_.in_transaction()) {
        if (!waiting.failure)
            waiting.failure =
                std::make_exception_ptr(SqlError("a statement failed and the transaction went on"));
        return false;
    }
    if (verdict == Verdict::undo) {
        connection_.execute("ROLLBACK TO one_write");
    }
    connection_.execute("RELEASE one_write");
    waiting.is_kept = verdict == Verdict::keep;
    return true;
}

void GroupCommit::end(const Group& group) {
    options_.before_commit();
    connection_.execute("COMMIT");
    ++commits_;
    writes_ += std::ranges::count(group, true, &Waiting::is_kept);
}

// Everybody fails, also who was refused or failed already: they may have seen what a neighbour
// wrote, and that is undone now.
void GroupCommit::fail(const Group& group) {
    std::exception_ptr failure;
    try {
        // A disk that once failed to confirm may have dropped the pages and confirm the next time
        // what it no longer has. Only a restart reads what is really there.
        is_broken_ = is_broken_ || connection_.sync_failed();
        log_.disk_is_full = connection_.disk_is_full();
        refuse_when_broken();
        connection_.rethrow();
    } catch (...) {
        failure = std::current_exception();
    }
    has_news_ = false;
    connection_.roll_back();
    for (Waiting* waiting : group) {
        waiting->failure = failure;
    }
}

void GroupCommit::refuse_when_broken() const {
    if (is_broken_) {
        throw Unavailable("the disk failed to confirm a write; check it, then restart",
                          Unavailable::Written::perhaps);
    }
}

void GroupCommit::answer(const Group& group) {
    const std::lock_guard lock(mutex_);
    for (Waiting* waiting : group) {
        waiting->is_done = true;
        waiting->done.notify_one();  // under the lock: the caller frees `waiting` after it
    }
}

}  // namespace emplettes::store
