#include "law/working_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace emplettes::law {
namespace {

using std::chrono::year;

constexpr LocalDay kWorkDay{year{2026} / 12 / 1};
constexpr const char* kWorkHead =
    "id,valid_from,valid_to,value,unit,territory,person,rule,source\n";

TEST(WorkingTimeTest, KnowsWhatHoldsInFrance) {
    const auto law = WorkingTimeLaw::built_in("FR-75");
    ASSERT_TRUE(law);
    EXPECT_EQ(law->value(WorkRule::daily_work_max, Worker::adult, kWorkDay), 600);
    EXPECT_EQ(law->value(WorkRule::daily_work_max, Worker::minor, kWorkDay), 480);
    EXPECT_EQ(law->value(WorkRule::stretch_max, Worker::minor, kWorkDay), 270);
    EXPECT_EQ(law->value(WorkRule::average_work_max, Worker::adult, kWorkDay), 44 * 60);
    EXPECT_EQ(law->article(WorkRule::break_min, Worker::adult, kWorkDay),
              "Code du travail L3121-16");
}

TEST(WorkingTimeTest, MinorsHaveWhatAdultsHaveWhereNothingIsTheirOwn) {
    const auto law = WorkingTimeLaw::built_in("FR");
    EXPECT_EQ(law->value(WorkRule::weekly_rest_min, Worker::minor, kWorkDay), 2100);
}

TEST(WorkingTimeTest, HoldsFromItsFirstDayToItsLast) {
    const auto law = WorkingTimeLaw::from_records(
        std::string(kWorkHead) + "a,2020-01-01,2020-12-31,500,minutes,FR,adult,daily_work_max,x\n",
        "FR");
    ASSERT_TRUE(law);
    const auto on = [&](LocalDay day) {
        return law->value(WorkRule::daily_work_max, Worker::adult, day);
    };
    EXPECT_EQ(on(LocalDay{year{2019} / 12 / 31}), std::nullopt);
    EXPECT_EQ(on(LocalDay{year{2020} / 1 / 1}), 500);
    EXPECT_EQ(on(LocalDay{year{2020} / 12 / 31}), 500);
    EXPECT_EQ(on(LocalDay{year{2021} / 1 / 1}), std::nullopt);
}

TEST(WorkingTimeTest, KnowsNothingOfOtherCountries) {
    EXPECT_FALSE(WorkingTimeLaw::built_in("BE"));
}

TEST(WorkingTimeTest, NamesWhatIsWrong) {
    const auto refusal = [](const std::string& row) -> std::string {
        try {
            WorkingTimeLaw::from_records(kWorkHead + row, "FR");
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(refusal("a,2020-01-01,,x,minutes,FR,adult,daily_work_max,s\n"),
                testing::HasSubstr("line 2, column value"));
    EXPECT_THAT(refusal("a,2020-01-01,,1,hours,FR,adult,daily_work_max,s\n"),
                testing::HasSubstr("column rule: is told in minutes"));
    EXPECT_THAT(refusal("a,2020-01-01,,1,minutes,FR,child,daily_work_max,s\n"),
                testing::HasSubstr("column person"));
    EXPECT_THAT(refusal("a,2020-01-01,,1,minutes,FR,adult,siesta,s\n"),
                testing::HasSubstr("column rule"));
}

}  // namespace
}  // namespace emplettes::law
