#include "web/worker_pool.h"

#include <optional>
#include <utility>

#include "base/check.h"

namespace emplettes::web {
namespace {

using std::chrono::steady_clock;

std::int64_t microseconds(steady_clock::duration span) {
    return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

}  // namespace

WorkerPool::WorkerPool(const Admission::Config& config) : admission_(config) {
    check(config.threads > 0);
    for (std::size_t i = 0; i < config.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { finish(); }

void WorkerPool::push(Waiting waiting, Admission::Lane lane) {
    std::optional<Waiting> dropped;
    bool can_start = false;
    {
        const std::lock_guard lock(mutex_);
        check(!is_finishing_);
        dropped = admission_.push(std::move(waiting), lane);
        queued_.store(admission_.queued(), std::memory_order_relaxed);
        can_start = admission_.can_start();
    }
    if (can_start) changed_.notify_one();
    if (dropped) dropped->work->turn_away(TurnedAway::no_room);
}

void WorkerPool::turn_away_late() {
    std::vector<Waiting> late;
    {
        const std::lock_guard lock(mutex_);
        admission_.take_late(steady_clock::now(), late);
        queued_.store(admission_.queued(), std::memory_order_relaxed);
    }
    for (const Waiting& one : late) one.work->turn_away(TurnedAway::too_late);
}

WorkerPool::Load WorkerPool::look() {
    const std::lock_guard lock(mutex_);
    return {.utilisation = admission_.utilisation(steady_clock::now()),
            .limit = admission_.limit(Admission::Lane::waiting),
            .brief_limit = admission_.limit(Admission::Lane::brief)};
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
        std::optional<Admission::Started> next;
        changed_.wait(lock, [&] {
            next = admission_.start(steady_clock::now());
            return next || (is_finishing_ && admission_.queued() == 0);
        });
        if (!next) return;
        queued_.store(admission_.queued(), std::memory_order_relaxed);
        if (admission_.can_start()) changed_.notify_one();
        lock.unlock();
        const auto ended = run(*next);
        lock.lock();
        admission_.end(ended, steady_clock::now());
        if (is_finishing_) changed_.notify_all();
    }
}

// Nobody waits for the answer of one who has waited too long: no work is done for it.
Admission::Ended WorkerPool::run(Admission::Started& next) {
    const auto began = steady_clock::now();
    auto work = std::move(next.waiting.work);
    const bool is_done = began < next.waiting.until;
    is_done ? work->run() : work->turn_away(TurnedAway::too_late);
    return {.lane = next.lane,
            .took_us = microseconds(steady_clock::now() - began),
            .usual_us = next.waiting.usual_us,
            .is_done = is_done};
}

}  // namespace emplettes::web
