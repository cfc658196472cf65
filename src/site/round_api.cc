#include "site/round_api.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/api_request.h"
#include "site/problems.h"
#include "site/reservation_api.h"
#include "site/reserving.h"
#include "site/round_walk.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

constexpr std::array<std::string_view, 5> kRoundParameters{"lat", "lon", "near", "leave", "lang"};
constexpr std::array<std::string_view, 3> kRoundMembers{"lines", "name", "contact"};

FieldProblem line_problem(std::size_t number, std::string_view member, std::string detail) {
    return {"lines[" + std::to_string(number) + "]" + std::string(member), std::move(detail)};
}

Result<orders::RoundLine, FieldProblem> read_line(const Json& json, std::size_t number) {
    if (!json.is_object()) return line_problem(number, "", "must be an object");
    orders::RoundLine line;
    for (const auto& [name, value] : json.items()) {
        const auto whole = whole_number(value);
        if (name != "offer_id" && name != "quantity")
            return line_problem(number, "." + name, "is not a member of a line");
        if (!whole) return line_problem(number, "." + name, "must be a whole number");
        if (name == "offer_id")
            line.offer = OfferId{*whole};
        else
            line.quantity = *whole;
    }
    if (!json.contains("offer_id")) return line_problem(number, ".offer_id", "is missing");
    return line;
}

Result<std::vector<orders::RoundLine>, FieldProblem> read_lines(const Json& json) {
    const std::string most = std::to_string(orders::kRoundLinesMax);
    if (!json.is_array() || json.empty() || json.size() > orders::kRoundLinesMax)
        return FieldProblem{"lines", "must be a list of 1 to " + most + " lines"};
    std::vector<orders::RoundLine> lines;
    for (const Json& one : json) {
        const auto line = read_line(one, lines.size());
        if (!line) return line.error();
        if (std::ranges::find(lines, line->offer, &orders::RoundLine::offer) != lines.end())
            return line_problem(lines.size(), ".offer_id", "stands in a line before");
        lines.push_back(*line);
    }
    return lines;
}

Result<orders::RoundRequest, FieldProblem> read_request(const Json& body,
                                                        const std::string& language) {
    if (!body.is_object()) return FieldProblem{"body", "must be a JSON object"};
    for (const auto& [name, value] : body.items())
        if (name != kProofMember && std::ranges::find(kRoundMembers, name) == kRoundMembers.end())
            return FieldProblem{name, "is not a member of this request"};
    for (const std::string_view name : kRoundMembers)
        if (!body.contains(name)) return FieldProblem{std::string(name), "is missing"};
    for (const std::string_view name :
         {std::string_view("name"), std::string_view("contact"), kProofMember})
        if (body.contains(name) && !body.at(std::string(name)).is_string())
            return FieldProblem{std::string(name), "must be a text"};
    auto lines = read_lines(body["lines"]);
    if (!lines) return lines.error();
    return orders::RoundRequest{
        .lines = *std::move(lines),
        .person_name = std::string(trim(body["name"].get_ref<const std::string&>())),
        .contact = std::string(trim(body["contact"].get_ref<const std::string&>())),
        .language = language};
}

// Which lines, by their offers: "281474976710912 sold_out; 281474976710913 unknown_offer".
web::Response lines_problem(const Visit& visit, const orders::RoundFaults& faults) {
    std::string detail;
    for (const orders::LineFault& fault : faults)
        detail += (detail.empty() ? "nothing was kept: " : "; ") +
                  std::to_string(fault.offer.value) + " " + std::string(type_of(fault.error));
    return problem(visit.request, 409, "lines_refused", detail, "lines");
}

web::Response refused(const Visit& visit, const RoundFailure& failure) {
    if (const auto* faults = std::get_if<orders::RoundFaults>(&failure)) {
        if (orders::is_of_person(faults->front().error))
            return reserve_problem(visit, faults->front().error);
        return lines_problem(visit, *faults);
    }
    if (const auto* wanted = std::get_if<ProofWanted>(&failure))
        return reserve_problem(visit, *wanted);
    if (std::holds_alternative<TooManyOpen>(failure)) return reserve_problem(visit, TooManyOpen{});
    return reserve_problem(visit, KeyOfOtherWish{});
}

Json walk_json(const RoundWalk& walk) {
    const orders::CollectionRound& plan = walk.plan;
    Json stops = Json::array();
    for (const orders::RoundCall& call : plan.calls)
        stops.push_back({{"shop", walk.shops[call.stop].shop.slug},
                         {"walk_s", call.walk.count()},
                         {"arrives_at", to_unix(call.arrives_at)},
                         {"enters_at", to_unix(call.enters_at)},
                         {"leaves_at", to_unix(call.leaves_at)}});
    Json left_out = Json::array();
    for (const std::size_t shop : plan.left_out) left_out.push_back(walk.shops[shop].shop.slug);
    const bool is_walk = !plan.calls.empty();
    return {{"leaves_at", is_walk ? Json(to_unix(plan.leaves_at)) : Json()},
            {"back_at", is_walk ? Json(to_unix(plan.back_at)) : Json()},
            {"walking_s", plan.walking.count()},
            {"stops", std::move(stops)},
            {"left_out", std::move(left_out)}};
}

}  // namespace

web::Response create_round_api(Visit& visit) {
    const auto key = read_idempotency_key(visit);
    if (!key) return key.error();
    const auto body = web::json_body(visit.request);
    if (!body)
        return problem(visit.request, 400, "malformed_json",
                       std::string(web::explain(body.error())), "body");
    const auto request = read_request(*body, visit.language().code());
    if (!request) return field_problem(visit.request, 422, request.error());
    const auto kept = reserve_round_once(
        visit, {.key = *key,
                .content = "POST /api/v1/rounds " + body->dump(),
                .request = *request,
                .proof_code = body->value(std::string(kProofMember), std::string())});
    if (!kept) return refused(visit, kept.error());
    auto response = json_answer(201, kept->json);
    response.add_header("Location", "/api/v1/rounds/" + kept->code);
    return response;
}

web::Response round_api(Visit& visit) {
    if (auto fault = refusal(visit, kRoundParameters)) return *std::move(fault);
    const auto leave =
        read_moment(visit.request.query, "leave", visit.territory().zone, visit.view.now);
    if (!leave) return field_problem(visit.request, 422, leave.error());
    const std::string code(visit.request.parameter("code"));
    const auto round = visit.context.database.read(
        [&](store::Tx& tx) { return orders::find_round(tx, visit.territory().id, code); });
    if (round.empty()) return problem(visit.request, 404, "unknown_round");
    Json answer = parse_json(round_json(code, round));
    answer["walk"] = walk_json(plan_walk(visit, shops_of_round(visit, round), *leave));
    return json_answer(200, answer.dump());
}

}  // namespace emplettes::site
