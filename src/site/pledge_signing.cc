#include "site/pledge_signing.h"

#include "campaign/signer_key.h"
#include "campaign/signers.h"
#include "store/idempotency.h"
#include "web/network.h"

namespace emplettes::site {
namespace {

constexpr int kAccepted = 202;
constexpr std::chrono::seconds kTimeForAnswer{1};

}  // namespace

campaign::SignContext sign_context(const Visit& visit) {
    return {.territory = visit.territory().id,
            .key = visit.context.signers.key(),
            .ids = visit.context.ids,
            .random = visit.context.random,
            .now = visit.view.now};
}

Result<Done, SignFailure> sign_once(const Visit& visit, const KeyedSignature& wish) {
    using Outcome = Result<Done, SignFailure>;
    campaign::SignRequest request = wish.request;
    request.network = web::network_of(visit.request.remote_address);
    request.asker = visit.request.is_of_known ? campaign::Asker::known : campaign::Asker::newcomer;
    request.in_alarm = visit.request.in_alarm;
    // With the key: whoever has the database alone cannot try names and addresses.
    const std::string content =
        campaign::keyed_hash(visit.context.signers.key(), "request", wish.content);
    const auto until = visit.request.deadline - kTimeForAnswer;
    auto& database = visit.context.signers.database();
    return database.write_patiently(until, [&](store::Tx& tx) -> Outcome {
        const store::KeyedRequest keyed{
            .territory = visit.territory().id, .key = wish.key, .content = content};
        const auto before = store::find_answer(tx, keyed);
        if (std::holds_alternative<store::OtherRequest>(before))
            return SignFailure::key_of_other_request;
        if (std::holds_alternative<store::StoredAnswer>(before)) return Done{};
        const auto pledge = campaign::find_pledge(tx, visit.territory().id, wish.slug);
        if (!pledge || pledge->status != campaign::PledgeStatus::published)
            return SignFailure::unknown_pledge;
        if (!pledge->is_open(visit.view.now)) return SignFailure::not_open;
        campaign::sign(tx, *pledge, request, sign_context(visit));
        store::record_answer(tx, keyed, {.status = kAccepted, .body = "{}"}, visit.view.now);
        return Done{};
    });
}

std::string_view field_of(campaign::SignError error) {
    switch (error) {
        case campaign::SignError::name_missing:
        case campaign::SignError::name_too_long:
        case campaign::SignError::name_not_valid: return "name";
        case campaign::SignError::email_not_valid: return "email";
        case campaign::SignError::organisation_not_valid: return "organisation";
        case campaign::SignError::comment_not_valid: return "comment";
        case campaign::SignError::consent_missing: return "consent";
    }
    return "";
}

std::string sign_fault_text(const Visit& visit, campaign::SignError error) {
    switch (error) {
        case campaign::SignError::name_missing: return visit.say.text("pledge.fault_name_missing");
        case campaign::SignError::name_too_long:
            return visit.say.text("pledge.fault_name_too_long",
                                  {std::to_string(campaign::kSignerNameMax)});
        case campaign::SignError::name_not_valid:
            return visit.say.text("pledge.fault_name_not_valid");
        case campaign::SignError::email_not_valid: return visit.say.text("pledge.fault_email");
        case campaign::SignError::organisation_not_valid:
            return visit.say.text("pledge.fault_organisation",
                                  {std::to_string(campaign::kSignerNameMax)});
        case campaign::SignError::comment_not_valid:
            return visit.say.text("pledge.fault_comment", {std::to_string(campaign::kCommentMax)});
        case campaign::SignError::consent_missing: return visit.say.text("pledge.fault_consent");
    }
    return {};
}

}  // namespace emplettes::site
