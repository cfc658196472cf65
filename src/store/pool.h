#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/fault.h"

namespace emplettes::store {

// A fixed number of connections, lent to one caller each. Thread-safe.
template <typename Connection>
class Pool {
  public:
    // What is lent; gives it back at the end of its life.
    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(pool), connection_(std::move(connection)) {}
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

      private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    explicit Pool(std::vector<std::unique_ptr<Connection>> connections)
        : size_(connections.size()), idle_(std::move(connections)) {}

    // Throws Unavailable when none becomes free in time, or after close().
    Lease take(std::chrono::milliseconds wait_max) {
        std::unique_lock lock(mutex_);
        given_back_.wait_for(lock, wait_max, [this] { return !idle_.empty() || is_closed_; });
        if (is_closed_) {
            throw Unavailable("the database is closing");
        }
        if (idle_.empty()) {
            throw Unavailable("all " + std::to_string(size_) + " database connections are busy");
        }
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(connection));
    }

    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        given_back_.notify_all();
    }

  private:
    void give_back(std::unique_ptr<Connection> connection) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
        given_back_.notify_one();
    }

    const std::size_t size_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<Connection>> idle_;
    bool is_closed_ = false;
};

}  // namespace emplettes::store
