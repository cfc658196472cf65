#include "site/api_request.h"

#include <algorithm>
#include "base/text.h"

#include "site/problems.h"
#include "site/reserving.h"

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

Result<std::string_view, web::Response> read_idempotency_key(const Visit& visit) {
    const std::string_view key = visit.request.header("idempotency-key");
    if (!key.empty() && key.size() <= kIdempotencyKeyLengthMax && is_valid_utf8(key)) return key;
    return problem(visit.request, 400, "idempotency_key_missing",
                   "send a header Idempotency-Key of 1 to 100 characters, new for each wish",
                   "Idempotency-Key");
}

std::optional<std::int64_t> whole_number(const Json& value) {
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (value.is_string()) return parse_int(value.get_ref<const std::string&>());
    return std::nullopt;
}

web::Response json_answer(int status, std::string json) {
    web::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::move(json);
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
