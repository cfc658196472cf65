#include "store/periodic_jobs.h"

#include <algorithm>
#include <optional>

#include "base/log.h"

namespace emplettes::store {
namespace {

// What went wrong; none when nothing did.
std::optional<std::string> run_guarded(const PeriodicJobs::Job& job) {
    try {
        job.run();
        return std::nullopt;
    } catch (const std::exception& failure) {
        return failure.what();
    }
}

}  // namespace

PeriodicJobs::PeriodicJobs(std::vector<Job> jobs) {
    const Time now = std::chrono::steady_clock::now();
    for (Job& job : jobs) {
        const Time first = now + job.every;
        Report report{.name = job.name};
        scheduled_.push_back({std::move(job), first, std::move(report)});
    }
    thread_ = std::thread([this] { work(); });
}

PeriodicJobs::~PeriodicJobs() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    stop_.notify_one();
    thread_.join();
}

std::vector<PeriodicJobs::Report> PeriodicJobs::reports() const {
    const std::lock_guard lock(mutex_);
    std::vector<Report> reports;
    for (const Scheduled& scheduled : scheduled_) {
        reports.push_back(scheduled.report);
    }
    return reports;
}

void PeriodicJobs::work() {
    while (!scheduled_.empty()) {
        Scheduled& next = *std::ranges::min_element(scheduled_, {}, &Scheduled::next);
        {
            std::unique_lock lock(mutex_);
            if (stop_.wait_until(lock, next.next, [this] { return is_stopping_; })) {
                return;
            }
        }
        run(next);
    }
}

void PeriodicJobs::run(Scheduled& scheduled) {
    const std::optional<std::string> failure = run_guarded(scheduled.job);
    scheduled.next = std::chrono::steady_clock::now() + scheduled.job.every;
    // Once, however long the same lasts.
    if (failure && scheduled.failing != failure)
        log_error("job " + scheduled.job.name + " failed: " + *failure);
    scheduled.failing = failure;
    const std::lock_guard lock(mutex_);
    ++scheduled.report.runs;
    if (failure) {
        ++scheduled.report.failures;
        scheduled.report.last_failure = *failure;
    }
}

}  // namespace emplettes::store
