#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace emplettes::store {

// Lets calls through to a server that answers. When one of them has lost it, a thread asks the
// server itself, again and again; while there is no answer the gate is shut, and whoever calls
// hears so at once instead of waiting for what a connection may take. Thread-safe.
class PostgresGate {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // `ask` returns when the server did what it is asked, else it throws; on the gate's thread.
    // `what` names in the log what is possible here.
    PostgresGate(std::string what, std::function<void()> ask);
    ~PostgresGate();
    PostgresGate(const PostgresGate&) = delete;
    PostgresGate& operator=(const PostgresGate&) = delete;

    // Throws Unavailable, `away`, while it is shut.
    void pass() const;
    bool is_open() const;
    // A call has lost the server.
    void doubt();
    // Until it is open, or `until`; whether it is.
    bool wait(Time until);
    // How often it has opened again. What was connected before may lead to who is no leader now.
    std::int64_t openings() const;

  private:
    void work();
    void shut(const std::string& why);
    void open();
    bool is_open_at(Time now) const;

    const std::string what_;
    const std::function<void()> ask_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Time> doubted_at_;
    bool is_shut_ = false;
    bool is_stopping_ = false;
    std::int64_t openings_ = 0;
    std::thread thread_;
};

}  // namespace emplettes::store
