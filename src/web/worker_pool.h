#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
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
    // It waits for others, as for a database.
    virtual bool waits() const { return false; }
};

// A fixed number of threads and bounded queues before them, first come, first served. What waits
// for others has a queue of its own and never takes the last quarter of the threads, so that the
// rest goes on when those others do not answer.
class WorkerPool {
  public:
    struct Size {
        std::size_t threads;
        std::size_t queue_max;  // in each queue, beyond those being worked on
    };

    explicit WorkerPool(Size size);
    ~WorkerPool();  // as finish()

    // False when its queue is full: nothing was kept.
    bool try_push(std::shared_ptr<Work> work);
    // Works off what is queued, then ends the threads. No try_push afterwards.
    void finish();

    std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }

  private:
    struct Queued {
        std::uint64_t turn;
        std::shared_ptr<Work> work;
    };
    using Queue = std::deque<Queued>;

    void work();
    Queue* next_queue();
    bool may_wait() const { return waiting_now_ < waiting_max_; }
    void count_queued();

    const std::size_t queue_max_;
    const std::size_t waiting_max_;  // threads
    std::mutex mutex_;
    std::condition_variable changed_;
    Queue brief_;
    Queue waiting_;
    std::size_t waiting_now_ = 0;  // threads
    std::uint64_t turns_ = 0;
    bool is_finishing_ = false;
    std::atomic<std::size_t> queued_{0};
    std::vector<std::thread> threads_;
};

}  // namespace emplettes::web
