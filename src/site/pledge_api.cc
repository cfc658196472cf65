#include <algorithm>
#include <array>

#include "base/text.h"
#include "campaign/signers.h"
#include "site/api_request.h"
#include "site/json_out.h"
#include "site/pledge_pages.h"
#include "site/pledge_signing.h"
#include "site/pledge_view.h"
#include "site/problems.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

constexpr std::array<std::string_view, 1> kLanguageOnly{"lang"};
constexpr std::array<std::string_view, 3> kTexts{"name", "email", "comment"};
constexpr std::array<std::string_view, 3> kTruths{"consent", "public", "news"};

web::Response unknown_pledge(const Visit& visit) {
    return problem(visit.request, 404, "unknown_pledge", "", "slug");
}

void write_count(JsonOut& out, const campaign::PledgeShown& shown) {
    out.begin_object("count");
    out.member("counted", shown.count.counted());
    out.member("confirmed", shown.count.confirmed);
    out.member("withdrawn", shown.count.withdrawn);
    out.member("refused", shown.count.refused);
    out.member("paper", shown.count.paper);
    out.end_object();
    out.begin_array("refused_for");
    for (const campaign::RefusedFor& refused : shown.refused) {
        out.begin_object();
        out.member("reason", refused.reason);
        out.member("signatures", refused.signatures);
        out.end_object();
    }
    out.end_array();
}

void write_milestones(JsonOut& out, const Visit& visit, const campaign::PledgeShown& shown) {
    out.begin_array("milestones");
    for (const campaign::Milestone& milestone : shown.pledge.milestones) {
        const auto promise = milestone.promises.find(visit.language().code());
        out.begin_object();
        out.member("signatures", milestone.signatures);
        out.member("owner", milestone.owner);
        out.member("due_at", to_unix(milestone.due_at));
        out.member("promise", promise == milestone.promises.end()
                                  ? milestone.promises.begin()->second
                                  : promise->second);
        out.member("reached", shown.count.counted() >= milestone.signatures);
        out.end_object();
    }
    out.end_array();
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<FieldProblem> find_body_problem(const Json& body) {
    if (!body.is_object()) return FieldProblem{"body", "must be a JSON object"};
    for (const auto& [name, value] : body.items()) {
        const bool is_text = is_one_of(name, kTexts) || name == "organisation";
        if (!is_text && !is_one_of(name, kTruths))
            return FieldProblem{name, "is not a member of this request"};
        if (is_text && !value.is_string()) return FieldProblem{name, "must be a text"};
        if (!is_text && !value.is_boolean()) return FieldProblem{name, "must be true or false"};
    }
    for (const std::string_view name : {"name", "email", "consent"})
        if (!body.contains(name)) return FieldProblem{std::string(name), "is missing"};
    return std::nullopt;
}

campaign::SignRequest sign_request_of(const Json& body, const std::string& language) {
    const auto text = [&](const char* name) {
        return std::string(trim(body.value(name, std::string())));
    };
    return {.name = text("name"),
            .email = text("email"),
            .organisation = text("organisation"),
            .comment = text("comment"),
            .language = language,
            .has_consented = body.value("consent", false),
            .is_public = body.value("public", false),
            .wants_news = body.value("news", false)};
}

std::string_view type_of_fault(campaign::SignError error) {
    switch (error) {
        case campaign::SignError::name_missing: return "name_missing";
        case campaign::SignError::name_too_long: return "name_too_long";
        case campaign::SignError::name_not_valid: return "name_not_valid";
        case campaign::SignError::email_not_valid: return "email_not_valid";
        case campaign::SignError::organisation_not_valid: return "organisation_not_valid";
        case campaign::SignError::comment_not_valid: return "comment_not_valid";
        case campaign::SignError::consent_missing: return "consent_missing";
    }
    return "about:blank";
}

web::Response failure_problem(const Visit& visit, SignFailure failure) {
    switch (failure) {
        case SignFailure::unknown_pledge: return unknown_pledge(visit);
        case SignFailure::not_open:
            return problem(visit.request, 409, "not_open", "it has not begun, or is over", "slug");
        case SignFailure::key_of_other_request:
            return problem(visit.request, 422, "idempotency_key_reused",
                           "this Idempotency-Key was used with another body", "Idempotency-Key");
    }
    return problem(visit.request, 500, "about:blank");
}

}  // namespace

web::Response pledge_api(Visit& visit) {
    if (auto refused = refusal(visit, kLanguageOnly)) return std::move(*refused);
    const auto shown = find_shown(visit, visit.request.parameter("slug"));
    if (!shown) return unknown_pledge(visit);
    const auto& text = shown->pledge.text(visit.language().code());
    JsonOut out;
    out.begin_object();
    out.member("slug", shown->pledge.slug);
    out.member("title", text.title);
    out.member("body", text.body);
    out.member("called_by", shown->pledge.called_by);
    out.member("goal", shown->pledge.goal);
    out.member("begins_at", to_unix(shown->pledge.begins_at));
    out.member("ends_at", to_unix(shown->pledge.ends_at));
    out.member("anonymise_at", to_unix(shown->pledge.anonymise_at));
    out.member("open", shown->pledge.is_open(visit.view.now));
    write_count(out, *shown);
    write_milestones(out, visit, *shown);
    out.end_object();
    return out.response();
}

web::Response sign_pledge_api(Visit& visit) {
    if (auto refused = refusal(visit, kLanguageOnly)) return std::move(*refused);
    const auto key = read_idempotency_key(visit);
    if (!key) return key.error();
    const auto body = web::json_body(visit.request);
    if (!body)
        return problem(visit.request, 400, "malformed_json",
                       std::string(web::explain(body.error())), "body");
    if (const auto fault = find_body_problem(*body))
        return field_problem(visit.request, 422, *fault);
    const auto request = sign_request_of(*body, visit.language().code());
    if (const auto fault = campaign::find_sign_fault(request))
        return problem(visit.request, 422, type_of_fault(*fault), "",
                       std::string(field_of(*fault)));
    const std::string slug(visit.request.parameter("slug"));
    const auto done = sign_once(visit, {.slug = slug,
                                        .key = std::string(*key),
                                        .content = "sign " + slug + " " + body->dump(),
                                        .request = request});
    if (!done) return failure_problem(visit, done.error());
    return json_answer(202, R"({"status":"mail_on_its_way"})");
}

}  // namespace emplettes::site
