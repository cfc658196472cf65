#include "store/periodic_jobs.h"

#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace emplettes::store {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(PeriodicJobs, EachRunsAgainAndAgainAlsoAfterAFailure) {
    std::promise<void> failed_three_times;
    std::promise<void> ran_three_times;
    int failures = 0;
    int runs = 0;
    const auto fail = [&] {
        if (++failures == 3) {
            failed_three_times.set_value();
        }
        throw std::runtime_error("the mill is broken");
    };
    const auto run = [&] {
        if (++runs == 3) {
            ran_three_times.set_value();
        }
    };
    std::vector<PeriodicJobs::Report> reports;
    {
        const PeriodicJobs jobs({{"mill", milliseconds{1}, fail}, {"well", milliseconds{1}, run}});
        failed_three_times.get_future().get();
        ran_three_times.get_future().get();
        reports = jobs.reports();
    }
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].name, "mill");
    EXPECT_GE(reports[0].failures, 2);
    EXPECT_EQ(reports[0].failures, reports[0].runs);
    EXPECT_EQ(reports[0].last_failure, "the mill is broken");
    EXPECT_EQ(reports[1].failures, 0);
    EXPECT_GE(reports[1].runs, 2);
}

TEST(PeriodicJobs, StopsWithoutWaitingForTheNextRun) {
    int runs = 0;
    {
        const PeriodicJobs jobs({{"yearly", hours{24 * 365}, [&] { ++runs; }}});
    }
    { const PeriodicJobs none({}); }
    EXPECT_EQ(runs, 0);
}

}  // namespace
}  // namespace emplettes::store
