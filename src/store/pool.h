#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
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

    // First come, first served. Throws Unavailable when none becomes free in time, or after
    // close().
    Lease take(std::chrono::milliseconds wait_max) {
        std::unique_lock lock(mutex_);
        Waiting waiting;
        if (idle_.empty()) {
            queue_.push_back(&waiting);
            waiting.served.wait_for(lock, wait_max,
                                    [&] { return waiting.connection != nullptr || is_closed_; });
            std::erase(queue_, &waiting);
        } else {
            waiting.connection = take_idle();
        }
        if (waiting.connection == nullptr && !is_closed_) {
            throw Unavailable("all " + std::to_string(size_) + " database connections are busy");
        }
        if (is_closed_) {
            serve(std::move(waiting.connection));
            throw Unavailable("the database is closing");
        }
        return Lease(*this, std::move(waiting.connection));
    }

    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        for (Waiting* waiting : queue_) {
            waiting->served.notify_one();
        }
    }

  private:
    struct Waiting {
        std::unique_ptr<Connection> connection;
        std::condition_variable served;
    };

    std::unique_ptr<Connection> take_idle() {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }

    void give_back(std::unique_ptr<Connection> connection) {
        const std::lock_guard lock(mutex_);
        serve(std::move(connection));
    }

    // To who waits longest, else to the idle ones. `connection` may be none.
    void serve(std::unique_ptr<Connection> connection) {
        if (connection == nullptr) {
            return;
        }
        if (queue_.empty()) {
            idle_.push_back(std::move(connection));
            return;
        }
        Waiting* first = queue_.front();
        queue_.pop_front();
        first->connection = std::move(connection);
        first->served.notify_one();
    }

    const std::size_t size_;
    std::mutex mutex_;
    std::deque<Waiting*> queue_;
    std::vector<std::unique_ptr<Connection>> idle_;
    bool is_closed_ = false;
};

}  // namespace emplettes::store
