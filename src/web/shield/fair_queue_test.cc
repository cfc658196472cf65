#include "web/shield/fair_queue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "web/worker_pool.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

// Somebody who asks all the time.
struct Source {
    std::uint64_t region = 0;
    std::uint64_t prefix = 0;
    std::uint64_t host = 0;
    std::uint64_t session = 0;
    std::int64_t cost_us = 1'000;
};

class Nothing final : public Work {
  public:
    explicit Nothing(std::size_t source) : source_(source) {}
    void run() override {}
    void turn_away(TurnedAway) override {}
    std::size_t source() const { return source_; }

  private:
    const std::size_t source_;
};

std::size_t source_of(const Waiting& waiting) {
    return static_cast<const Nothing&>(*waiting.work).source();
}

// Prefixes are numbered within their region, and so on.
Waiting waiting_of(const Source& source, std::size_t number, SteadyTime now = {}) {
    const std::uint64_t prefix = source.region * 1'000 + source.prefix;
    const std::uint64_t host = prefix * 1'000 + source.host;
    return {.asker = {.worth = Worth::newcomer,
                      .shares = {source.region, prefix, host, host * 1'000 + source.session}},
            .cost_us = source.cost_us,
            .since = now,
            .until = now + 2s,
            .work = std::make_shared<Nothing>(number)};
}

// What each source has of `turns` turns, in microseconds of work, when all ask without end.
std::vector<double> work_of(const std::vector<Source>& sources, int turns) {
    FairQueue queue(4'096);
    std::vector<double> work(sources.size());
    for (int i = 0; i < 2; ++i)
        for (std::size_t s = 0; s < sources.size(); ++s) queue.push(waiting_of(sources[s], s));
    for (int turn = 0; turn < turns; ++turn) {
        const auto next = queue.pop();
        const std::size_t source = source_of(*next);
        work[source] += static_cast<double>(sources[source].cost_us);
        queue.push(waiting_of(sources[source], source));
    }
    return work;
}

double sum_from(const std::vector<double>& work, std::size_t first) {
    double sum = 0;
    for (std::size_t i = first; i < work.size(); ++i) sum += work[i];
    return sum;
}

// One honest neighbour (source 0), and a crowd: what part of the work is the crowd's?
double part_of_crowd(const std::vector<Source>& crowd, std::int64_t honest_cost_us) {
    std::vector<Source> sources{{.region = 1, .cost_us = honest_cost_us}};
    sources.insert(sources.end(), crowd.begin(), crowd.end());
    const auto work = work_of(sources, 3'000);
    return sum_from(work, 1) / sum_from(work, 0);
}

TEST(FairQueue, ServesInTheOrderOfArrivalWhereAllAreOne) {
    FairQueue queue(16);
    for (std::size_t i = 0; i < 10; ++i) queue.push(waiting_of({}, i));
    for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(source_of(*queue.pop()), i);
    EXPECT_FALSE(queue.pop());
    EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, WhoComesLastIsServedBeforeTheCrowd) {
    FairQueue queue(512);
    for (std::size_t i = 0; i < 200; ++i) queue.push(waiting_of({.region = 1, .host = i}, 0));
    queue.push(waiting_of({.region = 2}, 1));
    std::vector<std::size_t> served;
    for (int i = 0; i < 3; ++i) served.push_back(source_of(*queue.pop()));
    EXPECT_EQ(std::count(served.begin(), served.end(), 1U), 1);
}

RC_GTEST_PROP(FairQueue, NoPrefixGainsBySplittingIntoAddresses, ()) {
    const auto hosts = *rc::gen::inRange<std::uint64_t>(1, 120);
    const auto sessions = *rc::gen::inRange<std::uint64_t>(1, 4);
    const auto honest_cost = *rc::gen::inRange<std::int64_t>(200, 5'000);
    std::vector<Source> crowd;
    for (std::uint64_t h = 0; h < hosts; ++h)
        for (std::uint64_t s = 0; s < sessions; ++s)
            crowd.push_back({.region = 2,
                             .host = h,
                             .session = s,
                             .cost_us = *rc::gen::inRange<std::int64_t>(200, 5'000)});
    const double part = part_of_crowd(crowd, honest_cost);
    RC_ASSERT(part > 0.49 && part < 0.51);
}

RC_GTEST_PROP(FairQueue, ARegionOfManyPrefixesHasOneShare, ()) {
    const auto prefixes = *rc::gen::inRange<std::uint64_t>(FairQueue::kPrefixesMax + 1, 200);
    std::vector<Source> crowd;
    for (std::uint64_t p = 0; p < prefixes; ++p) crowd.push_back({.region = 2, .prefix = p});
    const double part = part_of_crowd(crowd, 1'000);
    RC_ASSERT(part > 0.49 && part < 0.51);
}

RC_GTEST_PROP(FairQueue, AFewPrefixesOfARegionHaveAShareEach, ()) {
    const auto prefixes = *rc::gen::inRange<std::uint64_t>(1, FairQueue::kPrefixesMax + 1);
    std::vector<Source> crowd;
    for (std::uint64_t p = 0; p < prefixes; ++p) crowd.push_back({.region = 2, .prefix = p});
    const double fair = static_cast<double>(prefixes) / static_cast<double>(prefixes + 1);
    const double part = part_of_crowd(crowd, 1'000);
    RC_ASSERT(part > fair - 0.02 && part < fair + 0.02);
}

// The simple model: whoever has work enough has the same as the others of the same level.
RC_GTEST_PROP(FairQueue, SharesWorkAsTheModelDoes, ()) {
    const auto regions = *rc::gen::inRange<std::uint64_t>(1, 12);
    std::vector<Source> sources;
    for (std::uint64_t r = 0; r < regions; ++r) {
        const auto count = *rc::gen::inRange<std::uint64_t>(1, 12);
        const auto cost = *rc::gen::inRange<std::int64_t>(300, 9'000);
        for (std::uint64_t p = 0; p < count; ++p)
            sources.push_back({.region = r, .prefix = p, .cost_us = cost});
    }
    std::map<std::uint64_t, double> prefixes;
    for (const Source& source : sources) prefixes[source.region] += 1;
    const auto weight = [&](std::uint64_t region) {
        return prefixes[region] <= FairQueue::kPrefixesMax ? prefixes[region] : 1.0;
    };
    double all = 0;
    for (const auto& [region, count] : prefixes) all += weight(region);
    const auto work = work_of(sources, 6'000);
    const double total = sum_from(work, 0);
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const std::uint64_t region = sources[s].region;
        const double fair = total * weight(region) / all / prefixes[region];
        // Nobody is more than some of the dearest turns away from it.
        RC_ASSERT(std::abs(work[s] - fair) < 0.02 * fair + 12 * 9'000);
    }
}

RC_GTEST_PROP(FairQueue, LosesNobodyAndServesNobodyTwice, ()) {
    const auto capacity = *rc::gen::inRange<std::uint32_t>(1, 80);
    FairQueue queue(capacity);
    std::multiset<std::size_t> inside;
    SteadyTime now{};
    const auto leaves = [&](const std::optional<Waiting>& one) {
        if (!one) return;
        const auto found = inside.find(source_of(*one));
        RC_ASSERT(found != inside.end());
        inside.erase(found);
    };
    for (std::size_t number = 0; number < 600; ++number) {
        now += std::chrono::milliseconds(*rc::gen::inRange(0, 60));
        const int what = *rc::gen::inRange(0, 10);
        if (what < 6) {
            const Source source{.region = *rc::gen::inRange<std::uint64_t>(0, 4),
                                .prefix = *rc::gen::inRange<std::uint64_t>(0, 14),
                                .host = *rc::gen::inRange<std::uint64_t>(0, 3),
                                .session = *rc::gen::inRange<std::uint64_t>(0, 2),
                                .cost_us = *rc::gen::inRange<std::int64_t>(0, 900'000)};
            inside.insert(number);
            leaves(queue.push(waiting_of(source, number, now)));
        } else if (what < 9) {
            leaves(queue.pop());
        } else {
            while (auto late = queue.pop_late(now)) {
                RC_ASSERT(late->until <= now);
                leaves(late);
            }
        }
        RC_ASSERT(queue.size() == inside.size() && queue.size() <= capacity);
    }
    while (auto next = queue.pop()) leaves(next);
    RC_ASSERT(inside.empty());
}

TEST(FairQueue, WhoIsAloneMayHaveHalfOfTheRoom) {
    FairQueue queue(512);
    std::size_t dropped = 0;
    for (std::size_t i = 0; i < 512; ++i) dropped += queue.push(waiting_of({}, i)).has_value();
    EXPECT_EQ(queue.size(), 256U);
    EXPECT_EQ(dropped, 256U);
}

TEST(FairQueue, WhenItIsFullTheLongestRowLosesItsOldest) {
    FairQueue queue(64);
    for (std::size_t i = 0; i < 40; ++i) queue.push(waiting_of({.region = 1}, i));
    EXPECT_EQ(queue.size(), 32U);
    for (std::uint64_t p = 0; p < 32; ++p)
        queue.push(waiting_of({.region = 2 + p / 8, .prefix = p}, 1'000 + p));
    EXPECT_EQ(queue.size(), 64U);
    const auto dropped = queue.push(waiting_of({.region = 9}, 2'000));
    ASSERT_TRUE(dropped);
    EXPECT_EQ(source_of(*dropped), 8U);
}

// Each of its rows is short: only together they are long.
TEST(FairQueue, WhenItIsFullATenantOfManyPrefixesIsTheLongestRow) {
    FairQueue queue(64);
    for (std::uint64_t p = 0; p < 50; ++p) queue.push(waiting_of({.region = 1, .prefix = p}, p));
    for (std::uint64_t i = 0; i < 14; ++i) queue.push(waiting_of({.region = 2}, 100 + i));
    const auto dropped = queue.push(waiting_of({.region = 3}, 200));
    ASSERT_TRUE(dropped);
    EXPECT_EQ(source_of(*dropped), 0U);
}

}  // namespace
}  // namespace emplettes::web
