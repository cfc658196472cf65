#pragma once
#include <atomic>
#include <vector>

#include "emplettes/data_folder.h"
#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// Works on the imports of all territories, one after the other, on a thread of its own: a large
// one takes a minute, and the other jobs must not wait for it. Several processes may do so at once.
class Importer {
  public:
    // Both must outlive it.
    Importer(const site::Context& context, const DataFolder& folder)
        : context_(context), folder_(folder) {}

    void work();
    void forget_old();
    // The import that is going on rests after its transaction, and goes on with the next start.
    void stop() { stopping_ = true; }

    std::vector<store::PeriodicJobs::Job> jobs();

  private:
    const site::Context& context_;
    const DataFolder& folder_;
    std::atomic<bool> stopping_{false};
};

}  // namespace emplettes
