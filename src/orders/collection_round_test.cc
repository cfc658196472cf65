#include "orders/collection_round.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace emplettes::orders {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

constexpr Instant kMorning = instant_from_unix(1'764'579'600);
constexpr Instant kLongAfter = kMorning + 100h;

catalogue::OpenSpan open(seconds from, seconds to) {
    return {.opens_at = kMorning + from, .closes_at = kMorning + to, .comment = {}};
}
RoundStop shop(std::vector<catalogue::OpenSpan> spans) {
    return {.open = std::move(spans), .until = kLongAfter};
}

// In a row, ten minutes apart; one sets out at the first.
WalkTimes in_a_row(std::size_t shops) {
    WalkTimes walks(shops + 1);
    const auto place = [&](std::size_t i) { return i == shops ? 0 : static_cast<int>(i); };
    for (std::size_t from = 0; from <= shops; ++from)
        for (std::size_t to = 0; to <= shops; ++to)
            walks.at(from, to) = minutes(10 * std::abs(place(from) - place(to)));
    return walks;
}

std::vector<std::size_t> order_of(const CollectionRound& round) {
    std::vector<std::size_t> order;
    for (const RoundCall& call : round.calls) order.push_back(call.stop);
    return order;
}

TEST(CollectionRound, NothingToFetchIsNoWalk) {
    const auto round = plan_round({.earliest = kMorning, .stops = {}, .walks = in_a_row(0)});
    EXPECT_THAT(round.calls, IsEmpty());
    EXPECT_THAT(round.left_out, IsEmpty());
}

TEST(CollectionRound, OneShopIsThereAndBack) {
    WalkTimes walks(2);
    walks.at(1, 0) = 6min;
    walks.at(0, 1) = 7min;
    const auto round =
        plan_round({.earliest = kMorning, .stops = {shop({open(0s, 10h)})}, .walks = walks});
    EXPECT_THAT(round.calls, ElementsAre(RoundCall{.stop = 0,
                                                   .walk = 6min,
                                                   .arrives_at = kMorning + 6min,
                                                   .enters_at = kMorning + 6min,
                                                   .leaves_at = kMorning + 11min}));
    EXPECT_EQ(round.leaves_at, kMorning);
    EXPECT_EQ(round.back_at, kMorning + 18min);
    EXPECT_EQ(round.walking, 13min);
}

TEST(CollectionRound, WhoClosesSoonestIsCalledOnFirst) {
    const auto round = plan_round(
        {.earliest = kMorning,
         .stops = {shop({open(0s, 10h)}), shop({open(0s, 10h)}), shop({open(0s, 26min)})},
         .walks = in_a_row(3)});
    EXPECT_THAT(order_of(round), ElementsAre(2, 1, 0));
}

TEST(CollectionRound, NobodyStandsBeforeAClosedDoorWhoCanStayAtHome) {
    const auto round = plan_round({.earliest = kMorning,
                                   .stops = {shop({open(0s, 10h)}), shop({open(1h, 10h)})},
                                   .walks = in_a_row(2)});
    EXPECT_THAT(order_of(round), ElementsAre(0, 1));
    EXPECT_EQ(round.leaves_at, kMorning + 45min);
    EXPECT_EQ(round.calls[1].enters_at, kMorning + 1h);
    EXPECT_EQ(round.calls[1].arrives_at, round.calls[1].enters_at);
}

TEST(CollectionRound, WaitsForTheDayWhenAllAreOpen) {
    const auto round =
        plan_round({.earliest = kMorning,
                    .stops = {shop({open(0s, 2h), open(24h, 30h)}), shop({open(25h, 30h)})},
                    .walks = in_a_row(2)});
    EXPECT_THAT(round.left_out, IsEmpty());
    EXPECT_GT(round.leaves_at, kMorning + 24h);
}

TEST(CollectionRound, SaysWhomItLeavesOut) {
    const auto round = plan_round(
        {.earliest = kMorning,
         .stops = {shop({open(0s, 2h)}), shop({open(24h, 30h)}), shop({open(0s, 3h)}), shop({})},
         .walks = in_a_row(4)});
    EXPECT_THAT(order_of(round), UnorderedElementsAre(0, 2));
    EXPECT_THAT(round.left_out, ElementsAre(1, 3));
}

TEST(CollectionRound, WhatIsKeptNoLongerIsNotFetched) {
    RoundStop stop = shop({open(0s, 10h)});
    stop.until = kMorning + 4min;
    const auto round = plan_round({.earliest = kMorning, .stops = {stop}, .walks = in_a_row(1)});
    EXPECT_THAT(round.left_out, ElementsAre(0));
}

TEST(CollectionRound, AShopThatOpensAsAnotherClosesIsReachedInTime) {
    const auto round = plan_round({.earliest = kMorning,
                                   .stops = {shop({open(0s, 5h + 10min)}), shop({open(5h, 9h)})},
                                   .walks = in_a_row(2)});
    EXPECT_THAT(order_of(round), ElementsAre(0, 1));
}

RoundWish any_wish(std::size_t shops, bool is_open_at_first) {
    RoundWish wish{.earliest = kMorning, .stops = {}, .walks = WalkTimes(shops + 1)};
    for (std::size_t from = 0; from <= shops; ++from)
        for (std::size_t to = 0; to <= shops; ++to)
            if (from != to) wish.walks.at(from, to) = minutes(*rc::gen::inRange(0, 40));
    for (std::size_t i = 0; i < shops; ++i) {
        RoundStop stop{.open = {}, .until = kMorning + minutes(*rc::gen::inRange(60, 3'000))};
        minutes at = is_open_at_first ? 0min : minutes(*rc::gen::inRange(0, 300));
        const int spans = is_open_at_first ? 1 : *rc::gen::inRange(0, 4);
        for (int span = 0; span < spans; ++span) {
            const minutes end = at + minutes(*rc::gen::inRange(1, 200));
            stop.open.push_back(open(at, end));
            at = end + minutes(*rc::gen::inRange(1, 900));
        }
        wish.stops.push_back(std::move(stop));
    }
    return wish;
}

// By the words of the header alone.
void expect_possible(const RoundWish& wish, const CollectionRound& round) {
    RC_ASSERT(round.calls.size() + round.left_out.size() == wish.stops.size());
    if (round.calls.empty()) return;
    RC_ASSERT(round.leaves_at >= wish.earliest);
    RC_ASSERT(round.back_at - round.leaves_at <= kRoundLongest);
    std::vector<bool> is_called(wish.stops.size());
    for (const std::size_t stop : round.left_out) is_called[stop] = true;
    Instant at = round.leaves_at;
    seconds walking{0};
    std::size_t place = wish.stops.size();
    for (const RoundCall& call : round.calls) {
        RC_ASSERT(!is_called[call.stop]);
        is_called[call.stop] = true;
        RC_ASSERT(call.walk == wish.walks.at(place, call.stop));
        RC_ASSERT(call.arrives_at == at + call.walk);
        RC_ASSERT(call.enters_at >= call.arrives_at);
        RC_ASSERT(call.leaves_at == call.enters_at + kAtShop);
        const RoundStop& stop = wish.stops[call.stop];
        RC_ASSERT(call.leaves_at <= stop.until);
        RC_ASSERT(std::ranges::any_of(stop.open, [&](const catalogue::OpenSpan& span) {
            return span.opens_at <= call.enters_at && call.leaves_at <= span.closes_at;
        }));
        walking += call.walk;
        at = call.leaves_at;
        place = call.stop;
    }
    const seconds home = wish.walks.at(place, wish.stops.size());
    RC_ASSERT(round.back_at == at + home);
    RC_ASSERT(round.walking == walking + home);
}

// When one is back who goes to these shops in this order at once; nobody waits, since all are open
// at first.
std::optional<Instant> back_after(const RoundWish& wish, const std::vector<std::size_t>& order) {
    Instant at = wish.earliest;
    std::size_t place = wish.stops.size();
    for (const std::size_t next : order) {
        at += wish.walks.at(place, next) + kAtShop;
        const Instant end =
            std::min(wish.stops[next].open.front().closes_at, wish.stops[next].until);
        if (at > end) return std::nullopt;
        place = next;
    }
    at += wish.walks.at(place, wish.stops.size());
    if (at - wish.earliest > kRoundLongest) return std::nullopt;
    return at;
}

std::pair<std::size_t, Instant> best_by_trying(const RoundWish& wish) {
    std::pair<std::size_t, Instant> best{0, Instant()};
    for (unsigned set = 1; set < 1U << wish.stops.size(); ++set) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < wish.stops.size(); ++i)
            if (set >> i & 1) order.push_back(i);
        do {
            const auto back = back_after(wish, order);
            if (!back || order.size() < best.first) continue;
            if (order.size() > best.first || *back < best.second) best = {order.size(), *back};
        } while (std::ranges::next_permutation(order).found);
    }
    return best;
}

RC_GTEST_PROP(CollectionRoundProperty, EveryWalkIsPossible, ()) {
    const auto wish = any_wish(*rc::gen::inRange<std::size_t>(0, 8), false);
    expect_possible(wish, plan_round(wish));
}

RC_GTEST_PROP(CollectionRoundProperty, NoOrderIsBetter, ()) {
    const auto wish = any_wish(*rc::gen::inRange<std::size_t>(1, 6), true);
    const auto round = plan_round(wish);
    expect_possible(wish, round);
    const auto [calls, back_at] = best_by_trying(wish);
    RC_ASSERT(round.calls.size() == calls);
    if (calls > 0) RC_ASSERT(round.back_at == back_at);
}

}  // namespace
}  // namespace emplettes::orders
