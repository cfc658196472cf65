#include "catalogue/opening_table.h"

#include <gtest/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using State = OpenNow::State;

const LocalDay kThursday = day(2026, 10, 15);

Zone paris() { return *Zone::find("Europe/Paris"); }

Instant moment(LocalDay local_day, std::chrono::minutes time) {
    return paris().to_instant(local_day + time);
}

// As asked at a local time, by a table that was made for that day.
OpenNow ask(std::string_view hours, LocalDay local_day, std::chrono::minutes time,
            const geo::HolidayCalendar& holidays = {}) {
    const std::vector<ListedShop> shops{{.hours = geo::OpeningHours::parse(hours)}};
    return OpeningTable::build(shops, paris(), holidays, local_day)->at(0, moment(local_day, time));
}

TEST(OpeningTable, OpenUntilClosingTime) {
    const OpenNow now = ask("Mo-Sa 10:00-19:00", kThursday, 12h);
    EXPECT_EQ(now.state, State::open);
    EXPECT_TRUE(now.is_open());
    EXPECT_EQ(now.changes_at, moment(kThursday, 19h));
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00", kThursday, 10h).state, State::open);
}

TEST(OpeningTable, ClosingSoonIsTheLastHalfHour) {
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00", kThursday, 18h + 29min).state, State::open);
    const OpenNow soon = ask("Mo-Sa 10:00-19:00", kThursday, 18h + 30min);
    EXPECT_EQ(soon.state, State::closing_soon);
    EXPECT_TRUE(soon.is_open());
    EXPECT_EQ(soon.changes_at, moment(kThursday, 19h));
}

TEST(OpeningTable, ClosedUntilTheNextOpening) {
    const OpenNow evening = ask("Mo-Sa 10:00-19:00", kThursday, 19h);
    EXPECT_EQ(evening.state, State::closed);
    EXPECT_FALSE(evening.is_open());
    EXPECT_EQ(evening.changes_at, moment(kThursday + std::chrono::days{1}, 10h));
    EXPECT_EQ(ask("10:00-12:00,14:00-19:00", kThursday, 13h).changes_at, moment(kThursday, 14h));
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00", day(2026, 10, 17), 20h).changes_at,
              moment(day(2026, 10, 19), 10h));
}

// Nobody knows now whether it is open, but what it says of other times is known.
TEST(OpeningTable, AnUncertainHourIsNoUnknownWeek) {
    EXPECT_EQ(ask("Mo-Sa 10:00-13:00, Mo-Sa 14:00-19:00 unknown", kThursday, 15h).state,
              State::unknown);
    const auto has_hours = [](std::string_view hours) {
        const std::vector<ListedShop> shops{{.hours = geo::OpeningHours::parse(hours)}};
        return OpeningTable::build(shops, paris(), {}, kThursday)->has_hours(0);
    };
    EXPECT_TRUE(has_hours("Mo-Sa 10:00-13:00, Mo-Sa 14:00-19:00 unknown"));
    EXPECT_TRUE(has_hours("off"));
    EXPECT_FALSE(has_hours(""));
    EXPECT_FALSE(has_hours("when the sun shines"));
}

// As asked at a local time on Thursday of a shop that its keeper has closed.
OpenNow ask_closed(std::string_view hours, const Closure& closure, std::chrono::minutes time) {
    ListedShop shop{.hours = geo::OpeningHours::parse(hours)};
    shop.shop.closure = closure;
    return OpeningTable::build({shop}, paris(), {}, kThursday)->at(0, moment(kThursday, time));
}

TEST(OpeningTable, ClosedByItsKeeperAgainstItsHours) {
    const Closure until_monday{.from = moment(kThursday, 14h),
                               .until = moment(day(2026, 10, 19), 0h),
                               .reason = "inventaire"};
    const std::string hours = "Mo-Sa 10:00-19:00";
    EXPECT_EQ(ask_closed(hours, until_monday, 13h + 29min).changes_at, moment(kThursday, 14h));
    EXPECT_EQ(ask_closed(hours, until_monday, 13h + 45min).state, State::closing_soon);
    const OpenNow now = ask_closed(hours, until_monday, 14h);
    EXPECT_EQ(now.state, State::closed);
    EXPECT_TRUE(now.is_closed_by_keeper);
    EXPECT_EQ(now.comment, "inventaire");
    EXPECT_EQ(now.changes_at, moment(day(2026, 10, 19), 10h));
    // Even where nobody knows the hours, or there is no end.
    EXPECT_EQ(ask_closed("le matin", until_monday, 15h).changes_at, until_monday.until);
    EXPECT_EQ(ask_closed("le matin", until_monday, 13h).state, State::unknown);
    const OpenNow endless = ask_closed(hours, {.from = moment(kThursday, 0h)}, 12h);
    EXPECT_EQ(endless.state, State::closed);
    EXPECT_FALSE(endless.changes_at);
}

