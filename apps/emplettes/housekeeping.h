#pragma once
#include <string>
#include <vector>

#include "notices/eml_folder.h"
#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// What must happen without anybody asking: reservations end in time, notices go out, old records
// are forgotten. Every part may be repeated and may be run by several processes at once.
class Housekeeping {
  public:
    // `context` must outlive it.
    explicit Housekeeping(const site::Context& context);

    void expire_reservations();
    void send_notices();
    void forget_old_records();

    std::vector<store::PeriodicJobs::Job> jobs();

  private:
    const site::Context& context_;
    notices::EmlFolder mails_;
};

}  // namespace emplettes
