#include "web/worker_pool.h"

#include "base/check.h"

namespace emplettes::web {

WorkerPool::WorkerPool(Size size) : queue_max_(size.queue_max) {
    check(size.threads > 0);
    for (std::size_t i = 0; i < size.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { finish(); }

bool WorkerPool::try_push(std::shared_ptr<Work> work) {
    {
        const std::lock_guard lock(mutex_);
        check(!is_finishing_);
        if (queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(work));
        queued_.store(queue_.size(), std::memory_order_relaxed);
    }
    changed_.notify_one();
    return true;
}

void WorkerPool::finish() {
    {
        const std::lock_guard lock(mutex_);
        is_finishing_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_finishing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto next = std::move(queue_.front());
        queue_.pop_front();
        queued_.store(queue_.size(), std::memory_order_relaxed);
        lock.unlock();
        next->run();
        next.reset();
        lock.lock();
    }
}

}  // namespace emplettes::web
