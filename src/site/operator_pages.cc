#include <array>

#include "base/text.h"
#include "catalogue/shop.h"
#include "catalogue/shop_secret.h"
#include "site/account_pages.h"
#include "site/claim_letter.h"
#include "site/claim_words.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/operator_desk.h"
#include "site/seen.h"
#include "territory/deciding.h"
#include "territory/proving.h"

namespace emplettes::site {
namespace {

using territory::Claim;
using territory::ClaimStatus;
using territory::ClaimStep;

// What waits for the operator first.
constexpr std::array kDeskOrder{ClaimStatus::ready_for_review, ClaimStatus::pending,
                                ClaimStatus::onboarding,       ClaimStatus::invited,
                                ClaimStatus::suspended,        ClaimStatus::approved,
                                ClaimStatus::rejected};
constexpr std::array kOperatorSteps{ClaimStep::approve, ClaimStep::prove, ClaimStep::reinstate,
                                    ClaimStep::reject, ClaimStep::suspend};

// A claim with what is read beside it.
struct Dossier {
    Claim claim;
    std::optional<catalogue::Shop> shop;
    std::string claimant;    // their address; empty: nobody yet
    std::size_t rivals = 0;  // other open claims of the shop
    bool is_held = false;    // by somebody else
    std::vector<territory::TakenStep> steps;
};

Dossier load_dossier(store::Tx& tx, TerritoryId here, Claim claim) {
    Dossier dossier{.claim = std::move(claim)};
    dossier.shop = catalogue::find_shop(tx, here, dossier.claim.shop);
    const auto account = accounts::find_account(tx, here, dossier.claim.account);
    dossier.claimant = account ? account->email : std::string();
    const auto open = territory::load_open_claims(tx, here, dossier.claim.shop);
    dossier.rivals = static_cast<std::size_t>(std::ranges::count_if(
        open, [&](const Claim& other) { return other.id != dossier.claim.id; }));
    const auto holding = territory::find_holding_claim(tx, here, dossier.claim.shop);
    dossier.is_held = holding && holding->id != dossier.claim.id;
    return dossier;
}

// What is wrong with it, in the operator's words.
std::vector<std::string> doubts(const Say& say, const Dossier& dossier) {
    std::vector<std::string> doubts;
    if (dossier.claim.proof == territory::Proof::none)
        doubts.push_back(say.text("operator.unproven"));
    for (const territory::Duty duty : territory::unmet_duties(dossier.claim.seller))
        doubts.push_back(say.text("operator.lacks", {duty_text(say, duty)}));
    if (dossier.rivals > 0)
        doubts.push_back(say.plural("operator.rivals", static_cast<std::int64_t>(dossier.rivals)));
    if (dossier.is_held) doubts.push_back(say.text("operator.held"));
    if (dossier.shop && !dossier.shop->is_listed) doubts.push_back(say.text("operator.unlisted"));
    if (dossier.claim.letter_asked_at > Instant{})
        doubts.push_back(say.text("operator.letter_asked"));
    return doubts;
}

// Of all that a decision looks at.
std::string mark_of(const Dossier& dossier) {
    const Claim& claim = dossier.claim;
    const territory::Seller& seller = claim.seller;
    const bool is_listed = dossier.shop && dossier.shop->is_listed;
    return seen_mark({to_string(claim.status), to_string(claim.proof), dossier.claimant,
                      seller.siret, seller.legal_name, seller.legal_address, seller.phone,
                      seller.email, seller.register_number, seller.mediator, seller.mediator_url,
                      std::to_string(to_unix(seller.certified_at)),
                      dossier.shop ? dossier.shop->name : "",
                      dossier.shop ? address_whole(*dossier.shop) : "", is_listed ? "listed" : "",
                      std::to_string(dossier.rivals), dossier.is_held ? "held" : ""});
}

bool is_settled(ClaimStatus status) {
    return status == ClaimStatus::approved || status == ClaimStatus::rejected;
}

web::View claim_row(const Visit& visit, const AtDesk& at, const Dossier& dossier) {
    const auto wrong =
        is_settled(dossier.claim.status) ? std::size_t{0} : doubts(visit.say, dossier).size();
    web::View row;
    row.set("url", at.url + "/claims/" + std::to_string(dossier.claim.id.value));
    row.set("shop", dossier.shop ? dossier.shop->name : visit.say.text("operator.no_shop"));
    row.set("claimant", dossier.claimant);
    row.set("age_text", visit.say.age(dossier.claim.changed_at));
    row.set("wrong_text",
            wrong == 0 ? std::string()
                       : visit.say.plural("operator.wrong", static_cast<std::int64_t>(wrong)));
    return row;
}

std::vector<web::View> desk_groups(const Visit& visit, const AtDesk& at) {
    const auto all = visit.context.database.read([&](store::Tx& tx) {
        std::vector<Dossier> dossiers;
        for (Claim& claim : territory::load_claims(tx, visit.territory().id))
            dossiers.push_back(load_dossier(tx, visit.territory().id, std::move(claim)));
        return dossiers;
    });
    std::vector<web::View> groups;
    for (const ClaimStatus status : kDeskOrder) {
        std::vector<web::View> rows;
        for (const Dossier& dossier : all)
            if (dossier.claim.status == status) rows.push_back(claim_row(visit, at, dossier));
        if (rows.empty()) continue;
        web::View group;
        group.set("group", claim_status_text(visit.say, status));
        group.set("count", rows.size());
        group.set("claims", std::move(rows));
        groups.push_back(std::move(group));
    }
    return groups;
}

web::Response show_desk(Visit& visit, const AtDesk& at, const std::string& slug_error) {
    auto groups = desk_groups(visit, at);
    web::View view;
    view.set("csrf", visit.context.csrf.token(at.purpose));
    view.set("has_claims", !groups.empty());
    view.set("groups", std::move(groups));
    view.set("letter_action", at.url + "/letters");
    view.set("slug_error", slug_error);
    view.set("account_url", visit.links.bare("/account"));
    view.set("pledges_desk_url", at.url + "/pledges");
    view.set("notices_url", at.url + "/notices");
    view.set("shield_url", at.url + "/shield");
    return show(visit, desk_page(visit, "operator", slug_error.empty() ? 200 : 422), view);
}

std::vector<web::View> seller_facts(const Say& say, const Dossier& dossier) {
    const territory::Seller& seller = dossier.claim.seller;
    std::vector<web::View> facts;
    const auto add = [&](std::string name, std::string value) {
        if (value.empty()) return;
        web::View fact;
        fact.set("name", std::move(name)).set("value", std::move(value));
        facts.push_back(std::move(fact));
    };
    const auto siret = territory::parse_siret(seller.siret);
    add(say.text("operator.claimant"), dossier.claimant);
    if (dossier.claim.proof != territory::Proof::none)
        add(say.text("operator.proof"),
            say.text("operator.proof_" + std::string(to_string(dossier.claim.proof))));
    add(duty_text(say, territory::Duty::siret), siret ? siret->text() : seller.siret);
    add(duty_text(say, territory::Duty::legal_name), seller.legal_name);
    add(duty_text(say, territory::Duty::legal_address), seller.legal_address);
    add(duty_text(say, territory::Duty::phone), seller.phone);
    add(duty_text(say, territory::Duty::email), seller.email);
    add(duty_text(say, territory::Duty::register_number), seller.register_number);
    add(duty_text(say, territory::Duty::mediator), seller.mediator);
    add(duty_text(say, territory::Duty::mediator_url), seller.mediator_url);
    if (seller.certified_at > Instant{})
        add(duty_text(say, territory::Duty::certificate), say.date(seller.certified_at));
    return facts;
}

std::vector<web::View> step_forms(const Visit& visit, const AtDesk& at, const Dossier& dossier) {
    std::vector<web::View> forms;
    for (const ClaimStep step : kOperatorSteps) {
        if (!territory::status_after(dossier.claim.status, step)) continue;
        if (step == ClaimStep::prove && dossier.claimant.empty()) continue;
        const std::string word(territory::to_string(step));
        web::View form;
        form.set("action",
                 at.url + "/claims/" + std::to_string(dossier.claim.id.value) + "/steps/" + word);
        form.set("step", word);
        form.set("label", visit.say.text("operator.step_" + word));
        form.set("needs_reason", territory::needs_reason(step));
        forms.push_back(std::move(form));
    }
    return forms;
}

std::vector<web::View> history(const Say& say, const Dossier& dossier) {
    std::vector<web::View> lines;
    for (const territory::TakenStep& step : dossier.steps) {
        web::View line;
        line.set("status_text", claim_status_text(say, step.status));
        line.set("when_text", say.moment(step.at));
        line.set("reason", step.reason);
        lines.push_back(std::move(line));
    }
    return lines;
}

web::Response show_dossier(Visit& visit, const AtDesk& at, const Dossier& dossier,
                           const std::string& error) {
    const Say& say = visit.say;
    std::vector<web::View> wrong;
    if (!is_settled(dossier.claim.status))
        for (std::string& doubt : doubts(say, dossier)) wrong.emplace_back(std::move(doubt));
    const bool can_prove =
        territory::status_after(dossier.claim.status, ClaimStep::prove).has_value();
    web::View view;
    view.set("csrf", visit.context.csrf.token(at.purpose));
    view.set("seen", mark_of(dossier));
    view.set("shop", dossier.shop ? dossier.shop->name : say.text("operator.no_shop"));
    view.set("shop_url", dossier.shop ? visit.links.shop(dossier.shop->slug) : std::string());
    view.set("address", dossier.shop ? address_whole(*dossier.shop) : std::string());
    view.set("status_text", claim_status_text(say, dossier.claim.status));
    view.set("message", error);
    view.set("has_wrong", !wrong.empty());
    view.set("wrong", std::move(wrong));
    view.set("facts", seller_facts(say, dossier));
    view.set("steps", step_forms(visit, at, dossier));
    view.set("letter_action",
             can_prove && dossier.shop
                 ? at.url + "/claims/" + std::to_string(dossier.claim.id.value) + "/letter"
                 : std::string());
    view.set("history", history(say, dossier));
    view.set("operator_url", at.url);
    return show(visit, desk_page(visit, "operator_claim", error.empty() ? 200 : 409), view);
}

std::optional<Dossier> find_dossier(store::Tx& tx, const Visit& visit) {
    const TerritoryId here = visit.territory().id;
    const ClaimId id{parse_int(visit.request.parameter("id")).value_or(0)};
    auto claim = territory::find_claim(tx, here, id);
    if (!claim) return std::nullopt;
    auto dossier = load_dossier(tx, here, std::move(*claim));
    dossier.steps = territory::load_steps(tx, here, dossier.claim.id);
    return dossier;
}

std::optional<Dossier> find_dossier(const Visit& visit) {
    return visit.context.database.read([&](store::Tx& tx) { return find_dossier(tx, visit); });
}

// Takes the operator's step, if the claim is still what they saw; else the sentence that says why
// not.
Result<Done, std::string> take_step(store::Tx& tx, const Visit& visit, std::string_view seen,
                                    const territory::Decision& decision) {
    const TerritoryId here = visit.territory().id;
    const auto dossier = find_dossier(tx, visit);
    if (dossier && mark_of(*dossier) != seen) return visit.say.text("operator.stale");
    const auto decided =
        territory::decide_claim(tx, here, decision, visit.context.ids, visit.view.now);
    if (!decided) return claim_error_text(visit.say, decided.error());
    // Who had the shop's mails does not go on answering from them.
    if (decision.step == ClaimStep::suspend)
        catalogue::renew_secret(tx, here, decided->shop, visit.context.random);
    return Done{};
}

}  // namespace

web::Response operator_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    return show_desk(visit, *at, {});
}

