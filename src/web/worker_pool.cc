#include "web/worker_pool.h"

#include "base/check.h"

namespace emplettes::web {

WorkerPool::WorkerPool(Size size)
    : queue_max_(size.queue_max), waiting_max_(size.threads - size.threads / 4) {
    check(size.threads > 0);
    for (std::size_t i = 0; i < size.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { finish(); }

bool WorkerPool::try_push(std::shared_ptr<Work> work) {
    {
        const std::lock_guard lock(mutex_);
        check(!is_finishing_);
        Queue& queue = work->waits() ? waiting_ : brief_;
        if (queue.size() >= queue_max_) return false;
        queue.push_back({turns_++, std::move(work)});
        count_queued();
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

// Whose turn it is; null: nobody's.
WorkerPool::Queue* WorkerPool::next_queue() {
    const bool has_waiting = !waiting_.empty() && may_wait();
    if (brief_.empty()) return has_waiting ? &waiting_ : nullptr;
    return has_waiting && waiting_.front().turn < brief_.front().turn ? &waiting_ : &brief_;
}

void WorkerPool::count_queued() {
    queued_.store(brief_.size() + waiting_.size(), std::memory_order_relaxed);
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        Queue* queue = nullptr;
        changed_.wait(lock, [&] {
            queue = next_queue();
            return queue != nullptr || (is_finishing_ && waiting_.empty());
        });
        if (queue == nullptr) return;
        auto next = std::move(queue->front().work);
        queue->pop_front();
        count_queued();
        const bool waits = next->waits();
        if (waits) ++waiting_now_;
        lock.unlock();
        next->run();
        next.reset();
        lock.lock();
        // Whoever could not begin for want of threads that may wait, and the end of them all.
        if (waits && waiting_now_-- == waiting_max_) changed_.notify_all();
    }
}

}  // namespace emplettes::web
