#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/zone.h"

namespace emplettes::law {

struct PublicHoliday {
    LocalDay day;
    std::string name;  // in the language of the country: "Fête du travail"

    bool operator==(const PublicHoliday&) const = default;
};

struct SchoolHoliday {
    LocalDay first;
    LocalDay last;  // inclusive
    std::string name;

    bool operator==(const SchoolHoliday&) const = default;
};

// "May 1st": the same day every year.
struct FixedDay {
    std::chrono::month_day day;
};
// So many days after Easter Sunday; negative: before.
struct EasterDay {
    int offset_days = 0;
};
// "The first Saturday from June 20th on."
struct FirstWeekdayFrom {
    std::chrono::weekday weekday;
    std::chrono::month_day from;
};
using HolidayRule = std::variant<FixedDay, EasterDay, FirstWeekdayFrom>;

// Public and school holidays, computed from dated records. Immutable, shared by threads.
//
// A region is written as ISO 3166 does ("FR", "FR-57"); what holds for "FR" holds for "FR-57" too.
// A school zone is the records' own name ("FR-zone-C"). An unknown region has no holidays.
class Holidays {
  public:
    // From rules/public-holidays.csv and rules/school-holidays.csv, built into the program.
    static Holidays built_in();

    // `public_csv`: region,rule,valid_from,valid_until,name,source
    //   rule is "fixed:MM-DD", "easter:+N", "easter:-N" or "weekday:Sa>=MM-DD" (Mo Tu We Th Fr Sa
    //   Su); the dates are YYYY-MM-DD, inclusive, empty when without limit.
    // `school_csv`: zone,first,last,name,source
    // Comma separated, RFC 4180 quotes, first line as above, lines starting with # are notes.
    // Throws std::runtime_error that names table, line and column of what is wrong.
    static Holidays from_records(std::string_view public_csv, std::string_view school_csv);

    // In order, one entry a day (names joined by " / " where two fall together). Years inclusive.
    std::vector<PublicHoliday> public_holidays(std::string_view region, int first_year,
                                               int last_year) const;
    // In order of their first day; those that touch the years.
    std::vector<SchoolHoliday> school_holidays(std::string_view zone, int first_year,
                                               int last_year) const;

  private:
    struct PublicRecord {
        std::string region;
        HolidayRule rule;
        LocalDay valid_from;
        LocalDay valid_until;
        std::string name;
    };
    struct SchoolRecord {
        std::string zone;
        SchoolHoliday holiday;
    };
    std::vector<PublicRecord> public_records_;
    std::vector<SchoolRecord> school_records_;
};

}  // namespace emplettes::law
