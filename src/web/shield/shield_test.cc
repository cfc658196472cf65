#include "web/shield/shield.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "web/shield/forwarded.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

// A shield, a clock, and requests to one route.
struct Town {
    SeededRandom random{1};
    Shield shield{{.config = {.networks_max = 1'024}, .key = {1}, .random = random}};
    Route route;
    SteadyTime now{1h};
    Instant at = instant_from_unix(1'700'000'000);

    Shield::Judged judge(const std::string& address, Method method = Method::post,
                         const std::string& cookie = {}) {
        Request request;
        request.method = method;
        request.remote_address = address;
        if (!cookie.empty()) request.headers.add("cookie", cookie);
        return shield.judge(request, route, {.now = now, .at = at});
    }
    std::string history(Instant since) {
        return "history=" + shield.history().write({.number = 7, .at = since});
    }
    // So many looks, a tenth of a second apart, while one prefix writes so often.
    void pass(int looks, double utilisation, int writes_per_look) {
        for (int i = 0; i < looks; ++i) {
            now += 100ms;
            if (i % 10 == 0) at += 1s;
            for (int w = 0; w < writes_per_look; ++w)
                shield.done(judge("192.0.2." + std::to_string(w % 200)), 1'000);
            shield.look({.utilisation = utilisation, .limit = 4, .queued = 0},
                        {.now = now, .at = at});
        }
    }
};

TEST(Shield, KnowsWhatARequestIsWorth) {
    Town town;
    EXPECT_EQ(town.judge("192.0.2.1", Method::get).asker.worth, Worth::read);
    EXPECT_EQ(town.judge("192.0.2.1").asker.worth, Worth::newcomer);
    EXPECT_EQ(town.judge("192.0.2.1", Method::post, town.history(town.at - 1h)).asker.worth,
              Worth::known);
    EXPECT_EQ(town.judge("192.0.2.1", Method::post, "history=forged").asker.worth, Worth::newcomer);
    town.route.is_callback = true;
    EXPECT_EQ(town.judge("192.0.2.1").asker.worth, Worth::callback);
}

TEST(Shield, ANeighbourWhoIsKnownSharesNothingWithTheirNetwork) {
    Town town;
    const auto stranger = town.judge("192.0.2.1").asker.shares;
    const auto known =
        town.judge("192.0.2.1", Method::post, town.history(town.at - 1h)).asker.shares;
    for (std::size_t level = 0; level < known.size(); ++level)
        EXPECT_NE(known[level], stranger[level]);
}

TEST(Shield, AHistoryThatBeganWithTheFloodDoesNotCount) {
    Town town;
    town.pass(100, 1, 40);
    ASSERT_TRUE(town.shield.has_alarm());
    const auto worth = [&](Instant since) {
        return town.judge("198.51.100.1", Method::post, town.history(since)).asker.worth;
    };
    EXPECT_EQ(worth(town.at - 10min), Worth::known);
    EXPECT_EQ(worth(town.at), Worth::newcomer);
}

// The night of November 2020: five writes a second, and nothing is short.
TEST(Shield, NoticesTheSlowNightAndNamesThePrefix) {
    Town town;
    for (int half = 0; half < 60 && !town.shield.has_alarm(); ++half) {
        town.pass(4, 0.05, 0);
        town.pass(1, 0.05, half % 2 == 0 ? 3 : 2);
    }
    EXPECT_TRUE(town.shield.has_alarm());
    town.pass(1, 0.05, 2);
    const ShieldReport report = town.shield.report();
    EXPECT_EQ(report.reason, Alarm::Reason::concentrated);
    EXPECT_EQ(report.log.front().prefix, "192.0.2.0/24");
    EXPECT_EQ(report.networks.front().prefix, "192.0.2.0/24");
}

TEST(Shield, InAnAlarmItKnowsWhoWasHereBefore) {
    Town town;
    town.judge("203.0.113.1");
    EXPECT_TRUE(town.shield.was_here(read_network_address("198.51.100.1")));
    town.pass(100, 1, 40);
    ASSERT_TRUE(town.shield.has_alarm());
    EXPECT_TRUE(town.shield.was_here(read_network_address("203.0.113.77")));
    EXPECT_FALSE(town.shield.was_here(read_network_address("198.51.100.1")));
}

// Whoever has a /48 may write from any of its addresses: it is one prefix all the same.
RC_GTEST_PROP(Shield, NobodyGainsByRotatingThroughTheirNetworks, ()) {
    Town town;
    const auto part = [&] {
        constexpr const char* kHex = "0123456789abcdef";
        std::string text;
        for (int i = 0; i < 4; ++i) text += kHex[*rc::gen::inRange(0, 16)];
        return text;
    };
    const auto one = town.judge("2001:db8:7:" + part() + "::" + part()).asker.shares;
    const auto two = town.judge("2001:db8:7:" + part() + "::" + part()).asker.shares;
    RC_ASSERT(one[0] == two[0] && one[1] == two[1]);
}

TEST(Forwarded, AnAddressWithAZoneIsNone) {
    EXPECT_EQ(client_behind("198.51.100.1", "fe80::1%20", {"198.51.100.1"}), "198.51.100.1");
    EXPECT_EQ(client_behind("198.51.100.1", "fe80::1", {"198.51.100.1"}), "fe80::1");
}

RC_GTEST_PROP(Forwarded, NobodyGainsByWritingItsOwnHeader, ()) {
    const auto text = *rc::gen::arbitrary<std::string>();
    RC_ASSERT(client_behind("192.0.2.1", text, {"198.51.100.1"}) == "192.0.2.1");
    RC_ASSERT(client_behind("198.51.100.1", text + ", 203.0.113.5", {"198.51.100.1"}) ==
              "203.0.113.5");
}

}  // namespace
}  // namespace emplettes::web