TEST(OpeningTable, ClosedWithoutAnOpeningInSight) {
    const OpenNow now = ask("Dec 10:00-19:00", kThursday, 12h);
    EXPECT_EQ(now.state, State::closed);
    EXPECT_FALSE(now.changes_at);
    EXPECT_EQ(ask("Dec 10:00-19:00", day(2026, 11, 10), 12h).changes_at,
              moment(day(2026, 12, 1), 10h));
}

TEST(OpeningTable, UnknownWhenNothingCanBeRead) {
    for (const std::string_view hours : {"", "quand il fait beau"}) {
        const OpenNow now = ask(hours, kThursday, 12h);
        EXPECT_EQ(now.state, State::unknown) << hours;
        EXPECT_FALSE(now.changes_at) << hours;
        EXPECT_FALSE(now.is_open()) << hours;
    }
}

TEST(OpeningTable, UnknownWhenTheShopDoesNotSay) {
    const OpenNow now = ask("10:00-19:00 unknown \"by appointment\"", kThursday, 12h);
    EXPECT_EQ(now.state, State::unknown);
    EXPECT_FALSE(now.is_open());
    EXPECT_EQ(now.comment, "by appointment");
}

TEST(OpeningTable, TheNightBelongsToTheDayBefore) {
    const OpenNow now = ask("Th 22:00-03:00", kThursday + std::chrono::days{1}, 1h);
    EXPECT_EQ(now.state, State::open);
    EXPECT_EQ(now.changes_at, moment(kThursday + std::chrono::days{1}, 3h));
}

TEST(OpeningTable, AlwaysOpenChangesNever) {
    const OpenNow now = ask("24/7", kThursday, 12h);
    EXPECT_EQ(now.state, State::open);
    EXPECT_EQ(now.changes_at, std::nullopt);
}

TEST(OpeningTable, TheHourGoesWhenTheClocksChange) {
    const LocalDay spring = day(2026, 3, 29);
    EXPECT_EQ(ask("Su 10:00-18:00", spring, 12h).changes_at,
              Instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 29} + 16h});
    const LocalDay autumn = day(2026, 10, 25);
    EXPECT_EQ(ask("Su 10:00-18:00", autumn, 12h).changes_at,
              Instant{std::chrono::sys_days{std::chrono::year{2026} / 10 / 25} + 17h});
}

TEST(OpeningTable, AHolidayClosesOnlyWhoSaysSo) {
    const LocalDay bastille = day(2026, 7, 14);
    const geo::HolidayCalendar holidays{.public_holidays = {bastille}, .school_holidays = {}};
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00; PH off", bastille, 12h, holidays).state, State::closed);
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00; PH off", bastille, 12h).state, State::open);
    EXPECT_EQ(ask("Mo-Sa 10:00-19:00", bastille, 12h, holidays).state, State::open);
}

TEST(OpeningTable, KnowsEachShopByItsPosition) {
    const std::vector<ListedShop> shops{{.hours = geo::OpeningHours::parse("10:00-12:00")},
                                        {.hours = geo::OpeningHours::parse("15:00-17:00")}};
    const auto table = OpeningTable::build(shops, paris(), {}, kThursday);
    EXPECT_EQ(table->day(), kThursday);
    EXPECT_TRUE(table->at(0, moment(kThursday, 11h)).is_open());
    EXPECT_FALSE(table->at(1, moment(kThursday, 11h)).is_open());
    EXPECT_EQ(table->spans(1).front().opens_at, moment(kThursday - std::chrono::days{1}, 15h));
}

}  // namespace
}  // namespace emplettes::catalogue
