#include "web/shield/network_prefix.h"

#include <gtest/gtest.h>

namespace emplettes::web {
namespace {

std::string text(std::string_view address, Reach reach) {
    return prefix_text(read_network_address(address), reach);
}

TEST(NetworkPrefix, CutsAddresses) {
    EXPECT_EQ(text("192.0.2.77", Reach::host), "192.0.2.77/32");
    EXPECT_EQ(text("192.0.2.77", Reach::prefix), "192.0.2.0/24");
    EXPECT_EQ(text("192.0.2.77", Reach::region), "192.0.0.0/16");
    EXPECT_EQ(text("::ffff:192.0.2.77", Reach::prefix), "192.0.2.0/24");
    EXPECT_EQ(text("2001:db8:1:2:3::4", Reach::host), "2001:db8:1:2::/64");
    EXPECT_EQ(text("2001:db8:1:2:3::4", Reach::prefix), "2001:db8:1::/48");
    EXPECT_EQ(text("2001:db8:1:2:3::4", Reach::region), "2001:db8::/40");
    EXPECT_EQ(text("not an address", Reach::prefix), "::/48");
}

TEST(NetworkPrefix, HashesOfTheSamePrefixAreTheSameAndSecret) {
    const KeyedHash one({1});
    const KeyedHash other({2});
    const auto a = read_network_address("192.0.2.1");
    const auto b = read_network_address("192.0.2.2");
    EXPECT_EQ(one.of(a, Reach::prefix), one.of(b, Reach::prefix));
    EXPECT_NE(one.of(a, Reach::host), one.of(b, Reach::host));
    EXPECT_NE(one.of(a, Reach::prefix), one.of(a, Reach::region));
    EXPECT_NE(one.of(a, Reach::prefix), other.of(a, Reach::prefix));
}

}  // namespace
}  // namespace emplettes::web
