#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// Works on the imports of all territories, one after the other, on a thread of its own: a large
// one takes a minute, and the other jobs must not wait for it. Several processes may do so at once.
class Importer {
  public:
    // `context` must outlive it.
    explicit Importer(const site::Context& context) : context_(context) {}

    void work();
    void forget_old();
    // A shop has dropped a file, or said how to go on: the job does not wait for its next look.
    // From any thread, also before the job begins.
    void wake();
    // The import that is going on rests after its transaction, and goes on with the next start.
    void stop();

    std::vector<store::PeriodicJobs::Job> jobs();

  private:
    void wait_for_work();

    const site::Context& context_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;  // since the last wait
};

}  // namespace emplettes
