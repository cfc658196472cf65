#include "orders/answer_time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNine = instant_from_unix(1'800'000'000);

catalogue::OpenSpan span(std::chrono::minutes from, std::chrono::minutes until,
                         bool is_certain = true) {
    return {.opens_at = kNine + from,
            .closes_at = kNine + until,
            .is_certain = is_certain,
            .comment = ""};
}

TEST(OpeningTimeLater, CountsWhileTheShopIsOpen) {
    const std::vector<catalogue::OpenSpan> day{span(0min, 180min), span(300min, 600min)};
    EXPECT_EQ(opening_time_later(kNine, 30min, day), kNine + 30min);
    EXPECT_EQ(opening_time_later(kNine + 170min, 30min, day), kNine + 320min);  // over lunch
    EXPECT_EQ(opening_time_later(kNine - 60min, 30min, day), kNine + 30min);
    EXPECT_EQ(opening_time_later(kNine + 200min, 30min, day), kNine + 330min);
    EXPECT_EQ(opening_time_later(kNine, 180min, day), kNine + 180min);  // to the last minute
}

TEST(OpeningTimeLater, DoesNotCountWhatIsUncertain) {
    const std::vector<catalogue::OpenSpan> day{span(0min, 60min, false), span(60min, 120min)};
    EXPECT_EQ(opening_time_later(kNine, 30min, day), kNine + 90min);
}

TEST(OpeningTimeLater, IsUnknownWhereTheHoursEnd) {
    EXPECT_FALSE(opening_time_later(kNine, 30min, {}));
    EXPECT_FALSE(opening_time_later(kNine, 30min, std::vector{span(0min, 29min)}));
    EXPECT_FALSE(opening_time_later(kNine, 30min, std::vector{span(-60min, 0min)}));
}

// Minute by minute: the answer is the first minute before which the shop was open that long.
RC_GTEST_PROP(OpeningTimeLater, IsWhatCountingMinutesFinds, ()) {
    std::vector<catalogue::OpenSpan> spans;
    std::vector<bool> is_open;
    const auto lengths = *rc::gen::container<std::vector<int>>(6, rc::gen::inRange(1, 50));
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const auto begin = std::chrono::minutes(is_open.size());
        is_open.insert(is_open.end(), static_cast<std::size_t>(lengths[i]), i % 2 == 1);
        if (i % 2 == 1) spans.push_back(span(begin, std::chrono::minutes(is_open.size())));
    }
    const int wanted = *rc::gen::inRange(1, 120);
    int counted = 0;
    std::optional<Instant> expected;
    for (std::size_t minute = 0; minute < is_open.size() && !expected; ++minute) {
        counted += is_open[minute] ? 1 : 0;
        if (counted == wanted) expected = kNine + std::chrono::minutes(minute + 1);
    }
    RC_ASSERT(opening_time_later(kNine, std::chrono::minutes(wanted), spans) == expected);
}

}  // namespace
}  // namespace emplettes::orders
