#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/json.h"
#include "emplettes/test_installation.h"
#include "scenario/http_client.h"

namespace emplettes {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using std::chrono::seconds;

const Zone kParis = *Zone::find("Europe/Paris");
constexpr int kInOneMillisecond = 20;

// A clock that is wrong, is put right, or belongs to a country that changes it: what was promised
// stands, ends when it was said to end, and nothing is confused with anything else.
class ClockTest : public testing::Test {
  protected:
    ClockTest() { installation_.add_territory("ville"); }

    Json reserve(const std::string& key) {
        const Json body = {
            {"offer_id", 1}, {"quantity", 1}, {"name", "Zoé"}, {"contact", key + "@example.org"}};
        scenario::HttpClient client("http://127.0.0.1:" +
                                    std::to_string(installation_.app().port()));
        const auto answer = client.send({.method = "POST",
                                         .target = "/api/v1/reservations",
                                         .headers = {{"Host", "ville.example"},
                                                     {"Content-Type", "application/json"},
                                                     {"Idempotency-Key", key}},
                                         .body = body.dump()});
        EXPECT_EQ(answer.status, 201) << answer.body;
        return parse_json(answer.body);
    }
    std::string status_of(const Json& reservation) {
        const auto code = reservation.at("code").get<std::string>();
        return parse_json(installation_.get("ville", "/api/v1/reservations/" + code)).at("status");
    }
    void go_to(Instant instant) {
        installation_.clock.set(instant);
        installation_.app().run_jobs();
    }
    std::set<std::int64_t> ids() {
        std::set<std::int64_t> ids;
        installation_.app().database().read([&](store::Tx& tx) {
            tx.each<std::int64_t>("SELECT reservation_id FROM reservation", {},
                                  [&](std::int64_t id) { ids.insert(id); });
        });
        return ids;
    }

    TestInstallation installation_;
};

TEST_F(ClockTest, AnHourMoreOrLessEndsNothingThatWasPromised) {
    installation_.start();
    const Instant noon = installation_.clock.now();
    const Json kept = reserve("first");
    int meanwhile = 0;
    for (const seconds change : {3600s, -3600s, 3600s, -7200s}) {
        go_to(noon + change);
        EXPECT_EQ(status_of(kept), "requested") << change.count();
        EXPECT_EQ(reserve("first"), kept) << change.count();  // its key is still its key
        reserve("meanwhile" + std::to_string(++meanwhile));
    }
}

// Also over a restart, which forgets which ids were given.
TEST_F(ClockTest, AClockThatIsSetBackGivesNoIdTwice) {
    installation_.start();
    const Instant noon = installation_.clock.now();
    for (int i = 0; i < kInOneMillisecond; ++i) reserve("before" + std::to_string(i));
    installation_.clock.set(noon - 1h);
    for (int i = 0; i < kInOneMillisecond; ++i) reserve("back" + std::to_string(i));
    installation_.start();
    installation_.clock.set(noon);
    for (int i = 0; i < kInOneMillisecond; ++i) reserve("again" + std::to_string(i));
    EXPECT_EQ(ids().size(), std::size_t{3 * kInOneMillisecond});
}

struct Evening {
    std::string name;
    LocalDay day;       // on which it is reserved
    LocalDay held_to;   // at closing time
    hours to_midnight;  // that pass between both midnights
};

class CalendarTest : public ClockTest, public testing::WithParamInterface<Evening> {};

INSTANTIATE_TEST_SUITE_P(
    Days, CalendarTest,
    testing::Values(
        Evening{"leap_day", LocalDay{2028y / 2 / 28}, LocalDay{2028y / 2 / 29}, 24h},
        Evening{"after_leap_day", LocalDay{2028y / 2 / 29}, LocalDay{2028y / 3 / 1}, 24h},
        Evening{"clocks_go_forward", LocalDay{2026y / 3 / 28}, LocalDay{2026y / 3 / 30}, 47h},
        Evening{"clocks_go_back", LocalDay{2026y / 10 / 24}, LocalDay{2026y / 10 / 26}, 49h}),
    [](const auto& evening) { return evening.param.name; });

TEST_P(CalendarTest, WhatIsKeptEndsAtClosingTimeOnTheWallsClock) {
    const Evening& evening = GetParam();
    const auto at = [](LocalDay day, hours hour) { return kParis.to_instant(day + hour); };
    ASSERT_EQ(at(evening.held_to, 0h) - at(evening.day, 0h), evening.to_midnight);
    installation_.clock.set(at(evening.day, 15h));
    installation_.start();
    const Json kept = reserve("evening");
    const Instant closing = at(evening.held_to, 19h);
    EXPECT_EQ(kept.at("held_until"), to_unix(closing));
    for (Instant now = installation_.clock.now(); now < closing; now += 1h) {
        go_to(now);
        EXPECT_EQ(status_of(kept), "requested") << to_unix(now);
    }
    go_to(closing - 1s);
    EXPECT_EQ(status_of(kept), "requested");
    go_to(closing + 1s);
    EXPECT_EQ(status_of(kept), "expired");
}

}  // namespace
}  // namespace emplettes
