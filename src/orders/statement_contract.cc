#include "orders/statement.h"

#include <gtest/gtest.h>

#include <optional>

#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

constexpr TerritoryId kPlace{7};

class StatementContract : public store::Contract {
  protected:
    StatementContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kPlace, 100);
    }

    std::string reserve() { return market_->reserve(TestMarket::request(2)).value().code; }
    Statement load(int months_later = 0) {
        const auto day = std::chrono::floor<std::chrono::days>(TestMarket::kStart);
        const std::chrono::year_month_day date{day};
        return db_->read([&](store::Tx& tx) {
            return load_statement(
                tx, kPlace, TestMarket::kShop,
                {.month = date.year() / date.month() + std::chrono::months{months_later},
                 .zone = Zone()});
        });
    }

    std::optional<TestMarket> market_;
};

TEST_P(StatementContract, CountsWhatBecameOfEachRequest) {
    const std::string collected = reserve();
    const std::string declined = reserve();
    const std::string cancelled = reserve();
    const std::string kept_and_cancelled = reserve();
    reserve();
    market_->clock().advance(4min);
    ASSERT_TRUE(market_->step(collected, Step::accept));
    ASSERT_TRUE(market_->step(kept_and_cancelled, Step::accept));
    ASSERT_TRUE(market_->step(declined, Step::decline));
    market_->clock().advance(4min);
    ASSERT_TRUE(market_->step(collected, Step::collect));
    ASSERT_TRUE(market_->step(cancelled, Step::cancel));
    ASSERT_TRUE(market_->step(kept_and_cancelled, Step::cancel));

    const Statement statement = load();
    const Money value = market_->find(collected)->price * 2;
    EXPECT_EQ(statement.total, (StatementCounts{.asked = 5,
                                                .kept = 2,
                                                .collected = 1,
                                                .declined = 1,
                                                .cancelled = 2,
                                                .open = 1,
                                                .collected_value = value}));
    EXPECT_TRUE(statement.is_whole);
    ASSERT_EQ(statement.answers.size(), 3U);
    for (const auto& answer : statement.answers)
        EXPECT_EQ(answer.answered_at - answer.asked_at, 4min);
    EXPECT_EQ(load(1).total, StatementCounts());
}

TEST_P(StatementContract, AnAnswerTakenBackIsStillTheFirst) {
    const std::string code = reserve();
    market_->clock().advance(2min);
    ASSERT_TRUE(market_->step(code, Step::decline));
    market_->clock().advance(1min);
    ASSERT_TRUE(market_->step(code, Step::undo));
    ASSERT_TRUE(market_->step(code, Step::accept));
    ASSERT_TRUE(market_->step(code, Step::collect));
    const Statement statement = load();
    ASSERT_EQ(statement.answers.size(), 1U);
    EXPECT_EQ(statement.answers[0].answered_at - statement.answers[0].asked_at, 2min);
    EXPECT_EQ(statement.total.kept, 1);
    EXPECT_EQ(statement.total.collected, 1);
}

INSTANTIATE_TEST_SUITE_P(Databases, StatementContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::orders
