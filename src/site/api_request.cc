#include "site/api_request.h"

#include <algorithm>

#include "site/problems.h"

namespace emplettes::site {
namespace {

using Names = std::span<const std::string_view>;

std::optional<FieldProblem> find_unknown(const web::Fields& query, Names known) {
    for (const auto& [name, value] : query.all())
        if (std::find(known.begin(), known.end(), name) == known.end())
            return FieldProblem{name, "is not a parameter of this address"};
    return std::nullopt;
}

std::optional<FieldProblem> language_problem(const Visit& visit) {
    const std::string_view asked = visit.request.query.get("lang");
    std::string own;
    for (const std::string& code : visit.territory().languages) {
        if (asked.empty() || asked == code) return std::nullopt;
        own += (own.empty() ? "" : ", ") + code;
    }
    return FieldProblem{"lang", "must be one of " + own};
}

}  // namespace

std::optional<web::Response> refusal(const Visit& visit, Names known) {
    if (const auto unknown = find_unknown(visit.request.query, known))
        return field_problem(visit.request, 400, *unknown);
    if (const auto fault = language_problem(visit))
        return field_problem(visit.request, 422, *fault);
    if (const auto fault = where_problem(visit.request.query, visit.territory(), visit.where))
        return field_problem(visit.request, 422, *fault);
    return std::nullopt;
}

}  // namespace emplettes::site
