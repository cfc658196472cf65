#include "site/search_request.h"

#include <optional>

#include "base/text.h"

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

// "1000-2500" in cents; an open end is "10000-".
Fault read_price(const web::Fields& fields, search::Query& query) {
    const std::string_view value = fields.get("price");
    if (value.empty()) return std::nullopt;
    const auto dash = value.find('-');
    const auto low = parse_int(value.substr(0, dash));
    const std::string_view high_text =
        dash == std::string_view::npos ? std::string_view() : value.substr(dash + 1);
    const auto high = parse_int(high_text);
    const bool is_range = dash != std::string_view::npos && low && *low >= 0 &&
                          (high_text.empty() || (high && *high > *low));
    if (!is_range) return FieldProblem{"price", "must be two amounts in cents, such as 1000-2500"};
    search::PriceRange range{.min_cents = *low};
    if (high) range.end_cents = *high;
    query.prices.push_back(range);
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
                                                const catalogue::Territory& territory) {
    search::Query query;
    query.text = std::string(fields.get("q"));
    const std::string_view category = fields.get("category");
    if (!category.empty()) query.categories.emplace_back(category);
    if (utf8_length(query.text) > kQueryLengthMax)
        return FieldProblem{"q",
                            "must have at most " + std::to_string(kQueryLengthMax) + " characters"};
    const Fault faults[] = {
        read_radius(fields, territory, query.radius_m),
        read_flag(fields, "open_now", query.open_now),
        read_flag(fields, "in_stock", query.in_stock),
        read_flag(fields, "maker", query.makers_only),
        read_price(fields, query),
        read_order(fields, query.order),
        read_count(fields, "limit", {.max = kLimitMax}, query.limit),
        read_count(fields, "offset", {.max = kOffsetMax}, query.offset),
        read_count(fields, "offers", {.min = 1, .max = kOffersPerHitMax},
                   query.offers_per_product_max),
    };
    for (const Fault& fault : faults)
        if (fault) return *fault;
    return query;
}

}  // namespace emplettes::site
