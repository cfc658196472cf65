#include "site/links.h"

#include <cstdio>

#include "base/text.h"

namespace emplettes::site {
namespace {

Parameters parameters_of(const Where& where) {
    if (where.kind == Where::Kind::position)
        return {{"lat", degrees(where.from.lat)},
                {"lon", degrees(where.from.lon)},
                {"near", where.near}};
    return {{"near", where.near}};
}

std::string with_query(const std::string& path, const Parameters& parameters) {
    const std::string query = query_string(parameters);
    return query.empty() ? path : path + "?" + query;
}

}  // namespace

std::string degrees(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.5f", value);
    return text;
}

std::string query_string(const Parameters& parameters) {
    std::string query;
    for (const auto& [name, value] : parameters) {
        if (value.empty()) continue;
        if (!query.empty()) query += '&';
        query += url_encode(name) + "=" + url_encode(value);
    }
    return query;
}

Links::Links(std::string language, const Where& where)
    : language_(std::move(language)), where_(parameters_of(where)) {}

std::string Links::page(std::string_view path, const Parameters& parameters) const {
    Parameters all = parameters;
    all.insert(all.end(), where_.begin(), where_.end());
    return with_query(bare(path), all);
}

std::string Links::bare(std::string_view path) const { return "/" + language_ + std::string(path); }

std::string Links::in_language(const std::string& language, std::string_view path,
                               const Parameters& parameters) const {
    return with_query("/" + language + std::string(path), parameters);
}

std::string Links::product(ProductId id) const {
    return page("/products/" + std::to_string(id.value));
}

std::string Links::shop(std::string_view slug, const Parameters& parameters) const {
    return page("/shops/" + std::string(slug), parameters);
}

std::string Links::reserve(OfferId id) const {
    return page("/reserve/" + std::to_string(id.value));
}

std::string Links::slip(std::string_view code) const {
    return bare("/reservations/" + std::string(code));
}

}  // namespace emplettes::site
