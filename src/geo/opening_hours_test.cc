#include "geo/opening_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"

namespace emplettes::geo {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kTestData = EMPLETTES_SOURCE_DIR "/src/geo/testdata/";

LocalDay day(int year, unsigned month, unsigned number) {
    return LocalDay{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}};
}

LocalDay parse_day(std::string_view text) {
    const auto parts = split(text, '-');
    return day(static_cast<int>(*parse_int(parts[0])), static_cast<unsigned>(*parse_int(parts[1])),
               static_cast<unsigned>(*parse_int(parts[2])));
}

// The holidays that the header of opening_hours_cases.txt names.
HolidayCalendar holidays_of_the_cases() {
    HolidayCalendar calendar;
    for (int year = 2012; year <= 2027; ++year)
        for (const auto& [month, number] : std::initializer_list<std::pair<unsigned, unsigned>>{
                 {1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}})
            calendar.public_holidays.push_back(day(year, month, number));
    return calendar;
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string number_of(LocalDay some_day) {
    return two_digits(static_cast<unsigned>(std::chrono::year_month_day{some_day}.day()));
}

std::string hours_text(LocalTime time, LocalDay since) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time - since).count();
    return two_digits(minutes / 60) + ':' + two_digits(minutes % 60);
}

// As the cases write it: "01-05 10:00-12:00,14:00-18:00; 06 10:00-26:00?".
std::string describe(const std::vector<OpenInterval>& intervals) {
    std::map<LocalDay, std::string> hours;
    for (const OpenInterval& interval : intervals) {
        const LocalDay begin_day = std::chrono::floor<days>(interval.begin);
        std::string& text = hours[begin_day];
        if (!text.empty()) text += ',';
        text += hours_text(interval.begin, begin_day) + '-' + hours_text(interval.end, begin_day);
        if (interval.state == OpenState::unknown) text += '?';
    }
    std::string described;
    for (auto first = hours.begin(); first != hours.end();) {
        auto last = first;
        while (std::next(last) != hours.end() && std::next(last)->first == last->first + days{1} &&
               std::next(last)->second == first->second)
            ++last;
        if (!described.empty()) described += "; ";
        described += number_of(first->first);
        if (last != first) described += '-' + number_of(last->first);
        described += ' ' + first->second;
        first = std::next(last);
    }
    return described.empty() ? "-" : described;
}

TEST(OpeningHours, TableOfExpressions) {
    const HolidayCalendar holidays = holidays_of_the_cases();
    std::ifstream file(std::string(kTestData) + "opening_hours_cases.txt");
    ASSERT_TRUE(file);
    LocalDay from;
    LocalDay until;
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with('@')) {
            const auto words = split(line, ' ');
            from = parse_day(words.at(1));
            until = parse_day(words.at(2));
            continue;
        }
        const std::size_t arrow = line.find(" => ");
        ASSERT_NE(arrow, std::string::npos) << line;
        const auto hours = OpeningHours::parse(line.substr(0, arrow));
        EXPECT_TRUE(hours.readable()) << line << "\n" << hours.error();
        EXPECT_EQ(describe(hours.intervals(from, until, holidays)), line.substr(arrow + 4)) << line;
        ++cases;
    }
    EXPECT_GE(cases, 200);
}

// What real mappers wrote: all but these are read.
TEST(OpeningHours, ReadsRealValues) {
    std::ifstream file(std::string(kTestData) + "opening_hours_osm.txt");
    ASSERT_TRUE(file);
    int values = 0;
    std::vector<std::string> unreadable;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        ++values;
        if (!OpeningHours::parse(line).readable()) unreadable.push_back(line);
    }
    EXPECT_EQ(values, 812);
    EXPECT_THAT(unreadable, ElementsAre("Mo-Fr 09:30 - 15:00. Lunch Mo-Fr 11:00 - 13:30",
                                        "Mo-Fr 16:00-, Sa 14:00-", "Mo-Fr 8-02;Sa 8-02 Su 8",
                                        "Mo-Fr 9-20;Sa 9-20 Su 9", "Seasonal, only summer time"));
}

