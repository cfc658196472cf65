#include "geo/opening_hours_form.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "geo/opening_hours.h"

namespace emplettes::geo {
namespace {

constexpr int kFormDay = 24 * 60;

LocalDay date(int year, unsigned month, unsigned number) {
    return LocalDay{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}};
}

ClockRange hours(int begin, int end) { return {.begin = begin * 60, .end = end * 60}; }

HoursForm weekdays(const DayHours& day_hours) {
    HoursForm form;
    for (std::size_t day = 0; day < 5; ++day) form.week.at(day) = day_hours;
    return form;
}

TEST(HoursForm, IsWrittenAsPeopleWriteIt) {
    HoursForm form = weekdays({{.begin = 540, .end = 750}, hours(14, 19)});
    form.week.at(5) = {hours(10, 18)};
    form.holidays = HolidayHours::closed;
    form.exceptions = {
        {.first = date(2026, 12, 24), .last = date(2026, 12, 24), .hours = {hours(9, 16)}},
        {.first = date(2026, 12, 27), .last = date(2027, 1, 2)},
        {.first = date(2027, 7, 28), .last = date(2027, 8, 15)},
        {.first = date(2027, 5, 6), .last = date(2027, 5, 8)}};
    EXPECT_EQ(to_opening_hours(form),
              "Mo-Fr 09:00-12:30,14:00-19:00; Sa 10:00-18:00; PH off; 2026 Dec 24 09:00-16:00; "
              "2026 Dec 27-2027 Jan 02 off; 2027 Jul 28-Aug 15 off; 2027 May 06-08 off");
}

TEST(HoursForm, DaysWithTheSameHoursStandTogether) {
    HoursForm form = weekdays({hours(9, 18)});
    form.week.at(1) = {};
    form.week.at(3) = {hours(14, 22)};
    EXPECT_EQ(to_opening_hours(form), "Mo,We,Fr 09:00-18:00; Th 14:00-22:00");
    form.week.fill({hours(18, 28)});
    EXPECT_EQ(to_opening_hours(form), "Mo-Su 18:00-04:00");
    form.week.fill({hours(18, 24)});
    EXPECT_EQ(to_opening_hours(form), "Mo-Su 18:00-24:00");
    form.week.fill({hours(0, 24)});
    EXPECT_EQ(to_opening_hours(form), "24/7");
    form.is_closed_in_school_holidays = true;
    form.holidays = HolidayHours::own;
    form.holiday_hours = {hours(10, 12)};
    EXPECT_EQ(to_opening_hours(form), "24/7; SH off; PH 10:00-12:00");
    EXPECT_EQ(to_opening_hours({}), "off");
}

TEST(HoursForm, ReadsWhatTheMapSaysInOtherWords) {
    HoursForm form = weekdays({hours(9, 12), hours(14, 18)});
    EXPECT_EQ(read_hours_form("Mo-Fr 09:00-12:00,14:00-18:00"), form);
    EXPECT_EQ(read_hours_form("Mo-Fr 9h-12h, Mo-Fr 14:00-18:00; Sa,Su off"), form);
    EXPECT_EQ(read_hours_form("09:00-12:00,14:00-18:00; Sa-Su closed"), form);
    form.holidays = HolidayHours::closed;
    EXPECT_EQ(read_hours_form("Mo-Fr 09:00-12:00,14:00-18:00; Su,PH off"), form);
    form.exceptions = {{.first = date(2026, 12, 24), .last = date(2027, 1, 2)}};
    EXPECT_EQ(read_hours_form("Mo-Fr 09:00-12:00,14:00-18:00; PH off; 2026 Dec 24-2027 Jan 2 off"),
              form);
}

TEST(HoursForm, LeavesAloneWhatItCannotAsk) {
    for (const std::string_view text :
         {"le matin", "Mo-Fr 09:00-18:00 \"sur rendez-vous\"", "sunrise-sunset",
          "Th[1] 09:00-12:00", "Jan-Mar 10:00-12:00", "Dec 24 off", "week 1-10 Mo 09:00-12:00",
          "Mo 18:00+",
          "PH off; Mo-Sa 10:00-19:00",  // open on a holiday that is a Monday
          "Mo-Fr 09:00-18:00; Mo 12:00-13:00 off", "Mo 09:00-12:00 || \"nach Absprache\"",
          "PH Mo-Fr 10:00-12:00", "SH 10:00-12:00", "easter off",
          "Mo 08:00-09:00,10:00-11:00,12:00-13:00,14:00-15:00"})
        EXPECT_FALSE(read_hours_form(text)) << text;
}

TEST(HoursForm, FaultsAreFound) {
    const auto fault = [](const DayHours& day_hours) { return find_fault(weekdays(day_hours)); };
    EXPECT_EQ(fault({hours(9, 12), hours(12, 14)}), std::nullopt);
    EXPECT_EQ(fault({hours(9, 12), hours(11, 14)}), HoursFormFault::ranges_overlap);
    EXPECT_EQ(fault({hours(14, 18), hours(9, 12)}), HoursFormFault::ranges_overlap);
    EXPECT_EQ(fault({hours(9, 9)}), HoursFormFault::range_not_valid);
    EXPECT_EQ(fault({hours(24, 25)}), HoursFormFault::range_not_valid);
    EXPECT_EQ(fault({hours(10, 34)}), HoursFormFault::range_not_valid);
    EXPECT_EQ(fault({hours(1, 2), hours(3, 4), hours(5, 6), hours(7, 8)}),
              HoursFormFault::too_many_ranges);
    HoursForm form;
    form.holidays = HolidayHours::own;
    EXPECT_EQ(find_fault(form), HoursFormFault::no_holiday_hours);
    form.holidays = HolidayHours::closed;
    form.exceptions = {{.first = date(2026, 12, 24), .last = date(2026, 12, 23)}};
    EXPECT_EQ(find_fault(form), HoursFormFault::exception_not_valid);
    form.exceptions.assign(kExceptionsMax + 1,
                           {.first = date(2026, 12, 24), .last = date(2026, 12, 24)});
    EXPECT_EQ(find_fault(form), HoursFormFault::too_many_exceptions);
}

DayHours any_day_hours() {
    DayHours day_hours;
    const int ranges = *rc::gen::inRange(0, 4);
    int at = 0;
    for (int i = 0; i < ranges && at < kFormDay - 1; ++i) {
        const int begin = *rc::gen::inRange(at, kFormDay);
        const int end = begin + *rc::gen::inRange(1, i + 1 < ranges ? 300 : kFormDay);
        day_hours.push_back({.begin = begin, .end = end});
        at = end;
    }
    return day_hours;
}

HoursForm any_form() {
    HoursForm form;
    const DayHours usual = any_day_hours();
    for (DayHours& day : form.week) day = *rc::gen::inRange(0, 3) == 0 ? any_day_hours() : usual;
    form.is_closed_in_school_holidays = *rc::gen::inRange(0, 3) == 0;
    form.holidays =
        *rc::gen::element(HolidayHours::as_weekday, HolidayHours::closed, HolidayHours::own);
    if (form.holidays == HolidayHours::own) form.holiday_hours = any_day_hours();
    if (form.holiday_hours.empty() && form.holidays == HolidayHours::own)
        form.holidays = HolidayHours::closed;
    const int exceptions = *rc::gen::inRange(0, 4);
    for (int i = 0; i < exceptions; ++i) {
        const LocalDay first = date(2026, 12, 1) + std::chrono::days{*rc::gen::inRange(0, 90)};
        form.exceptions.push_back({.first = first,
                                   .last = first + std::chrono::days{*rc::gen::inRange(0, 40)},
                                   .hours = any_day_hours()});
    }
    return form;
}

RC_GTEST_PROP(HoursFormProperty, IsReadAsItWasWritten, ()) {
    const HoursForm form = any_form();
    const std::string text = to_opening_hours(form);
    RC_LOG() << text << '\n';
    RC_ASSERT(read_hours_form(text) == form);
}

bool covers(const DayHours& day_hours, int minute) {
    return std::ranges::any_of(day_hours, [minute](const ClockRange& range) {
        return minute >= range.begin && minute < range.end;
    });
}

// The text, as the evaluator of the map understands it, against the form itself: minute by minute,
// around a day of every kind.
RC_GTEST_PROP(HoursFormProperty, TheTextMeansWhatTheFormSays, ()) {
    const HoursForm form = any_form();
    const LocalDay first = date(2026, 12, 20) + std::chrono::days{*rc::gen::inRange(0, 30)};
    const LocalDay holiday = first + std::chrono::days{*rc::gen::inRange(0, 3)};
    const LocalDay school_first = first + std::chrono::days{*rc::gen::inRange(-2, 3)};
    const HolidayCalendar calendar{
        .public_holidays = {holiday},
        .school_holidays = {{.first = school_first, .last = school_first + std::chrono::days{1}}}};
    const auto kind_of = [&](LocalDay day) {
        return DayKind{
            .is_public_holiday = day == holiday,
            .is_school_holiday = day >= school_first && day <= school_first + std::chrono::days{1}};
    };
    const std::string text = to_opening_hours(form);
    RC_LOG() << text << '\n';
    const auto found =
        OpeningHours::parse(text).intervals(first, first + std::chrono::days{3}, calendar);
    for (int minute = 0; minute < 3 * kFormDay; ++minute) {
        const LocalTime now = first + std::chrono::minutes{minute};
        const bool is_open = std::ranges::any_of(found, [now](const OpenInterval& interval) {
            return now >= interval.begin && now < interval.end;
        });
        const LocalDay day = first + std::chrono::days{minute / kFormDay};
        const LocalDay before = day - std::chrono::days{1};
        const int of_day = minute % kFormDay;
        RC_ASSERT(is_open == (covers(hours_on(form, day, kind_of(day)), of_day) ||
                              covers(hours_on(form, before, kind_of(before)), of_day + kFormDay)));
    }
}

}  // namespace
}  // namespace emplettes::geo
