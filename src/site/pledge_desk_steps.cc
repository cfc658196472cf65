#include <array>

#include "base/text.h"
#include "campaign/comment.h"
#include "campaign/decision.h"
#include "campaign/deed.h"
#include "campaign/signers.h"
#include "site/error_pages.h"
#include "site/operator_desk.h"
#include "site/pledge_desk.h"
#include "site/pledge_query.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kProofNameMax = 200;
constexpr std::int64_t kSheetMax = 10'000;

// One step of an operator, in its transaction. Answers what is wrong, a word of
// pledge_desk.fault_*; empty: nothing.
struct DeskStep {
    const Visit& visit;
    const web::Fields& form;
    const campaign::Pledge& pledge;
    const std::string& by;

    campaign::DecisionContext decision() const {
        return {.territory = visit.territory().id,
                .ids = visit.context.ids,
                .by = by,
                .now = visit.view.now};
    }
    campaign::CountContext count() const {
        return {.territory = visit.territory().id,
                .pledge = pledge.id,
                .ids = visit.context.ids,
                .now = visit.view.now};
    }
    std::int64_t number(std::string_view field) const {
        return parse_int(form.get(field)).value_or(0);
    }
    void note(store::Tx& tx, std::string_view act, std::string details) const {
        campaign::note_deed(tx, visit.territory().id,
                            {.done_at = visit.view.now,
                             .done_by = by,
                             .act = std::string(act),
                             .pledge_slug = pledge.slug,
                             .details = std::move(details)});
    }
};
using StepFunction = std::string_view (*)(store::Tx&, const DeskStep&);

std::string_view word_of(campaign::DecisionError error) {
    switch (error) {
        case campaign::DecisionError::not_possible: return "not_possible";
        case campaign::DecisionError::proposed_before: return "proposed_before";
        case campaign::DecisionError::not_there: return "not_there";
        case campaign::DecisionError::same_person: return "same_person";
    }
    return "";
}

std::string_view word_of(campaign::RefusalError error) {
    switch (error) {
        case campaign::RefusalError::query_empty: return "query_empty";
        case campaign::RefusalError::reason_missing: return "reason";
        case campaign::RefusalError::reason_too_long: return "reason";
        case campaign::RefusalError::nobody_meant: return "nobody_meant";
    }
    return "";
}

std::string_view propose_step(store::Tx& tx, const DeskStep& step) {
    const auto act = campaign::parse_act(step.form.get("act"));
    if (!act) return "not_possible";
    const auto done = campaign::propose(tx, step.pledge, *act, step.decision());
    return done ? std::string_view() : word_of(done.error());
}

// Of the pledge whose page was seen.
std::optional<campaign::DecisionId> find_proposal(store::Tx& tx, const DeskStep& step) {
    const campaign::DecisionId id{step.number("decision")};
    const auto open = campaign::load_proposals(tx, step.visit.territory().id, step.pledge.id,
                                               step.visit.view.now);
    if (std::ranges::find(open, id, &campaign::Proposal::id) == open.end()) return std::nullopt;
    return id;
}

std::string_view second_step(store::Tx& tx, const DeskStep& step) {
    const auto id = find_proposal(tx, step);
    if (!id) return "not_there";
    const auto done = campaign::second(tx, *id, step.decision());
    return done ? std::string_view() : word_of(done.error());
}

std::string_view drop_step(store::Tx& tx, const DeskStep& step) {
    const auto id = find_proposal(tx, step);
    return id && campaign::drop_proposal(tx, *id, step.decision()) ? "" : "not_there";
}

std::string_view word_step(store::Tx& tx, const DeskStep& step) {
    const campaign::CommentVerdict verdict{.id = campaign::SignatureId{step.number("signature")},
                                           .is_shown = step.form.get("verdict") == "show"};
    if (!campaign::judge_comment(tx, step.visit.territory().id, step.pledge.id, verdict))
        return "not_there";
    // Not what was said: who signs may withdraw it, and the log stays.
    step.note(tx, verdict.is_shown ? "show_word" : "refuse_word", "");
    return "";
}

std::string_view refuse_step(store::Tx& tx, const DeskStep& step) {
    auto query = meant_query(tx, step.visit, read_query(step.form));
    // Those who came since it was looked at are not meant.
    query.until = instant_from_unix(step.number("until"));
    const std::string reason(trim(step.form.get("reason")));
    const auto refused = campaign::refuse_signatures(
        tx, step.count(), {.query = query, .reason = reason, .by = step.by});
    if (!refused) return word_of(refused.error());
    step.note(tx, "refuse", std::to_string(*refused) + ", " + reason);
    return "";
}

std::string_view restore_step(store::Tx& tx, const DeskStep& step) {
    const campaign::BatchId batch{step.number("batch")};
    if (!campaign::undo_refusal(tx, step.count(), batch, step.by)) return "not_there";
    step.note(tx, "restore", std::to_string(batch.value));
    return "";
}

std::string_view paper_step(store::Tx& tx, const DeskStep& step) {
    const std::string proof(trim(step.form.get("proof")));
    const std::int64_t signatures = step.number("signatures");
    if (signatures < 1 || signatures > kSheetMax || proof.empty() || proof.size() > kProofNameMax)
        return "paper";
    campaign::add_paper(tx, step.count(),
                        {.signatures = signatures, .proof = proof, .added_by = step.by});
    step.note(tx, "add_paper", std::to_string(signatures) + ", " + proof);
    return "";
}

struct NamedStep {
    std::string_view name;
    StepFunction take;
};
constexpr std::array kSteps{
    NamedStep{"propose", propose_step}, NamedStep{"second", second_step},
    NamedStep{"drop", drop_step},       NamedStep{"word", word_step},
    NamedStep{"refuse", refuse_step},   NamedStep{"restore", restore_step},
    NamedStep{"paper", paper_step},
};

}  // namespace

web::Response step_desk_pledge(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto form = web::form_body(visit.request);
    const auto step = std::ranges::find(kSteps, visit.request.parameter("step"), &NamedStep::name);
    if (!form || step == kSteps.end()) return error_page(visit, 404);
    const std::string slug(visit.request.parameter("slug"));
    const auto fault = visit.context.signers.database().write(
        [&](store::Tx& tx) -> std::optional<std::string_view> {
            const auto pledge = campaign::find_pledge(tx, visit.territory().id, slug);
            if (!pledge) return std::nullopt;
            return step->take(
                tx,
                {.visit = visit, .form = *form, .pledge = *pledge, .by = at->who.account.email});
        });
    if (!fault) return error_page(visit, 404);
    const std::string query = query_string({{"fault", std::string(*fault)}});
    return web::redirect(303, at->url + "/pledges/" + slug + (query.empty() ? "" : "?" + query));
}

}  // namespace emplettes::site
