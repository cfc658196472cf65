#include "web/shield/connection_gate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace emplettes::web {
namespace {

NetworkAddress at(const std::string& text) { return read_network_address(text); }

ConnectionGate gate(const ConnectionGate::Limits& limits) {
    return ConnectionGate(limits, KeyedHash({7}));
}

TEST(ConnectionGate, CapsHostsPrefixesAndRegions) {
    auto three = gate({.all = 100, .per_host = 2, .per_prefix = 3, .per_region = 4});
    three.enter(at("192.0.2.1"));
    three.enter(at("192.0.2.1"));
    EXPECT_FALSE(three.has_room(at("192.0.2.1")));
    EXPECT_TRUE(three.has_room(at("192.0.2.2")));
    three.enter(at("192.0.2.2"));
    EXPECT_FALSE(three.has_room(at("192.0.2.3")));
    EXPECT_TRUE(three.has_room(at("192.0.3.1")));
    three.enter(at("192.0.3.1"));
    EXPECT_FALSE(three.has_room(at("192.0.4.1")));
    EXPECT_TRUE(three.has_room(at("198.51.100.1")));
    three.leave(at("192.0.2.1"));
    EXPECT_TRUE(three.has_room(at("192.0.4.1")));
}

// Whoever has a /48 has 65,536 networks of a household; they are one.
TEST(ConnectionGate, ASiteCannotHideBehindItsNetworks) {
    auto site = gate({.all = 1'000, .per_host = 4, .per_prefix = 64, .per_region = 500});
    int entered = 0;
    for (int i = 0; i < 500; ++i) {
        const auto address = at("2001:db8:1:" + std::to_string(i) + "::1");
        if (!site.has_room(address)) continue;
        site.enter(address);
        ++entered;
    }
    EXPECT_EQ(entered, 64);
}

RC_GTEST_PROP(ConnectionGate, KnowsWhoHasMost, ()) {
    auto all = gate({.all = 200, .per_host = 200, .per_prefix = 200, .per_region = 200});
    std::map<int, int> open;
    std::map<int, ConnectionGate::PrefixRow> rows;
    for (int i = 0; i < 200; ++i) {
        const int who = *rc::gen::inRange(0, 8);
        const auto address = at("192.0." + std::to_string(who) + ".1");
        if (open[who] > 0 && *rc::gen::inRange(0, 3) == 0) {
            all.leave(address);
            --open[who];
        } else {
            rows[who] = all.enter(address);
            ++open[who];
        }
        int most = 0;
        for (const auto& [one, count] : open) most = std::max(most, count);
        bool is_right = most == 0 && all.greediest() < 0;
        for (const auto& [one, count] : open)
            is_right = is_right || (count == most && most > 0 && rows[one] == all.greediest());
        RC_ASSERT(is_right);
    }
}

}  // namespace
}  // namespace emplettes::web
