#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace emplettes::store {

// Functions that run every so often, one after the other, on one background thread: expiry,
// purges, sending. A boundary for faults: what a job throws is counted and, unless it did so the
// last time, logged; its next run takes place. Thread-safe.
class PeriodicJobs {
  public:
    struct Job {
        std::string name;
        std::chrono::milliseconds every;  // from the end of one run to the start of the next
        std::function<void()> run;
    };
    // For /metrics.
    struct Report {
        std::string name;
        std::int64_t runs = 0;
        std::int64_t failures = 0;
        std::string last_failure;
    };

    // Starts at once; each job runs first after its `every`.
    explicit PeriodicJobs(std::vector<Job> jobs);
    // Waits for the end of the run that is going on; no other begins.
    ~PeriodicJobs();
    PeriodicJobs(const PeriodicJobs&) = delete;
    PeriodicJobs& operator=(const PeriodicJobs&) = delete;

    std::vector<Report> reports() const;

  private:
    using Time = std::chrono::steady_clock::time_point;
    struct Scheduled {
        Job job;
        Time next;
        Report report;
        std::optional<std::string> failing = {};
    };

    void work();
    void run(Scheduled& scheduled);

    mutable std::mutex mutex_;
    std::condition_variable stop_;
    bool is_stopping_ = false;
    std::vector<Scheduled> scheduled_;
    std::thread thread_;
};

}  // namespace emplettes::store
