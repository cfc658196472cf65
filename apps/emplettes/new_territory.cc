#include "emplettes/new_territory.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <toml++/toml.h>

#include "base/text.h"
#include "emplettes/app.h"
#include "law/holidays.h"

namespace emplettes {
namespace {

constexpr std::string_view kNoHolidays = "none";
constexpr double kDegreeSteps = 1e5;  // about a metre

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string checked_slug(const std::string& name) {
    const std::string slug = slugify(name);
    if (slug.empty())
        throw std::runtime_error("--new \"" + name +
                                 "\": the name needs a Latin letter or a digit; the file can be "
                                 "edited afterwards");
    return slug;
}

std::vector<std::string> chosen_hosts(const NewTerritory& wanted,
                                      const std::vector<catalogue::Territory>& others) {
    const bool is_default = wanted.hosts.empty();
    const std::vector<std::string> hosts =
        is_default ? std::vector<std::string>{"localhost", "127.0.0.1"} : wanted.hosts;
    for (const catalogue::Territory& other : others)
        for (const std::string& host : hosts)
            if (std::find(other.hosts.begin(), other.hosts.end(), host) != other.hosts.end())
                throw std::runtime_error("the host name " + host + " leads to the territory " +
                                         other.slug + (is_default ? " already: give" : ": give") +
                                         " the new one a name of its own with --host NAME");
    return hosts;
}

std::vector<std::string> chosen_languages(const NewTerritory& wanted) {
    const Languages languages = load_languages();
    std::vector<std::string> built_in;
    for (const Language& language : languages.all()) built_in.push_back(language.code());
    for (const std::string& code : wanted.languages)
        if (std::find(built_in.begin(), built_in.end(), code) == built_in.end())
            throw std::runtime_error("--languages " + code +
                                     ": there are no texts in it, only in " + joined(built_in));
    return wanted.languages.empty() ? built_in : wanted.languages;
}

void check_holidays(const std::string& region, Instant now) {
    if (region == kNoHolidays) return;
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    const int year = static_cast<int>(today.year());
    if (law::Holidays::built_in().public_holidays(region, year, year).empty())
        throw std::runtime_error("--holidays " + region +
                                 ": no holidays are recorded for it; say one like FR or FI, or " +
                                 std::string(kNoHolidays));
}

double rounded(double degrees) { return std::round(degrees * kDegreeSteps) / kDegreeSteps; }

toml::array texts(const std::vector<std::string>& values) {
    toml::array array;
    for (const std::string& value : values) array.push_back(value);
    return array;
}

std::string settings(const NewTerritory& wanted, const std::string& slug, const geo::Bounds& box,
                     const std::vector<std::string>& hosts,
                     const std::vector<std::string>& languages) {
    toml::table names;
    for (const std::string& language : languages) names.insert(language, wanted.name);
    toml::table table{{"slug", slug},
                      {"hosts", texts(hosts)},
                      {"languages", texts(languages)},
                      {"time_zone", wanted.time_zone},
                      {"holiday_region", wanted.holidays},
                      {"currency", wanted.currency},
                      {"attributions", toml::array{"© OpenStreetMap contributors, ODbL 1.0, "
                                                   "https://www.openstreetmap.org/copyright"}},
                      {"name", names},
                      {"bounds", toml::table{{"south", rounded(box.south)},
                                             {"west", rounded(box.west)},
                                             {"north", rounded(box.north)},
                                             {"east", rounded(box.east)}}},
                      {"centre", toml::table{{"lat", rounded((box.south + box.north) / 2)},
                                             {"lon", rounded((box.west + box.east) / 2)}}}};
    if (!wanted.operator_email.empty())
        table.insert("operator", toml::table{{"email", wanted.operator_email}});
    std::ostringstream text;
    text << "# Written by `emplettes import`. Edit it; check it with `emplettes check-config`.\n"
            "# demo/territory.toml says what each setting means and which more "
            "there are.\n\n"
         << table << '\n';
    return text.str();
}

}  // namespace

TerritoryDraft::TerritoryDraft(const DataFolder& folder, const NewTerritory& wanted,
                               const geo::Bounds& bounds, Instant now) {
    const std::string slug = checked_slug(wanted.name);
    file_ = folder.territories() / (slug + ".toml");
    // Not ".toml": a draft is never read as a territory.
    draft_ = folder.territories() / (slug + ".toml.new-" + std::to_string(::getpid()));
    const auto others = folder.read_territories();
    const bool is_taken = std::any_of(others.begin(), others.end(),
                                      [&](const auto& other) { return other.slug == slug; });
    if (is_taken || std::filesystem::exists(file_))
        throw std::runtime_error("there is a territory " + slug +
                                 " already: leave --new away and say --territory " + slug);
    check_holidays(wanted.holidays, now);
    const auto hosts = chosen_hosts(wanted, others);
    const auto languages = chosen_languages(wanted);
    write_durably(draft_, settings(wanted, slug, bounds, hosts, languages), 0644);
    try {
        territory_ = catalogue::read_territory(draft_.string());
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(draft_, ignored);
        throw;
    }
}

TerritoryDraft::~TerritoryDraft() {
    std::error_code ignored;
    std::filesystem::remove(draft_, ignored);
}

void TerritoryDraft::keep() { std::filesystem::rename(draft_, file_); }

}  // namespace emplettes
