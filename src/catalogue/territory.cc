#include "catalogue/territory.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/mail_address.h"
#include "base/table_reader.h"
#include "base/text.h"
#include "catalogue/shop.h"

namespace emplettes::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kDistrictsBytesMax = 32 << 20;

constexpr const char* kFindSql = "SELECT territory_id FROM territory WHERE slug = :slug";
constexpr const char* kInsertTerritory =
    "INSERT INTO territory (territory_id, slug) VALUES (:territory_id, :slug)"
    " ON CONFLICT (slug) DO NOTHING";

// Small letters, digits, hyphens and points, or an IPv6 address in brackets: as browsers ask.
bool is_host(const std::string& host) {
    const bool is_ipv6 = host.starts_with('[') && host.ends_with(']');
    const std::string_view signs = is_ipv6 ? "[]:.0123456789abcdef" : "-.0123456789";
    return !host.empty() && std::all_of(host.begin(), host.end(), [&](char c) {
        return signs.find(c) != std::string_view::npos || (!is_ipv6 && c >= 'a' && c <= 'z');
    });
}

void check_bounds(TableReader& root, const geo::Bounds& bounds) {
    // Also refuses "nan", which compares with nothing.
    if (!(bounds.south >= -90 && bounds.south < bounds.north && bounds.north <= 90))
        root.problem("bounds", "south must lie below north, both between -90 and 90");
    if (!(bounds.west >= -180 && bounds.west < bounds.east && bounds.east <= 180))
        root.problem("bounds", "west must lie left of east, both between -180 and 180");
}

void read_places(TableReader& root, Territory& territory, std::vector<std::string>& problems) {
    TableReader bounds(root.table("bounds"), "bounds.", problems);
    bounds.require("south", territory.bounds.south);
    bounds.require("west", territory.bounds.west);
    bounds.require("north", territory.bounds.north);
    bounds.require("east", territory.bounds.east);
    TableReader centre(root.table("centre"), "centre.", problems);
    centre.require("lat", territory.centre.lat);
    centre.require("lon", territory.centre.lon);
    check_bounds(root, territory.bounds);
    if (!territory.bounds.contains(territory.centre))
        root.problem("centre", "must lie within bounds");
}

void read_districts(TableReader& root, const fs::path& folder, Territory& territory) {
    std::string name;
    std::string name_property = "name";
    root.read("districts", name);
    root.read("districts_name", name_property);
    if (name.empty()) return;
    const fs::path file = folder / name;
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (error) return root.problem("districts", file.string() + ": " + error.message());
    if (bytes > kDistrictsBytesMax)
        return root.problem("districts", file.string() + " has more than " +
                                             std::to_string(kDistrictsBytesMax) + " bytes");
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    auto districts = geo::Districts::parse(text, name_property);
    if (!districts) return root.problem("districts", file.string() + ": " + districts.error());
    territory.districts = std::make_shared<const geo::Districts>(std::move(districts).value());
}

void read_stock_rules(TableReader& root, StockRules& rules, std::vector<std::string>& problems) {
    TableReader table(root.table("stock"), "stock.", problems);
    const auto read = [&](const std::string& key, std::chrono::days& days) {
        std::int64_t number = days.count();
        table.read(key, number);
        if (number < 1 || number > kStockDaysMax)
            return table.problem(key, "must be between 1 and " + std::to_string(kStockDaysMax));
        days = std::chrono::days{number};
    };
    read("till_days", rules.till);
    read("feed_days", rules.feed);
    read("hand_days", rules.hand);
    read("import_days", rules.import);
    read("ask_days", rules.ask);
}

void read_defaults(TableReader& root, Territory& territory, std::vector<std::string>& problems) {
    TableReader defaults(root.table("defaults"), "defaults.", problems);
    defaults.read("radius_m", territory.radius_m);
    defaults.read("radius_m_max", territory.radius_m_max);
    defaults.read("quantity_max", territory.quantity_max);
    std::int64_t days = territory.hold_open_days;
    defaults.read("hold_open_days", days);
    territory.hold_open_days = static_cast<int>(std::clamp<std::int64_t>(days, -1, 100));
    // Also refuses "nan", which compares with nothing.
    if (!(territory.radius_m > 0 && territory.radius_m <= territory.radius_m_max))
        defaults.problem("radius_m", "must be above 0 and at most radius_m_max");
    defaults.read("answer_minutes", territory.answer_minutes);
    if (territory.answer_minutes < 1 || territory.answer_minutes > kAnswerMinutesMax)
        defaults.problem("answer_minutes",
                         "must be between 1 and " + std::to_string(kAnswerMinutesMax));
    if (territory.quantity_max < 1 || territory.quantity_max > 100)
        defaults.problem("quantity_max", "must be between 1 and 100");
    if (territory.hold_open_days < 0 || territory.hold_open_days > kHoldOpenDaysMax)
        defaults.problem("hold_open_days",
                         "must be between 0 and " + std::to_string(kHoldOpenDaysMax));
}

