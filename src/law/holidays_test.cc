#include "law/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace emplettes::law {
namespace {

using testing::HasSubstr;

constexpr std::string_view kPublicHeader = "region,rule,valid_from,valid_until,name,source\n";
constexpr std::string_view kSchoolHeader = "zone,first,last,name,source\n";

LocalDay day(int y, unsigned m, unsigned d) {
    return LocalDay{std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d}};
}

std::vector<std::string> days_of(const Holidays& holidays, std::string_view region, int year) {
    std::vector<std::string> days;
    for (const PublicHoliday& holiday : holidays.public_holidays(region, year, year)) {
        const std::chrono::year_month_day date{holiday.day};
        const unsigned month = static_cast<unsigned>(date.month());
        const unsigned number = static_cast<unsigned>(date.day());
        days.push_back((month < 10 ? "0" : "") + std::to_string(month) +
                       (number < 10 ? "-0" : "-") + std::to_string(number));
    }
    return days;
}

std::string error_of(std::string_view public_lines, std::string_view school_lines = {}) {
    try {
        Holidays::from_records(std::string(kPublicHeader).append(public_lines),
                               std::string(kSchoolHeader).append(school_lines));
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "no error";
}

TEST(Holidays, FranceIn2026) {
    const std::vector<std::string> expected = {"01-01", "04-06", "05-01", "05-08", "05-14", "05-25",
                                               "07-14", "08-15", "11-01", "11-11", "12-25"};
    EXPECT_EQ(days_of(Holidays::built_in(), "FR", 2026), expected);
    EXPECT_EQ(days_of(Holidays::built_in(), "FR-75", 2026), expected);
}

TEST(Holidays, AlsaceAndMoselleHaveTwoMore) {
    const Holidays holidays = Holidays::built_in();
    const auto days = days_of(holidays, "FR-67", 2026);
    EXPECT_EQ(days.size(), 13U);
    EXPECT_EQ(std::ranges::count(days, "04-03"), 1);
    EXPECT_EQ(std::ranges::count(days, "12-26"), 1);
    EXPECT_EQ(days, days_of(holidays, "FR-57", 2026));
    EXPECT_EQ(days, days_of(holidays, "FR-68", 2026));
}

TEST(Holidays, RecordsAreDated) {
    const Holidays holidays = Holidays::built_in();
    const auto has_may_8 = [&](int year) {
        return std::ranges::count(days_of(holidays, "FR", year), "05-08") == 1;
    };
    EXPECT_FALSE(has_may_8(1952));
    EXPECT_TRUE(has_may_8(1953));
    EXPECT_TRUE(has_may_8(1958));
    EXPECT_FALSE(has_may_8(1959));  // abolished in April
    EXPECT_FALSE(has_may_8(1981));  // made again in October
    EXPECT_TRUE(has_may_8(1982));
}

TEST(Holidays, FinlandIn2026) {
    EXPECT_EQ(
        days_of(Holidays::built_in(), "FI", 2026),
        (std::vector<std::string>{"01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14",
                                  "05-24", "06-20", "10-31", "12-06", "12-25", "12-26"}));
    EXPECT_EQ(days_of(Holidays::built_in(), "FI", 2025)[8], "06-21");
}

TEST(Holidays, TwoOnOneDayAreOneEntry) {
    // Ascension of 2008 fell on May 1st.
    const auto days = Holidays::built_in().public_holidays("FR", 2008, 2008);
    const auto first_of_may = std::ranges::find(days, day(2008, 5, 1), &PublicHoliday::day);
    ASSERT_NE(first_of_may, days.end());
    EXPECT_EQ(first_of_may->name, "Fête du travail / Ascension");
    EXPECT_EQ(days.size(), 10U);
}

TEST(Holidays, UnknownRegionsHaveNone) {
    const Holidays holidays = Holidays::built_in();
    EXPECT_TRUE(holidays.public_holidays("XX", 2026, 2026).empty());
    EXPECT_TRUE(holidays.public_holidays("FRA", 2026, 2026).empty());
    EXPECT_TRUE(holidays.public_holidays("", 2026, 2026).empty());
    EXPECT_TRUE(holidays.school_holidays("FR-zone-D", 2026, 2026).empty());
}

TEST(Holidays, SchoolZonesOfFrance) {
    const auto ranges = Holidays::built_in().school_holidays("FR-zone-C", 2026, 2026);
    ASSERT_GE(ranges.size(), 6U);
    EXPECT_EQ(ranges[0], (SchoolHoliday{day(2025, 12, 20), day(2026, 1, 4), "Noël"}));
    EXPECT_EQ(ranges[1], (SchoolHoliday{day(2026, 2, 21), day(2026, 3, 8), "Hiver"}));
    EXPECT_EQ(ranges[2], (SchoolHoliday{day(2026, 4, 18), day(2026, 5, 3), "Printemps"}));
    EXPECT_TRUE(std::ranges::is_sorted(ranges, {}, &SchoolHoliday::first));
}

RC_GTEST_PROP(Holidays, AreSortedDistinctAndWithinTheYears, ()) {
    static const Holidays holidays = Holidays::built_in();
    const auto region = *rc::gen::element<std::string>("FR", "FR-57", "FR-972", "FI");
    const int first = *rc::gen::inRange(1583, 2200);
    const int last = first + *rc::gen::inRange(0, 5);
    const auto days = holidays.public_holidays(region, first, last);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const std::chrono::year_month_day date{days[i].day};
        RC_ASSERT((int{date.year()} >= first && int{date.year()} <= last));
        RC_ASSERT((i == 0 || days[i - 1].day < days[i].day));
    }
    std::vector<PublicHoliday> one_by_one;
    for (int year = first; year <= last; ++year)
        for (const auto& holiday : holidays.public_holidays(region, year, year))
            one_by_one.push_back(holiday);
    RC_ASSERT(days == one_by_one);
}

