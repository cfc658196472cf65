#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace emplettes::web {

// Something a worker does. Must not throw.
class Work {
  public:
    virtual ~Work() = default;
    virtual void run() = 0;
};

// A fixed number of threads and a bounded queue before them, first come, first served.
class WorkerPool {
  public:
    struct Size {
        std::size_t threads;
        std::size_t queue_max;  // waiting, beyond those being worked on
    };

    explicit WorkerPool(Size size);
    ~WorkerPool();  // as finish()

    // False when the queue is full: nothing was kept.
    bool try_push(std::shared_ptr<Work> work);
    // Works off what is queued, then ends the threads. No try_push afterwards.
    void finish();

    std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }

  private:
    void work();

    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Work>> queue_;
    bool is_finishing_ = false;
    std::atomic<std::size_t> queued_{0};
    std::vector<std::thread> threads_;
};

}  // namespace emplettes::web
