#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <set>
#include <thread>

#include "base/decimals.h"
#include "base/gtin.h"
#include "base/id_source.h"
#include "base/money.h"
#include "base/random.h"
#include "base/result.h"
#include "base/zone.h"

namespace emplettes {
namespace {

constexpr Instant kNoon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12};

RC_GTEST_PROP(Money, SharesAlwaysAddUp, ()) {
    const Money amount{*rc::gen::inRange<std::int64_t>(0, 10'000'000)};
    const auto parts = *rc::gen::inRange<std::size_t>(1, 50);
    const auto shares = split(amount, parts);
    RC_ASSERT(std::accumulate(shares.begin(), shares.end(), Money{}) == amount);
    RC_ASSERT(shares.front().cents - shares.back().cents <= 1);
}

TEST(Money, IsWrittenInDecimals) {
    EXPECT_EQ(in_decimals(Money{1290}), "12.90");
    EXPECT_EQ(in_decimals(Money{5}), "0.05");
    EXPECT_EQ(in_decimals(Money{0}), "0.00");
    EXPECT_EQ(in_decimals(Money{-5}), "-0.05");
    EXPECT_EQ(in_decimals(Money{-123456}), "-1234.56");
}

TEST(IdSource, IdsAreDistinctAcrossThreadsAndFitIntoJson) {
    const ManualClock clock(kNoon);
    IdSource ids(clock, 3);
    constexpr int kEach = 5000;
    std::vector<std::vector<ShopId>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&ids, &mine] {
            for (int i = 0; i < kEach; ++i) mine.push_back(ids.next<ShopId>());
        });
    for (auto& thread : threads) thread.join();
    std::set<ShopId> all;
    for (const auto& mine : made) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), 4U * kEach);
    EXPECT_LT(all.rbegin()->value, std::int64_t{1} << 53);
}

TEST(Result, HoldsOneOfTwo) {
    enum class Trouble { sold_out };
    const Result<int, Trouble> good = 3;
    const Result<int, Trouble> bad = Trouble::sold_out;
    EXPECT_EQ(*good, 3);
    EXPECT_EQ(bad.error(), Trouble::sold_out);
    EXPECT_THROW(static_cast<void>(bad.value()), Bug);
}

TEST(Gtin, ReadsWhatIsPrintedOnThings) {
    EXPECT_EQ(parse_gtin("978-2-07-036002-4")->text(), "9782070360024");
    EXPECT_EQ(parse_gtin("2070360024")->text(), "9782070360024");  // ISBN-10
    EXPECT_EQ(parse_gtin("080442957X")->text(), "9780804429573");
    EXPECT_EQ(parse_gtin("036000291452")->text(), "0036000291452");  // UPC-A
    EXPECT_EQ(parse_gtin("96385074")->text(), "96385074");           // EAN-8
    EXPECT_TRUE(parse_gtin("9782070360024")->is_book());
    EXPECT_FALSE(parse_gtin("9790000000001")->is_book());
}

TEST(Gtin, BooksAre978And979ButNotMusic) {
    EXPECT_TRUE(parse_gtin("979-10-90636-07-1")->is_book());
    EXPECT_FALSE(parse_gtin("979-0-060-11561-5")->is_book());  // sheet music
    EXPECT_FALSE(parse_gtin("3700230834716")->is_book());
    EXPECT_FALSE(parse_gtin("9770317847001")->is_book());  // a magazine
    EXPECT_EQ(parse_gtin("2070360024")->text().substr(0, 3), "978");
    EXPECT_EQ(parse_gtin("1090636073").error(), GtinError::wrong_check_digit);
}

TEST(Gtin, SaysWhyNot) {
    EXPECT_EQ(parse_gtin("").error(), GtinError::empty);
    EXPECT_EQ(parse_gtin("97820703600").error(), GtinError::wrong_length);
    EXPECT_EQ(parse_gtin("9782070360025").error(), GtinError::wrong_check_digit);
    EXPECT_EQ(parse_gtin("97820703A0024").error(), GtinError::not_digits);
    EXPECT_EQ(parse_gtin("2000000000008").error(), GtinError::in_shop_code);
}

TEST(Random, SeededRepeatsAndCodesAreReadable) {
    SeededRandom a(7);
    SeededRandom b(7);
    EXPECT_EQ(a.readable_code(10), b.readable_code(10));
    SystemRandom system;
    EXPECT_NE(system.url_token(16), system.url_token(16));
    EXPECT_EQ(system.readable_code(6).find_first_of("01OIL"), std::string::npos);
}

TEST(Zone, KnowsSummerTime) {
    const auto paris = Zone::find("Europe/Paris");
    ASSERT_TRUE(paris);
    EXPECT_FALSE(Zone::find("Europe/Lutece"));
    using namespace std::chrono;
    EXPECT_EQ(paris->to_local(kNoon).time_since_epoch() - kNoon.time_since_epoch(), hours{1});
    // 2026-03-29: 02:00 becomes 03:00; 02:30 does not exist.
    const LocalTime skipped = local_days{year{2026} / 3 / 29} + hours{2} + minutes{30};
    EXPECT_EQ(paris->to_instant(skipped), sys_days{year{2026} / 3 / 29} + hours{1});
    // 2026-10-25: 02:30 happens twice, the first is meant (UTC+2).
    const LocalTime twice = local_days{year{2026} / 10 / 25} + hours{2} + minutes{30};
    EXPECT_EQ(paris->to_instant(twice), sys_days{year{2026} / 10 / 25} + minutes{30});
}

}  // namespace
}  // namespace emplettes
