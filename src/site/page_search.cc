#include "site/page_search.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace emplettes::site {
namespace {

constexpr std::array<std::string_view, 13> kKept{
    "q",        "category", "price", "brand",  "district", "condition",   "in_stock",
    "open_now", "open_at",  "maker", "within", "sort",     "makers_first"};

Parameters given_parameters(const web::Fields& query) {
    Parameters given;
    for (const std::string_view name : kKept)
        for (const auto& [key, value] : query.all())
            if (key == name && !value.empty()) given.emplace_back(key, value);
    if (const auto radius = query.get("radius_m"); !radius.empty())
        given.emplace_back("radius_m", radius);
    return given;
}

}  // namespace

Parameters Search::with(std::string_view name, const std::string& value) const {
    Parameters changed;
    for (const auto& parameter : parameters)
        if (parameter.first != name) changed.push_back(parameter);
    changed.emplace_back(name, value);
    return changed;
}

Parameters Search::without(std::string_view name, std::string_view value) const {
    Parameters changed = parameters;
    std::erase_if(changed, [&](const auto& parameter) {
        return parameter.first == name && fold(parameter.second) == fold(value);
    });
    return changed;
}

Parameters Search::also_with(std::string_view name, const std::string& value) const {
    Parameters changed = parameters;
    changed.emplace_back(name, value);
    return changed;
}

Result<Search, FieldProblem> find_search(const Visit& visit) {
    const web::Fields& given = visit.request.query;
    const auto moment = read_moment(given, "open_at", visit.territory().zone, visit.view.now);
    auto read = read_kept_search(given, visit.territory(), visit.view);
    if (!read) return read.error();
    if (const auto within = read_within(given); !within) return within.error();
    Search search{.query = std::move(read).value(),
                  .parameters = given_parameters(given),
                  .open_at = moment.ok() ? *moment : std::nullopt,
                  .is_moment_refused = !moment.ok()};
    if (search.is_moment_refused)
        std::erase_if(search.parameters,
                      [](const auto& parameter) { return parameter.first == "open_at"; });
    const auto is_unknown = [&](const std::string& key) {
        return visit.context.trades.find_category(key) == nullptr;
    };
    std::erase_if(search.query.categories, is_unknown);
    std::erase_if(search.parameters, [&](const auto& parameter) {
        return parameter.first == "category" && is_unknown(parameter.second);
    });
    search.query.from = visit.where.from;
    if (visit.limit) visit.ways.limit(search.query, *visit.limit);
    return search;
}

}  // namespace emplettes::site