TEST(OpeningHours, KeepsWhatItCannotRead) {
    const std::map<std::string, std::string> reasons = {
        {"", "character 1, at the end: there is nothing to read"},
        {" ; ", "there is nothing to read"},
        {"call us", "character 1, at \"call\""},
        {"Mo-Fr 10:00", "a single time is not a span of time"},
        {"Mo-Fr 09:00-17:00/01:30", "points in time are not opening hours"},
        {"Mo-Fr 10:00-", "character 13, at the end: a time was expected"},
        {"Mo-Fr 10:00-25", ""},
        {"Mo-Fr 10:00-49:00", "times go up to 48:00"},
        {"Mo-Fr 24:00-26:00", "begins after its day"},
        {"Mo-Fr 10:60-12:00", "60 minutes in an hour"},
        {"Mo-Fr 10:5-12:00", "two digits of minutes"},
        {"Mo-Fr 9-5pm", "am or pm was expected at both ends"},
        {"13pm-14pm", "hours from 1 to 12"},
        {"Mo-Fr, 10:00-12:00", "it is not clear to what the days before the comma belong"},
        {"Dec 24, Su 10:00-12:00", "it is not clear to what the dates before the comma belong"},
        {"Mo-Fr PH off", "a comma or a semicolon was expected"},
        {"PH Mo,SH off", "holidays were expected before weekdays"},
        {"Mo-Su 10:00-20:00 Sa 10:00-18:00", "a semicolon or comma is missing"},
        {"Mo-Fr 10:00-18:00 PH 10:00-12:00", "a semicolon or comma is missing"},
        {"Th[0] 10:00-12:00", "a number from 1 to 5 was expected"},
        {"Th[6] 10:00-12:00", "a number from 1 to 5 was expected"},
        {"Th[3-1] 10:00-12:00", "not smaller than the first"},
        {"Th[1 10:00-12:00", "] was expected"},
        {"Feb 30 10:00-12:00", "the month has no such day"},
        {"Dec 26-24 10:00-12:00", "earlier than the first"},
        {"2026 Dec 24-2025 Jan 2", "earlier than the first"},
        {"2026 Dec 24-2026 Jan 2", "earlier than the first"},
        {"Dec 24-2027 Jan 2", "the first date has no year"},
        {"2026", "open for whole years?"},
        {"2027-2026 off", "a year after the first was expected"},
        {"2026-2030/0 off", "every how many years"},
        {"week 0 10:00-12:00", "a week from 1 to 53"},
        {"week 10-60 10:00-12:00", "a week from 1 to 53"},
        {"week 40-10/2 10:00-12:00", "within one year"},
        {"(sunrise+01:00-12:00", ") was expected"},
        {"(noon+01:00)-12:00", "sunrise, sunset, dawn or dusk"},
        {"Mo-Fr 10:00-12:00 \"call", "not part of the language"},
        {"di 10:00-12:00", "character 1, at \"di\""},
        {"24/7 10:00-12:00", "not part of the language"},
        {"10:00-12:00 || ", "there is nothing to read"},
        {"Mo–Fr 9:00–18:00 sur rdv", "character 18, at \"sur\""},
        {"\xff 10:00-12:00", "not UTF-8 text"},
        {std::string(2'001, ' '), "longer than 2000 bytes"},
    };
    for (const auto& [text, reason] : reasons) {
        const auto hours = OpeningHours::parse(text);
        if (reason.empty()) {
            EXPECT_TRUE(hours.readable()) << text;
            continue;
        }
        EXPECT_FALSE(hours.readable()) << text;
        EXPECT_THAT(hours.error(), HasSubstr(reason)) << text;
        EXPECT_EQ(hours.text(), text);
        EXPECT_THAT(hours.intervals(day(2026, 1, 1), day(2026, 2, 1), {}), IsEmpty());
    }
}

TEST(OpeningHours, SchoolHolidays) {
    const HolidayCalendar holidays{
        .public_holidays = {day(2026, 11, 26)},
        .school_holidays = {{.first = day(2026, 11, 25), .last = day(2026, 11, 27)}}};
    const auto answer = [&](std::string_view text) {
        return describe(
            OpeningHours::parse(text).intervals(day(2026, 11, 23), day(2026, 11, 30), holidays));
    };
    EXPECT_EQ(answer("SH 10:00-12:00"), "25-27 10:00-12:00");
    EXPECT_EQ(answer("SH Fr-Mo 10:00-12:00"), "27 10:00-12:00");
    EXPECT_EQ(answer("SH,PH off"), "-");
    EXPECT_EQ(answer("Mo-Fr 10:00-12:00; SH off"), "23-24 10:00-12:00");
    EXPECT_EQ(answer("Mo-Fr 10:00-12:00; SH 14:00-16:00; PH off"),
              "23-24 10:00-12:00; 25 14:00-16:00; 27 14:00-16:00");
    EXPECT_EQ(answer("PH,SH We 10:00-12:00"), "25 10:00-12:00");
}

TEST(OpeningHours, KeepsComments) {
    const auto hours = OpeningHours::parse(
        "Mo 10:00-12:00 open \"ring the bell\"; We \"by appointment\"; Fr off \"works\" || "
        "\"call\"");
    const auto found = hours.intervals(day(2026, 11, 23), day(2026, 11, 24), {});
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].comment, "call");
    EXPECT_EQ(found[1], (OpenInterval{.begin = day(2026, 11, 23) + 10h,
                                      .end = day(2026, 11, 23) + 12h,
                                      .state = OpenState::open,
                                      .comment = "ring the bell"}));
    const auto prefixed = OpeningHours::parse("\"match days\": Sa 18:00-22:00");
    EXPECT_EQ(prefixed.intervals(day(2026, 11, 28), day(2026, 11, 29), {}).at(0).comment,
              "match days");
}

