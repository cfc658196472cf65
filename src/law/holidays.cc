#include "law/holidays.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <stdexcept>

#include "base/easter.h"
#include "base/text.h"
#include "law/records.h"

namespace emplettes::law {
namespace {

constexpr std::string_view kPublicTable = "public-holidays.csv";
constexpr std::string_view kSchoolTable = "school-holidays.csv";
constexpr std::array<std::string_view, 7> kWeekdays = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
constexpr int kEasterOffsetMax = 100;
// Where no limit is given: the first year of easter_sunday, and a far end.
constexpr LocalDay kFirstDay{std::chrono::year{1583} / 1 / 1};
constexpr LocalDay kLastDay{std::chrono::year{9999} / 12 / 31};

std::optional<std::chrono::month_day> parse_month_day(std::string_view text) {
    if (text.size() != 5 || text[2] != '-') return std::nullopt;
    const auto month = parse_int(text.substr(0, 2));
    const auto day = parse_int(text.substr(3));
    if (!month || !day || *month < 1 || *day < 1) return std::nullopt;
    const std::chrono::month_day result{std::chrono::month{static_cast<unsigned>(*month)},
                                        std::chrono::day{static_cast<unsigned>(*day)}};
    if (!result.ok()) return std::nullopt;
    return result;
}

std::optional<HolidayRule> parse_weekday_rule(std::string_view text) {
    const auto weekday = std::ranges::find(kWeekdays, text.substr(0, 2));
    if (weekday == kWeekdays.end() || text.substr(2, 2) != ">=") return std::nullopt;
    const auto from = parse_month_day(text.substr(4));
    if (!from) return std::nullopt;
    return FirstWeekdayFrom{
        .weekday = std::chrono::weekday{static_cast<unsigned>(weekday - kWeekdays.begin())},
        .from = *from};
}

std::optional<HolidayRule> parse_rule(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view kind = text.substr(0, colon);
    const std::string_view value = text.substr(colon + 1);
    if (kind == "fixed") {
        const auto day = parse_month_day(value);
        if (!day) return std::nullopt;
        return FixedDay{.day = *day};
    }
    if (kind == "easter") {
        if (value.empty() || (value.front() != '+' && value.front() != '-')) return std::nullopt;
        const auto offset = parse_int(value.front() == '+' ? value.substr(1) : value);
        if (!offset || std::abs(*offset) > kEasterOffsetMax) return std::nullopt;
        return EasterDay{.offset_days = static_cast<int>(*offset)};
    }
    if (kind == "weekday" && value.size() == 9) return parse_weekday_rule(value);
    return std::nullopt;
}

// February 29th is a holiday in leap years only.
std::optional<LocalDay> day_of(const FixedDay& rule, int year) {
    const auto date = std::chrono::year{year} / rule.day;
    if (!date.ok()) return std::nullopt;
    return LocalDay{date};
}

std::optional<LocalDay> day_of(const EasterDay& rule, int year) {
    return easter_sunday(year) + std::chrono::days{rule.offset_days};
}

std::optional<LocalDay> day_of(const FirstWeekdayFrom& rule, int year) {
    const LocalDay from{std::chrono::year{year} / rule.from};
    return from + (rule.weekday - std::chrono::weekday{from});
}

}  // namespace

Holidays Holidays::built_in() {
    return from_records(built_in_records(kPublicTable), built_in_records(kSchoolTable));
}

Holidays Holidays::from_records(std::string_view public_csv, std::string_view school_csv) {
    Holidays holidays;
    const std::vector<std::string> public_columns = {"region",      "rule", "valid_from",
                                                     "valid_until", "name", "source"};
    for (Record& record : read_records(kPublicTable, public_csv, public_columns)) {
        std::string region = record.read_text();
        const auto rule = parse_rule(record.read_text());
        if (!rule) record.refuse("must be fixed:MM-DD, easter:+N, easter:-N or weekday:Sa>=MM-DD");
        const LocalDay from = record.read_day_or(kFirstDay);
        const LocalDay until = record.read_day_or(kLastDay);
        if (until < from) record.refuse("must not be before valid_from");
        std::string name = record.read_text();
        record.read_text();  // the source, for people
        holidays.public_records_.push_back({.region = std::move(region),
                                            .rule = *rule,
                                            .valid_from = from,
                                            .valid_until = until,
                                            .name = std::move(name)});
    }
    const std::vector<std::string> school_columns = {"zone", "first", "last", "name", "source"};
    for (Record& record : read_records(kSchoolTable, school_csv, school_columns)) {
        std::string zone = record.read_text();
        const LocalDay first = record.read_day();
        const LocalDay last = record.read_day();
        if (last < first) record.refuse("must not be before first");
        std::string name = record.read_text();
        record.read_text();
        holidays.school_records_.push_back(
            {.zone = std::move(zone),
             .holiday = {.first = first, .last = last, .name = std::move(name)}});
    }
    std::ranges::stable_sort(holidays.school_records_, {},
                             [](const SchoolRecord& record) { return record.holiday.first; });
    return holidays;
}

std::vector<PublicHoliday> Holidays::public_holidays(std::string_view region, int first_year,
                                                     int last_year) const {
    std::map<LocalDay, std::string> names;
    for (const PublicRecord& record : public_records_) {
        if (!holds_for(record.region, region)) continue;
        for (int year = first_year; year <= last_year; ++year) {
            const auto day =
                std::visit([year](const auto& rule) { return day_of(rule, year); }, record.rule);
            if (!day || *day < record.valid_from || *day > record.valid_until) continue;
            std::string& name = names[*day];
            name += name.empty() ? record.name : " / " + record.name;
        }
    }
    std::vector<PublicHoliday> days;
    days.reserve(names.size());
    for (const auto& [day, name] : names) days.push_back({.day = day, .name = name});
    return days;
}

std::vector<SchoolHoliday> Holidays::school_holidays(std::string_view zone, int first_year,
                                                     int last_year) const {
    const LocalDay from{std::chrono::year{first_year} / 1 / 1};
    const LocalDay until{std::chrono::year{last_year} / 12 / 31};
    std::vector<SchoolHoliday> ranges;
    for (const SchoolRecord& record : school_records_)
        if (record.zone == zone && record.holiday.last >= from && record.holiday.first <= until)
            ranges.push_back(record.holiday);
    return ranges;
}

}  // namespace emplettes::law
