#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "web/shield/admission.h"
#include "web/shield/shield_report.h"

namespace emplettes::web {

// Something a worker does. Neither may throw.
class Work {
  public:
    virtual ~Work() = default;
    virtual void run() = 0;
    // It is not done. Any thread.
    virtual void turn_away(TurnedAway why) = 0;
};

// A fixed number of threads; who is next, and how many work at once, Admission says.
class WorkerPool {
  public:
    explicit WorkerPool(const Admission::Config& config);
    ~WorkerPool();  // as finish()

    // Each is later run, or turned away: perhaps before this returns, and perhaps another.
    void push(Waiting waiting, Admission::Lane lane);
    // Turns away those who have waited too long. Often enough, so that they hear it in time.
    void turn_away_late();
    // Works off what is queued, then ends the threads. No push afterwards.
    void finish();

    std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }
    struct Load {
        double utilisation = 0;       // since the last look, of the fuller lane
        std::size_t limit = 0;        // of those that wait for others
        std::size_t brief_limit = 0;  // of those that do not
    };
    Load look();

  private:
    void work();
    static Admission::Ended run(Admission::Started& next);

    std::mutex mutex_;
    std::condition_variable changed_;
    Admission admission_;
    bool is_finishing_ = false;
    std::atomic<std::size_t> queued_{0};
    std::vector<std::thread> threads_;
};

}  // namespace emplettes::web