TEST(HolidayRecords, SayLineAndColumn) {
    EXPECT_THAT(error_of("FR,fixed:13-01,,,x,y\n"),
                HasSubstr("public-holidays.csv, line 2, column rule: must be fixed:MM-DD"));
    EXPECT_THAT(error_of("# note\n\nFR,easter:1,,,x,y\n"), HasSubstr("line 4, column rule"));
    EXPECT_THAT(error_of("FR,easter:+101,,,x,y\n"), HasSubstr("column rule"));
    EXPECT_THAT(error_of("FR,weekday:Xx>=01-01,,,x,y\n"), HasSubstr("column rule"));
    EXPECT_THAT(
        error_of("FR,fixed:05-01,1948-4-29,,x,y\n"),
        HasSubstr("column valid_from: must be a day such as 2026-05-01, not \"1948-4-29\""));
    EXPECT_THAT(error_of("FR,fixed:05-01,2000-01-01,1999-01-01,x,y\n"),
                HasSubstr("column valid_until: must not be before valid_from"));
    EXPECT_THAT(error_of(",fixed:05-01,,,x,y\n"), HasSubstr("column region: must not be empty"));
    EXPECT_THAT(error_of("FR,fixed:05-01,,,x,\n"), HasSubstr("column source: must not be empty"));
    EXPECT_THAT(error_of("FR,fixed:05-01,,x,y\n"), HasSubstr("line 2: 5 cells instead of 6"));
    EXPECT_THAT(error_of("FR,fixed:05-01,,,\"x,y\n"), HasSubstr("line 2: a quote is not closed"));
    EXPECT_THAT(error_of("", "A,2026-02-29,2026-03-01,x,y\n"),
                HasSubstr("school-holidays.csv, line 2, column first"));
    EXPECT_THAT(error_of("", "A,2026-03-02,2026-03-01,x,y\n"),
                HasSubstr("column last: must not be before first"));
    EXPECT_EQ(error_of("FR,fixed:02-29,,,\"a \"\"leap\"\" day\",y\n"), "no error");
}

TEST(HolidayRecords, WantTheirHeader) {
    EXPECT_THROW(Holidays::from_records("", kSchoolHeader), std::runtime_error);
    EXPECT_THROW(Holidays::from_records("FR,fixed:01-01,,,x,y\n", kSchoolHeader),
                 std::runtime_error);
}

TEST(HolidayRecords, ALeapDayIsAHolidayInLeapYears) {
    const Holidays holidays = Holidays::from_records(
        std::string(kPublicHeader) + "XX,fixed:02-29,,,leap,y\n", kSchoolHeader);
    EXPECT_EQ(holidays.public_holidays("XX", 2023, 2028).size(), 2U);
}

}  // namespace
}  // namespace emplettes::law