// Where nothing is said, the law of the country whose public holidays count.
void read_book_price_law(TableReader& root, Territory& territory) {
    constexpr std::string_view kNone = "none";
    std::string said;
    root.read("book_price_law", said);
    if (said == kNone) return;
    const auto law = law::BookPriceLaw::built_in(said.empty() ? territory.holiday_region : said);
    if (law)
        territory.book_price_law = std::make_shared<const law::BookPriceLaw>(*law);
    else if (!said.empty())
        root.problem("book_price_law", "no law of the book price is recorded for " + said +
                                           "; \"none\" where books have any price");
}

// "shop.example:8080": what a feed's address names, with the port even if it is the usual one.
void read_feeds(TableReader& root, Territory& territory, std::vector<std::string>& problems) {
    TableReader feeds(root.table("feeds"), "feeds.", problems);
    feeds.read("allow", territory.feeds_allow);
    for (const std::string& place : territory.feeds_allow) {
        const auto colon = place.rfind(':');
        const auto port = colon == std::string::npos
                              ? std::nullopt
                              : parse_int(std::string_view(place).substr(colon + 1));
        if (!port || *port < 1 || *port > 65'535 || !is_host(place.substr(0, colon)))
            feeds.problem("allow", "\"" + place + "\" is not a host name and a port");
    }
}

void read_texts(TableReader& root, Territory& territory, std::vector<std::string>& problems) {
    TableReader names(root.table("name"), "name.", problems);
    names.read_all(territory.names);
    if (territory.names.empty()) root.problem("name", "needs a name in at least one language");
    TableReader operated_by(root.table("operator"), "operator.", problems);
    operated_by.read("name", territory.operated_by.name);
    operated_by.read("email", territory.operated_by.email);
    operated_by.read("address", territory.operated_by.address);
    if (const auto& email = territory.operated_by.email; !email.empty() && !is_mail_address(email))
        operated_by.problem("email", "is not a mail address: " + email);
}

void read_root(TableReader& root, Territory& territory, std::vector<std::string>& problems) {
    root.require("slug", territory.slug);
    if (territory.slug != slugify(territory.slug))
        root.problem("slug", "must be small letters, digits and single hyphens");
    root.read("hosts", territory.hosts);
    for (const std::string& host : territory.hosts)
        if (!is_host(host))
            root.problem("hosts",
                         "\"" + host + "\" is not a host name in small letters, " + "without port");
    root.read("origin", territory.origin);
    root.read("languages", territory.languages);
    root.read("attributions", territory.attributions);
    root.require("holiday_region", territory.holiday_region);
    root.read("school_zone", territory.school_zone);
    read_book_price_law(root, territory);
    root.read("currency", territory.currency);
    root.read("demo", territory.is_demo);
    if (territory.languages.empty()) root.problem("languages", "needs at least one language");
    if (territory.hosts.empty()) root.problem("hosts", "needs at least one host name");

    std::string zone_name;
    root.require("time_zone", zone_name);
    if (const auto zone = Zone::find(zone_name))
        territory.zone = *zone;
    else if (!zone_name.empty())
        root.problem("time_zone", "no such zone: " + zone_name);

    read_texts(root, territory, problems);
    read_places(root, territory, problems);
    read_defaults(root, territory, problems);
    read_stock_rules(root, territory.stock, problems);
    read_feeds(root, territory, problems);
}

}  // namespace

std::string Territory::name(const std::string& language) const {
    if (const auto found = names.find(language); found != names.end()) return found->second;
    if (const auto found = names.find(languages.front()); found != names.end())
        return found->second;
    return names.begin()->second;
}

std::string Territory::sender() const {
    return operated_by.email.empty() ? "noreply@" + hosts.front() : operated_by.email;
}

LocalDay day_of(const Territory& territory, Instant now) {
    return std::chrono::floor<std::chrono::days>(territory.zone.to_local(now));
}

Territory read_territory(const std::string& file) {
    Territory territory;
    std::vector<std::string> problems;
    try {
        const toml::table table = toml::parse_file(file);
        TableReader root(&table, "", problems);
        read_root(root, territory, problems);
        read_districts(root, fs::path(file).parent_path(), territory);
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << error.description() << " (" << error.source().begin << ")";
        problems.push_back(where.str());
    }
    if (problems.empty()) return territory;
    std::string message = file + " cannot be used:";
    for (const auto& problem : problems) message += "\n  " + problem;
    throw std::runtime_error(message);
}

TerritoryId register_territory(store::Tx& tx, const std::string& slug, TerritoryId if_new) {
    long long id = if_new.value;
    tx.sql() << kInsertTerritory, soci::use(id, "territory_id"), soci::use(slug, "slug");
    tx.sql() << kFindSql, soci::use(slug, "slug"), soci::into(id);
    return TerritoryId{id};
}

}  // namespace emplettes::catalogue
