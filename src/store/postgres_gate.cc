#include "store/postgres_gate.h"

#include "base/log.h"
#include "store/fault.h"

namespace emplettes::store {
namespace {

using std::chrono::milliseconds;

// A server that is well answers in a few milliseconds, on a busy disk in some hundred.
constexpr milliseconds kAnswerMax{1000};
constexpr milliseconds kAskEvery{250};

std::optional<std::string> find_failure(const std::function<void()>& ask) {
    try {
        ask();
        return std::nullopt;
    } catch (const std::exception& failure) {
        return failure.what();
    }
}

}  // namespace

PostgresGate::PostgresGate(std::string what, std::function<void()> ask)
    : what_(std::move(what)), ask_(std::move(ask)), thread_([this] { work(); }) {}

PostgresGate::~PostgresGate() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void PostgresGate::pass() const {
    if (!is_open())
        throw Unavailable("PostgreSQL does not answer", Unavailable::Written::nothing,
                          Unavailable::Cause::away);
}

bool PostgresGate::is_open() const {
    const std::lock_guard lock(mutex_);
    return is_open_at(std::chrono::steady_clock::now());
}

// Also shut while the server is asked and takes too long to answer.
bool PostgresGate::is_open_at(Time now) const {
    return !is_shut_ && (!doubted_at_ || now - *doubted_at_ < kAnswerMax);
}

void PostgresGate::doubt() {
    const std::lock_guard lock(mutex_);
    if (doubted_at_) return;
    doubted_at_ = std::chrono::steady_clock::now();
    changed_.notify_all();
}

bool PostgresGate::wait(Time until) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, until,
                               [this] { return is_open_at(std::chrono::steady_clock::now()); });
}

std::int64_t PostgresGate::openings() const {
    const std::lock_guard lock(mutex_);
    return openings_;
}

void PostgresGate::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_stopping_ || doubted_at_; });
        if (is_stopping_) return;
        lock.unlock();
        const std::optional<std::string> failure = find_failure(ask_);
        lock.lock();
        if (!failure) {
            open();
            continue;
        }
        shut(*failure);
        changed_.wait_for(lock, kAskEvery, [this] { return is_stopping_; });
    }
}

void PostgresGate::shut(const std::string& why) {
    if (!is_shut_) log_warning("no " + what_ + " for now: " + why);
    is_shut_ = true;
}

void PostgresGate::open() {
    const auto now = std::chrono::steady_clock::now();
    if (is_shut_ || now - *doubted_at_ >= kAnswerMax) {
        const auto away = std::chrono::duration_cast<milliseconds>(now - *doubted_at_);
        log_info(what_ + " again, after " + std::to_string(away.count()) + " ms");
        ++openings_;
    }
    is_shut_ = false;
    doubted_at_.reset();
    changed_.notify_all();
}

}  // namespace emplettes::store
