#include "web/network.h"

#include <gtest/gtest.h>

namespace emplettes::web {
namespace {

TEST(NetworkOf, LeavesOutWhoItIs) {
    EXPECT_EQ(network_of("192.0.2.17"), "192.0.2.0/24");
    EXPECT_EQ(network_of("::ffff:192.0.2.99"), "192.0.2.0/24");
    EXPECT_EQ(network_of("2001:db8:1:2::3"), "2001:db8:1::/48");
    EXPECT_EQ(network_of("2001:db8:1:ffff::"), "2001:db8:1::/48");
    EXPECT_EQ(network_of("unix"), "unix");
}

}  // namespace
}  // namespace emplettes::web