TEST(OpeningHours, CutsToWhatIsAsked) {
    const auto hours = OpeningHours::parse("Mo-Fr 22:00-02:00");
    const LocalTime monday = day(2026, 11, 23);
    EXPECT_EQ(describe(hours.intervals(monday + 23h, monday + 25h, {})), "23 23:00-25:00");
    EXPECT_THAT(hours.intervals(monday + 2h, monday + 22h, {}), IsEmpty());
    EXPECT_THAT(hours.intervals(monday + 23h, monday + 23h, {}), IsEmpty());
    EXPECT_THAT(hours.intervals(monday + 25h, monday + 23h, {}), IsEmpty());
    // The night before the first day counts.
    EXPECT_EQ(describe(hours.intervals(monday + 24h, monday + 30h, {})), "24 00:00-02:00");
}

TEST(OpeningHours, YearsAreBounded) {
    const auto always = OpeningHours::parse("24/7");
    const auto found = always.intervals(LocalTime::min(), LocalTime::max(), {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].begin, LocalTime{day(1900, 1, 1)});
    EXPECT_EQ(found[0].end, LocalTime{day(2200, 1, 1)});
}

TEST(OpeningHours, LimitsAreNamed) {
    std::string rules = "Mo 10:00-12:00";
    for (int i = 1; i < 100; ++i) rules += ";Mo 10:00-12:00";
    EXPECT_TRUE(OpeningHours::parse(rules).readable());
    EXPECT_EQ(
        OpeningHours::parse(rules + ";Mo off").error().find("too many rules") == std::string::npos,
        false);
    std::string weekdays = "Mo";
    for (int i = 0; i < 100; ++i) weekdays += ",Mo";
    EXPECT_THAT(OpeningHours::parse(weekdays).error(), HasSubstr("too many days"));
}

TEST(OpeningHours, ADayHoldsItsNight) {
    const auto hours = OpeningHours::parse("Fr 22:00-04:00; Sa 01:00-02:00 off");
    const auto weekend = hours.intervals(day(2026, 11, 27), day(2026, 11, 29), {});
    EXPECT_EQ(describe(weekend), "27 22:00-25:00; 28 02:00-04:00");
}

}  // namespace
}  // namespace emplettes::geo
