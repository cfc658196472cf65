#include "orders/statement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

const Zone kStatementZone = *Zone::find("Europe/Paris");

TEST(Statement, AMonthIsTheTerritorys) {
    const StatementMonth march{.month = 2026y / 3, .zone = kStatementZone};
    // From winter time to summer time: an hour less than 31 days.
    EXPECT_EQ(march.ends_at() - march.begins_at(), std::chrono::days{31} - 1h);
    const StatementMonth december{.month = 2026y / 12, .zone = kStatementZone};
    EXPECT_EQ(december.ends_at(),
              (StatementMonth{.month = 2027y / 1, .zone = kStatementZone}.begins_at()));
}

TEST(Statement, EachRequestCountsOnItsDay) {
    const Instant late = kStatementZone.to_instant(LocalDay{2026y / 3 / 1} + 23h + 59min);
    const Statement statement = sum_up(
        {{.asked_at = late, .status = Status::collected, .value = Money{1290}, .is_kept = true},
         {.asked_at = late + 1min, .status = Status::declined, .value = Money{500}}},
        kStatementZone);
    EXPECT_EQ(
        statement.days.at(LocalDay{2026y / 3 / 1}),
        (StatementCounts{.asked = 1, .kept = 1, .collected = 1, .collected_value = Money{1290}}));
    EXPECT_EQ(statement.days.at(LocalDay{2026y / 3 / 2}),
              (StatementCounts{.asked = 1, .declined = 1}));
    EXPECT_EQ(statement.total.asked, 2);
}

TEST(Statement, TheMedianIsInTheMiddle) {
    EXPECT_EQ(median({}), std::nullopt);
    EXPECT_EQ(median({7min}), 7min);
    EXPECT_EQ(median({900min, 3min, 5min}), 5min);
    EXPECT_EQ(median({4min, 1min, 9min, 7min}), 5min);
}

RC_GTEST_PROP(StatementProperty, DaysAndOutcomesAddUp, ()) {
    std::vector<StatementRow> rows;
    const int count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i)
        rows.push_back(
            {.asked_at = instant_from_unix(1'770'000'000 + *rc::gen::inRange(0, 3'000'000)),
             .status = *rc::gen::element(Status::requested, Status::held, Status::ready,
                                         Status::collected, Status::declined, Status::expired,
                                         Status::cancelled),
             .value = Money{*rc::gen::inRange(0, 10'000)},
             .is_kept = *rc::gen::arbitrary<bool>()});
    const Statement statement = sum_up(rows, kStatementZone);
    const StatementCounts& total = statement.total;
    RC_ASSERT(total.asked == count);
    RC_ASSERT(total.open + total.collected + total.declined + total.expired + total.cancelled ==
              total.asked);
    StatementCounts summed;
    for (const auto& [day, counts] : statement.days) {
        summed.asked += counts.asked;
        summed.kept += counts.kept;
        summed.collected_value = summed.collected_value + counts.collected_value;
    }
    RC_ASSERT(summed.asked == total.asked);
    RC_ASSERT(summed.kept == total.kept);
    RC_ASSERT(summed.collected_value == total.collected_value);
}

}  // namespace
}  // namespace emplettes::orders
