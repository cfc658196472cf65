#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "notices/delivery.h"
#include "notices/notice.h"
#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// What must happen without anybody asking: reservations end in time, notices go out, old records
// are forgotten. Every part may be repeated and may be run by several processes at once.
class Housekeeping {
  public:
    // Both must outlive it; `ways` are those of the context, whose relay is watched here.
    Housekeeping(const site::Context& context, notices::Ways& ways);
    ~Housekeeping();

    // Reminds shops that do not answer, passes requests on to the next, ends what is overdue.
    void look_after_reservations();
    void send_notices();
    // Also the files of mails, of territories that are gone too.
    void forget_old_records();
    void count_notices();
    void count_pledges();
    void forget_signers();
    // Shops whose stock is to be checked, once a week each.
    void remind_of_stock();
    // Shops whose feed waits for their word, once a day each at most.
    void tell_of_held_feeds();
    // What was asked since the last time, in one transaction for each territory.
    void forget_askers();
    void write_questions();
    // The files of photographs that no shop has any more.
    void sweep_pictures();
    // Streets, addresses and tiles that were imported meanwhile.
    void renew_ground();

    std::vector<store::PeriodicJobs::Job> jobs();
    // Apart, for they wait for other machines.
    std::vector<store::PeriodicJobs::Job> sending_jobs();
    // Apart, for it is every second.
    std::vector<store::PeriodicJobs::Job> counting_jobs();
    // No further notice is begun.
    void stop_sending() { is_stopping_ = true; }

    // By slug, when they were last counted; without those that have not been yet. Never waits for
    // the database.
    std::map<std::string, notices::NoticeCounts> notice_counts() const;

  private:
    void send_notices_of(store::Database& database);

    const site::Context& context_;
    notices::Ways& ways_;
    std::unique_ptr<notices::Mailer> smtp_;  // null: mails stay in their territory's folder
    std::unique_ptr<notices::TextSender> texts_;
    const notices::ReturnPaths return_paths_;
    std::atomic<bool> is_stopping_{false};
    mutable std::mutex counts_mutex_;
    std::map<std::string, notices::NoticeCounts> counts_;
};

}  // namespace emplettes
