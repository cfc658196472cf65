#include "site/reservation_api.h"

#include <array>

#include "base/text.h"
#include "orders/step.h"
#include "site/api_request.h"
#include "site/operator_choices.h"
#include "site/problems.h"
#include "site/reserving.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

using orders::ReserveError;

constexpr std::array<std::string_view, 4> kMembers{"offer_id", "quantity", "name", "contact"};
// May be absent:
constexpr std::string_view kOnlyHere = "only_here";

struct ErrorWords {
    int status;
    std::string_view type;
    std::string_view field;
};

ErrorWords words_of(ReserveError error) {
    switch (error) {
        case ReserveError::quantity_not_positive: return {422, "quantity_not_positive", "quantity"};
        case ReserveError::quantity_too_large: return {422, "quantity_too_large", "quantity"};
        case ReserveError::name_missing: return {422, "name_missing", "name"};
        case ReserveError::name_too_long: return {422, "name_too_long", "name"};
        case ReserveError::name_not_valid: return {422, "name_not_valid", "name"};
        case ReserveError::contact_not_valid: return {422, "contact_not_valid", "contact"};
        case ReserveError::unknown_offer: return {404, "unknown_offer", "offer_id"};
        case ReserveError::sold_out: return {409, "sold_out", "quantity"};
    }
    return {500, "about:blank", ""};
}

std::string detail_of(ReserveError error, const catalogue::Territory& territory) {
    if (error == ReserveError::quantity_too_large)
        return "at most " + std::to_string(territory.quantity_max) +
               " at a time (setting defaults.quantity_max)";
    if (error == ReserveError::sold_out) return "the shop has fewer left than asked for";
    if (error == ReserveError::contact_not_valid)
        return "must be a mail address or a telephone number";
    if (error == ReserveError::name_too_long)
        return "at most " + std::to_string(orders::kNameLengthMax) + " characters";
    return {};
}

bool is_member(std::string_view name) {
    return name == kOnlyHere || name == kProofMember ||
           std::find(kMembers.begin(), kMembers.end(), name) != kMembers.end();
}

std::optional<FieldProblem> find_member_problem(const Json& body) {
    if (!body.is_object()) return FieldProblem{"body", "must be a JSON object"};
    for (const auto& [name, value] : body.items())
        if (!is_member(name)) return FieldProblem{name, "is not a member of this request"};
    for (const std::string_view name : kMembers)
        if (!body.contains(name)) return FieldProblem{std::string(name), "is missing"};
    for (const std::string_view name : {"offer_id", "quantity"})
        if (!whole_number(body.at(std::string(name))))
            return FieldProblem{std::string(name), "must be a whole number"};
    for (const std::string_view name : {"name", "contact"})
        if (!body.at(std::string(name)).is_string())
            return FieldProblem{std::string(name), "must be a text"};
    if (body.contains(kOnlyHere) && !body.at(std::string(kOnlyHere)).is_boolean())
        return FieldProblem{std::string(kOnlyHere), "must be true or false"};
    if (body.contains(kProofMember) && !body.at(std::string(kProofMember)).is_string())
        return FieldProblem{std::string(kProofMember), "must be a text"};
    return std::nullopt;
}

orders::ReserveRequest request_of(const Json& body, const std::string& language) {
    return {.offer = OfferId{*whole_number(body["offer_id"])},
            .quantity = *whole_number(body["quantity"]),
            .person_name = std::string(trim(body["name"].get_ref<const std::string&>())),
            .contact = std::string(trim(body["contact"].get_ref<const std::string&>())),
            .language = language,
            .only_here = body.value(std::string(kOnlyHere), false)};
}

}  // namespace

std::string_view type_of(ReserveError error) { return words_of(error).type; }

web::Response reserve_problem(const Visit& visit, const ReserveFailure& failure) {
    if (std::holds_alternative<KeyOfOtherWish>(failure))
        return problem(visit.request, 422, "idempotency_key_reused",
                       "this Idempotency-Key was used with another body", "Idempotency-Key");
    if (std::holds_alternative<Withdrawn>(failure))
        return problem(visit.request, 409, "withdrawn",
                       "the operator has taken this product out of every search; GET"
                       " /products/{id} says why",
                       "offer_id");
    if (std::holds_alternative<NotConfirmed>(failure))
        return problem(visit.request, 409, "not_confirmed",
                       "the shop has not said for long whether it has this; ask it", "offer_id");
    if (const auto* wanted = std::get_if<ProofWanted>(&failure))
        return problem(visit.request, 409, wanted->is_code_wrong ? "proof_wrong" : "proof_wanted",
                       "six digits were sent to this contact; repeat with them in proof_code",
                       "proof_code");
    if (std::holds_alternative<TooManyOpen>(failure))
        return problem(visit.request, 409, "too_many_open",
                       "this contact has as much kept as it may", "contact");
    const auto error = std::get<ReserveError>(failure);
    const ErrorWords words = words_of(error);
    return problem(visit.request, words.status, words.type, detail_of(error, visit.territory()),
                   std::string(words.field));
}

web::Response create_reservation_api(Visit& visit) {
    const auto key = read_idempotency_key(visit);
    if (!key) return key.error();
    const auto body = web::json_body(visit.request);
    if (!body)
        return problem(visit.request, 400, "malformed_json",
                       std::string(web::explain(body.error())), "body");
    if (const auto fault = find_member_problem(*body))
        return field_problem(visit.request, 422, *fault);
    const auto kept =
        reserve_once(visit, {.key = *key,
                             .content = "POST /api/v1/reservations " + body->dump(),
                             .request = request_of(*body, visit.language().code()),
                             .proof_code = body->value(std::string(kProofMember), std::string())});
    if (!kept) return reserve_problem(visit, kept.error());
    auto response = json_answer(201, kept->json);
    response.add_header("Location", "/api/v1/reservations/" + kept->code);
    return response;
}

web::Response reservation_api(Visit& visit) {
    const auto reservation = visit.context.database.read([&](store::Tx& tx) {
        return orders::find_reservation(tx, visit.territory().id, visit.request.parameter("code"));
    });
    if (!reservation) return problem(visit.request, 404, "unknown_reservation");
    return json_answer(200, kept_json(*reservation));
}

web::Response cancel_reservation_api(Visit& visit) {
    const auto cancelled = visit.context.database.write([&](store::Tx& tx) {
        return orders::take_step(
            tx, visit.territory().id,
            {.code = std::string(visit.request.parameter("code")), .step = orders::Step::cancel},
            visit.context.ids, visit.view.now);
    });
    if (cancelled) return json_answer(200, kept_json(*cancelled));
    if (cancelled.error() == orders::StepError::unknown_code)
        return problem(visit.request, 404, "unknown_reservation");
    return problem(visit.request, 409, "not_allowed_now",
                   "it has been collected, declined or has expired already");
}

}  // namespace emplettes::site
