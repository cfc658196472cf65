#include "web/shield/admission.h"

#include <gtest/gtest.h>

#include <array>

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;
using Lane = Admission::Lane;

Waiting one_of(Worth worth, SteadyTime now = {}, std::uint64_t who = 1) {
    return {.asker = {.worth = worth, .shares = {who, who, who, who}},
            .cost_us = 1'000,
            .usual_us = 1'000,
            .since = now,
            .until = now + 2s,
            .work = nullptr};
}

// How many of each worth are worked for when all of these ask without end.
std::array<int, kWorths> served(const std::vector<Worth>& worths, int turns) {
    Admission admission({.threads = 4, .queue_max = 64});
    std::array<int, kWorths> count{};
    for (const Worth worth : worths)
        for (int i = 0; i < 10; ++i) admission.push(one_of(worth), Lane::brief);
    for (int turn = 0; turn < turns; ++turn) {
        const auto started = admission.start({});
        const Worth worth = started->waiting.asker.worth;
        ++count[static_cast<std::size_t>(worth)];
        admission.push(one_of(worth), Lane::brief);
        admission.end({.lane = Lane::brief, .took_us = 1'000, .usual_us = 1'000}, {});
    }
    return count;
}

int of(const std::array<int, kWorths>& count, Worth worth) {
    return count[static_cast<std::size_t>(worth)];
}

TEST(Admission, EachWorthHasItsPart) {
    const auto count = served({Worth::known, Worth::proven, Worth::newcomer, Worth::read}, 1'000);
    EXPECT_NEAR(of(count, Worth::known), 500, 5);
    EXPECT_NEAR(of(count, Worth::proven), 200, 5);
    EXPECT_NEAR(of(count, Worth::newcomer), 150, 5);
    EXPECT_NEAR(of(count, Worth::read), 150, 5);
}

TEST(Admission, WhatNobodyUsesIsLent) {
    EXPECT_EQ(of(served({Worth::read}, 100), Worth::read), 100);
    const auto count = served({Worth::newcomer, Worth::read}, 100);
    EXPECT_NEAR(of(count, Worth::newcomer), 50, 2);
}

// Who comes back has no arrears to claim.
TEST(Admission, WhoWasAwayBeginsWhereTheOthersAre) {
    Admission admission({.threads = 1, .queue_max = 64});
    const auto turn = [&] {
        const auto started = admission.start({});
        admission.end({.lane = Lane::brief, .took_us = 1'000, .usual_us = 1'000}, {});
        return started->waiting.asker.worth;
    };
    for (int i = 0; i < 50; ++i) {
        admission.push(one_of(Worth::read), Lane::brief);
        EXPECT_EQ(turn(), Worth::read);
    }
    for (int i = 0; i < 20; ++i) {
        admission.push(one_of(Worth::read), Lane::brief);
        admission.push(one_of(Worth::newcomer), Lane::brief);
    }
    int reads = 0;
    for (int i = 0; i < 20; ++i) reads += turn() == Worth::read;
    EXPECT_NEAR(reads, 10, 1);
}

TEST(Admission, WhatWaitsForOthersLeavesAQuarterOfTheThreads) {
    Admission admission({.threads = 8, .queue_max = 64});
    for (int i = 0; i < 20; ++i) admission.push(one_of(Worth::newcomer), Lane::waiting);
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(admission.start({}));
    EXPECT_FALSE(admission.start({}));
    admission.push(one_of(Worth::read), Lane::brief);
    EXPECT_TRUE(admission.start({}));
}

TEST(Admission, WhatWaitsForNobodyIsAsManyAsThereAreProcessorsFor) {
    Admission admission({.threads = 16, .queue_max = 64, .brief_max = 3});
    for (int i = 0; i < 20; ++i) admission.push(one_of(Worth::read), Lane::brief);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(admission.start({}));
    EXPECT_FALSE(admission.start({}));
    admission.push(one_of(Worth::newcomer), Lane::waiting);
    EXPECT_TRUE(admission.start({}));
}

TEST(Admission, WhoWaitsTooLongIsToldSo) {
    Admission admission({.threads = 1, .queue_max = 64});
    const SteadyTime start{1h};
    admission.push(one_of(Worth::newcomer, start), Lane::brief);
    admission.push(one_of(Worth::newcomer, start + 1s), Lane::brief);
    std::vector<Waiting> late;
    admission.take_late(start + 1999ms, late);
    EXPECT_TRUE(late.empty());
    admission.take_late(start + 2s, late);
    EXPECT_EQ(late.size(), 1U);
    EXPECT_EQ(admission.queued(), 1U);
}

TEST(Admission, MeasuresHowMuchOfItIsUsed) {
    Admission admission({.threads = 2, .queue_max = 64});
    const SteadyTime start{1h};
    admission.utilisation(start);
    admission.push(one_of(Worth::read), Lane::brief);
    admission.start(start + 1s);
    admission.end({.lane = Lane::brief, .took_us = 1'000'000, .usual_us = 1'000'000}, start + 2s);
    EXPECT_NEAR(admission.utilisation(start + 4s), 0.125, 0.001);
    EXPECT_EQ(admission.utilisation(start + 5s), 0);
}

TEST(Admission, WithoutFairnessTheFirstIsServedFirstAndTheLastFindsNoRoom) {
    Admission admission({.threads = 1, .queue_max = 3, .is_fair = false});
    for (int i = 0; i < 3; ++i) admission.push(one_of(Worth::newcomer), Lane::brief);
    const auto refused = admission.push(one_of(Worth::known, {}, 2), Lane::brief);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->asker.worth, Worth::known);
}

// A service that is good for `best` at once, and slower in proportion beyond.
std::size_t found_limit(std::size_t best, std::size_t max) {
    ConcurrencyLimit limit({.min = 2, .max = max});
    for (int i = 0; i < 5'000; ++i) {
        // Calm now and then, as it is before a flood.
        const bool is_calm = i % 50 < 10;
        const std::size_t in_work = is_calm ? 1 : limit.limit();
        const auto took = static_cast<std::int64_t>(
            1'000 * std::max(1.0, static_cast<double>(in_work) / static_cast<double>(best)));
        limit.add({.took_us = took, .usual_us = 1'000, .in_flight = in_work});
    }
    return limit.limit();
}

TEST(ConcurrencyLimit, StaysAtItsMostWhileAnswersComeAsUsual) {
    EXPECT_EQ(found_limit(64, 64), 64U);
}

TEST(ConcurrencyLimit, FallsToWhatTheServiceIsGoodFor) {
    EXPECT_LE(found_limit(8, 64), 32U);
    EXPECT_GE(found_limit(8, 64), 6U);
}

}  // namespace
}  // namespace emplettes::web
