#include "web/shield/prefix_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <unordered_map>

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1h};

TEST(PrefixTable, CountsFade) {
    PrefixTable table(16, 1);
    table.touch(7, kStart)->asked = 8;
    EXPECT_FLOAT_EQ(table.touch(7, kStart + Tally::kHalfLife)->asked, 4);
    EXPECT_FLOAT_EQ(table.touch(7, kStart + 3 * Tally::kHalfLife)->asked, 1);
    EXPECT_EQ(table.find(8), nullptr);
}

// Ten times more networks than there is room for: who is kept stays.
TEST(PrefixTable, WhoIsKeptStaysThroughAnEvictionStorm) {
    PrefixTable table(1'024, 1);
    SteadyTime now = kStart;
    for (std::uint64_t key = 1; key <= 256; ++key) table.touch(key * 64'573, now)->is_kept = true;
    for (std::uint64_t key = 1; key <= 10'240; ++key) {
        now += 1ms;
        table.touch((1ULL << 40) + key * 7'919, now);
    }
    for (std::uint64_t key = 1; key <= 256; ++key) {
        const Tally* tally = table.find(key * 64'573);
        ASSERT_NE(tally, nullptr);
        EXPECT_TRUE(tally->is_kept);
    }
}

// All networks in one set, as if the secret of the hash were known.
TEST(PrefixTable, AFullSetRefusesNewNetworksAndKeepsItsOwn) {
    PrefixTable table(64, 1);
    for (std::uint64_t i = 1; i <= PrefixTable::kWays; ++i)
        table.touch(i * 4, kStart)->is_kept = true;
    EXPECT_EQ(table.touch(400, kStart), nullptr);
    table.find(4)->is_kept = false;
    EXPECT_NE(table.touch(400, kStart), nullptr);
    EXPECT_EQ(table.find(4), nullptr);
}

RC_GTEST_PROP(PrefixTable, NeverMixesTwoNetworks, ()) {
    PrefixTable table(64, *rc::gen::arbitrary<std::uint64_t>());
    std::unordered_map<std::uint64_t, float> counts;
    for (int i = 0; i < 400; ++i) {
        const auto key = *rc::gen::inRange<std::uint64_t>(1, 200);
        Tally* tally = table.touch(key, kStart);
        RC_ASSERT(tally != nullptr && tally->key == key);
        RC_ASSERT(tally->asked == 0 || tally->asked == counts[key]);
        counts[key] = ++tally->asked;
    }
}

}  // namespace
}  // namespace emplettes::web
