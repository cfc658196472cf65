#include "site/hours_fields.h"

#include <gtest/gtest.h>

namespace emplettes::site {
namespace {

using Fault = HoursFieldFault::What;
using Pairs = std::vector<std::pair<std::string, std::string>>;

web::Fields hours_fields(const Pairs& pairs) {
    web::Fields fields;
    for (const auto& [name, value] : pairs) fields.add(name, value);
    return fields;
}

HoursFieldFault fault_of(const Pairs& pairs) {
    return read_hours_fields(hours_fields(pairs)).error();
}

TEST(HoursFields, AreReadAsPeopleTypeThem) {
    const auto form = read_hours_fields(hours_fields({{"mo1_from", "14:00"},
                                                      {"mo1_to", "19:00"},
                                                      {"mo2_from", " 09:00"},
                                                      {"mo2_to", "12:30"},
                                                      {"fr1_from", "22:00"},
                                                      {"fr1_to", "04:00"},
                                                      {"sa1_from", "18:00"},
                                                      {"sa1_to", "00:00"},
                                                      {"su1_from", "00:00"},
                                                      {"su1_to", "00:00"},
                                                      {"holidays", "closed"},
                                                      {"school_closed", "on"},
                                                      {"x0_first", "2026-12-24"},
                                                      {"x0_last", ""},
                                                      {"x0_1_from", "10:00"},
                                                      {"x2_first", "2026-12-27"},
                                                      {"x2_last", "2027-01-02"},
                                                      {"x21_from", "10:00"},
                                                      {"x21_to", "12:00"}}));
    ASSERT_TRUE(form);
    EXPECT_EQ(geo::to_opening_hours(*form),
              "Mo 09:00-12:30,14:00-19:00; Fr 22:00-04:00; Sa 18:00-24:00; Su 00:00-24:00; SH off;"
              " PH off; 2026 Dec 24 off; 2026 Dec 27-2027 Jan 02 10:00-12:00");
    EXPECT_EQ(read_hours_fields(to_fields(*form)).value(), *form);
}

TEST(HoursFields, FaultsNameTheirDay) {
    EXPECT_EQ(fault_of({{"tu1_from", "09:00"}}),
              (HoursFieldFault{.what = Fault::half_a_range, .day = "tu"}));
    EXPECT_EQ(fault_of({{"tu1_from", "9h"}, {"tu1_to", "12:00"}}).what, Fault::time_not_valid);
    EXPECT_EQ(fault_of({{"tu1_from", "25:00"}, {"tu1_to", "12:00"}}).what, Fault::time_not_valid);
    EXPECT_EQ(fault_of({{"tu1_from", "09:00"}, {"tu1_to", "09:00"}}).what, Fault::range_not_valid);
    EXPECT_EQ(fault_of({{"tu1_from", "09:00"},
                        {"tu1_to", "12:00"},
                        {"tu2_from", "11:00"},
                        {"tu2_to", "14:00"}}),
              (HoursFieldFault{.what = Fault::ranges_overlap, .day = "tu"}));
    EXPECT_EQ(fault_of({{"holidays", "own"}}).what, Fault::no_holiday_hours);
    EXPECT_EQ(fault_of({{"x1_first", "2026-02-30"}}),
              (HoursFieldFault{.what = Fault::date_not_valid, .day = "x1"}));
    EXPECT_EQ(fault_of({{"x1_first", "2026-02-20"}, {"x1_last", "2026-02-19"}}).what,
              Fault::ends_before_it_begins);
}

TEST(HoursFields, ADayIsCopiedWhole) {
    const web::Fields fields = hours_fields({{"mo1_from", "09:00"},
                                             {"mo1_to", "12:00"},
                                             {"tu1_from", "10:00"},
                                             {"tu2_from", "14:00"},
                                             {"tu2_to", "18:00"},
                                             {"holidays", "closed"}});
    const auto form = read_hours_fields(with_copied_day(fields, "mo", {"tu", "we"}));
    ASSERT_TRUE(form);
    EXPECT_EQ(geo::to_opening_hours(*form), "Mo-We 09:00-12:00; PH off");
}

}  // namespace
}  // namespace emplettes::site
