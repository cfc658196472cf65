#include "site/search_request.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/offer.h"

namespace emplettes::site {
namespace {

using Fault = std::optional<FieldProblem>;

Fault read_flag(const web::Fields& fields, std::string_view name, bool& flag) {
    const std::string_view value = fields.get(name);
    if (value.empty() || value == "0") return std::nullopt;
    if (value != "1") return FieldProblem{std::string(name), "must be 1 or 0"};
    flag = true;
    return std::nullopt;
}

struct Range {
    std::size_t min = 0;
    std::size_t max = 0;
};

Fault read_count(const web::Fields& fields, std::string_view name, Range range,
                 std::size_t& count) {
    const std::string_view value = fields.get(name);
    if (value.empty()) return std::nullopt;
    const auto number = parse_int(value);
    const auto size = static_cast<std::size_t>(number.value_or(0));
    if (!number || *number < 0 || size < range.min || size > range.max)
        return FieldProblem{std::string(name), "must be a whole number from " +
                                                   std::to_string(range.min) + " to " +
                                                   std::to_string(range.max)};
    count = size;
    return std::nullopt;
}

Fault read_radius(const web::Fields& fields, const catalogue::Territory& territory,
                  double& radius_m) {
    radius_m = territory.radius_m;
    const std::string_view value = fields.get("radius_m");
    if (value.empty()) return std::nullopt;
    const auto metres = parse_double(value);
    if (!metres || *metres <= 0 || *metres > territory.radius_m_max)
        return FieldProblem{"radius_m",
                            "must be above 0 and at most " +
                                std::to_string(static_cast<int>(territory.radius_m_max)) +
                                " (setting defaults.radius_m_max)"};
    radius_m = *metres;
    return std::nullopt;
}

// The values of a parameter that may be given several times, each once, without empty ones.
Fault read_values(const web::Fields& fields, std::string_view name,
                  std::vector<std::string>& values) {
    for (const auto& [key, value] : fields.all()) {
        if (key != name || value.empty()) continue;
        if (std::find(values.begin(), values.end(), value) != values.end()) continue;
        if (values.size() == kValuesMax)
            return FieldProblem{std::string(name),
                                "must have at most " + std::to_string(kValuesMax) + " values"};
        values.push_back(value);
    }
    return std::nullopt;
}

Fault read_prices(const web::Fields& fields, std::vector<search::PriceRange>& prices) {
    std::vector<std::string> values;
    if (auto fault = read_values(fields, "price", values)) return fault;
    for (const std::string& value : values) {
        const auto range = parse_price_range(value);
        if (!range) return FieldProblem{"price", "must be two amounts in cents, such as 1000-2500"};
        prices.push_back(*range);
    }
    return std::nullopt;
}

Fault read_conditions(const web::Fields& fields, std::vector<std::uint8_t>& conditions) {
    std::vector<std::string> values;
    if (auto fault = read_values(fields, "condition", values)) return fault;
    for (const std::string& value : values) {
        const auto condition = catalogue::parse_condition(value);
        if (!condition) return FieldProblem{"condition", "must be new, used or refurbished"};
        conditions.push_back(static_cast<std::uint8_t>(*condition));
    }
    return std::nullopt;
}

// A whole number of the digits from `at` on, as many as `length`; -1 when others are among them.
int digits_at(std::string_view text, std::size_t at, std::size_t length) {
    int number = 0;
    for (const char digit : text.substr(at, length)) {
        if (digit < '0' || digit > '9') return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}

// "2026-12-06T10:00", as browsers send it.
std::optional<LocalTime> parse_local_time(std::string_view text) {
    constexpr std::string_view kSigns = "    -  -  T  :  ";
    if (text.size() != kSigns.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (kSigns[i] != ' ' && text[i] != kSigns[i]) return std::nullopt;
    const std::array<int, 5> parts{digits_at(text, 0, 4), digits_at(text, 5, 2),
                                   digits_at(text, 8, 2), digits_at(text, 11, 2),
                                   digits_at(text, 14, 2)};
    const bool is_clock = parts[3] >= 0 && parts[3] < 24 && parts[4] >= 0 && parts[4] < 60;
    if (std::any_of(parts.begin(), parts.end(), [](int part) { return part < 0; }) || !is_clock)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                           std::chrono::month{static_cast<unsigned>(parts[1])},
                                           std::chrono::day{static_cast<unsigned>(parts[2])}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::local_days{date} + std::chrono::hours{parts[3]} +
           std::chrono::minutes{parts[4]};
}

Fault read_open(const web::Fields& fields, const Zone& zone,
                const catalogue::LiveCatalogue::View& view, search::Query& query) {
    if (auto fault = read_flag(fields, "open_now", query.open_now)) return fault;
    const auto read = read_moment(fields, "open_at", zone, view.now);
    if (!read) return read.error();
    if (!*read) return std::nullopt;
    query.open_now = true;
    query.is_open = [snapshot = view.snapshot, opening = view.opening, at = **read](ShopId shop) {
        return opening->at(snapshot->number_of(shop), at).is_open();
    };
    return std::nullopt;
}

Fault read_order(const web::Fields& fields, search::Order& order) {
    const std::string_view value = fields.get("sort");
    if (value.empty() || value == "best") return std::nullopt;
    if (value == "nearest")
        order = search::Order::nearest;
    else if (value == "cheapest")
        order = search::Order::cheapest;
    else
        return FieldProblem{"sort", "must be best, nearest or cheapest"};
    return std::nullopt;
}

}  // namespace

Result<search::Query, FieldProblem> read_search(const web::Fields& fields,
                                                const catalogue::Territory& territory,
                                                const catalogue::LiveCatalogue::View& view) {
    search::Query query;
    query.text = std::string(fields.get("q"));
    if (utf8_length(query.text) > kQueryLengthMax)
        return FieldProblem{"q",
                            "must have at most " + std::to_string(kQueryLengthMax) + " characters"};
    const Fault faults[] = {
        read_radius(fields, territory, query.radius_m),
        read_open(fields, territory.zone, view, query),
        read_flag(fields, "in_stock", query.in_stock),
        read_flag(fields, "maker", query.makers_only),
        read_values(fields, "category", query.categories),
        read_prices(fields, query.prices),
        read_values(fields, "brand", query.makers),
        read_values(fields, "district", query.districts),
        read_conditions(fields, query.conditions),
        read_order(fields, query.order),
        read_flag(fields, "makers_first", query.makers_first),
        read_count(fields, "limit", {.max = kLimitMax}, query.limit),
        read_count(fields, "offset", {.max = kOffsetMax}, query.offset),
        read_count(fields, "offers", {.min = 1, .max = kOffersPerHitMax},
                   query.offers_per_product_max),
    };
    for (const Fault& fault : faults)
        if (fault) return *fault;
    return query;
}

Result<search::Query, FieldProblem> read_kept_search(const web::Fields& fields,
                                                     const catalogue::Territory& territory,
                                                     const catalogue::LiveCatalogue::View& view) {
    if (read_moment(fields, "open_at", territory.zone, view.now).ok())
        return read_search(fields, territory, view);
    web::Fields without;
    for (const auto& [name, value] : fields.all())
        if (name != "open_at") without.add(name, value);
    return read_search(without, territory, view);
}

Result<std::optional<Instant>, FieldProblem> read_moment(const web::Fields& fields,
                                                         const std::string& name, const Zone& zone,
                                                         Instant now) {
    const std::string_view value = fields.get(name);
    if (value.empty()) return std::optional<Instant>();
    const auto local = parse_local_time(value);
    if (!local) return FieldProblem{name, "must be a local day and time, such as 2026-12-06T10:00"};
    const Instant at = zone.to_instant(*local);
    if (at < std::chrono::floor<std::chrono::minutes>(now) || at > now + kAheadMax)
        return FieldProblem{name, "must lie between now and " + std::to_string(kAheadMax.count()) +
                                      " days from now"};
    return std::optional<Instant>(at);
}

Result<std::optional<TravelLimit>, FieldProblem> read_within(const web::Fields& fields) {
    const std::string_view value = fields.get("within");
    if (value.empty()) return std::optional<TravelLimit>();
    const auto given = std::ranges::count_if(
        fields.all(), [](const auto& field) { return field.first == "within"; });
    if (given > 1) return FieldProblem{"within", "may be given once"};
    const auto dash = value.find('-');
    const auto profile = geo::parse_profile(value.substr(0, dash));
    const auto minutes =
        dash == std::string_view::npos ? std::nullopt : parse_int(value.substr(dash + 1));
    if (!profile || !minutes || *minutes < 1)
        return FieldProblem{"within",
                            "must be foot, bike or cargo_bike and minutes, such as foot-10"};
    constexpr int kMost = catalogue::ShopWays::kMinutesMax;
    if (*minutes > kMost)
        return FieldProblem{"within", "must be at most " + std::to_string(kMost) + " minutes"};
    return std::optional(TravelLimit{.profile = *profile, .minutes = static_cast<int>(*minutes)});
}

std::optional<search::PriceRange> parse_price_range(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const std::string_view high_text = text.substr(dash + 1);
    const auto low = parse_int(text.substr(0, dash));
    const auto high = parse_int(high_text);
    if (!low || *low < 0) return std::nullopt;
    if (high_text.empty()) return search::PriceRange{.min_cents = *low};
    if (!high || *high <= *low) return std::nullopt;
    return search::PriceRange{.min_cents = *low, .end_cents = *high};
}

}  // namespace emplettes::site