web::Response print_invitation(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto form = web::form_body(visit.request).value();
    const std::string slug(trim(form.get("slug")));
    const auto shop = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_shop_by_slug(tx, visit.territory().id, slug);
    });
    if (!shop) return show_desk(visit, *at, visit.say.text("operator.no_such_shop"));
    const std::string code = visit.context.random.readable_code(territory::kLetterCodeLength);
    const auto invited = visit.context.database.write([&](store::Tx& tx) {
        return territory::invite_by_letter(
            tx, visit.territory().id, {.shop = shop->id, .by = at->who.account.id, .code = code},
            visit.context.ids, visit.view.now);
    });
    if (!invited) return show_desk(visit, *at, claim_error_text(visit.say, invited.error()));
    return show_claim_letter(visit, *shop, code);
}

web::Response operator_claim_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    const auto dossier = find_dossier(visit);
    if (!dossier) return error_page(visit, 404);
    return show_dossier(visit, *at, *dossier, {});
}

web::Response print_claim_letter(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto dossier = find_dossier(visit);
    if (!dossier || !dossier->shop) return error_page(visit, 404);
    const std::string code = visit.context.random.readable_code(territory::kLetterCodeLength);
    const auto made = visit.context.database.write([&](store::Tx& tx) {
        return territory::make_letter(
            tx, visit.territory().id, dossier->claim.id,
            {.shop = dossier->claim.shop, .by = at->who.account.id, .code = code}, visit.view.now);
    });
    if (!made) return show_dossier(visit, *at, *dossier, claim_error_text(visit.say, made.error()));
    return show_claim_letter(visit, *dossier->shop, code);
}

web::Response decide_claim(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto dossier = find_dossier(visit);
    const auto step = territory::parse_claim_step(visit.request.parameter("step"));
    if (!dossier || !step || *step == ClaimStep::submit) return error_page(visit, 404);
    const auto form = web::form_body(visit.request).value();
    const territory::Decision decision{.claim = dossier->claim.id,
                                       .step = *step,
                                       .by = at->who.account.id,
                                       .reason = std::string(form.get("reason"))};
    const auto taken = visit.context.database.write(
        [&](store::Tx& tx) { return take_step(tx, visit, form.get("seen"), decision); });
    if (!taken) {
        const auto now = find_dossier(visit);
        return now ? show_dossier(visit, *at, *now, taken.error()) : error_page(visit, 404);
    }
    return web::redirect(303, at->url + "/claims/" + std::to_string(dossier->claim.id.value));
}

}  // namespace emplettes::site
