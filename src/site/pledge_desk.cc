#include "site/pledge_desk.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/comment.h"
#include "campaign/decision.h"
#include "campaign/deed.h"
#include "campaign/signers.h"
#include "site/error_pages.h"
#include "site/operator_desk.h"
#include "site/pledge_query.h"
#include "site/pledge_view.h"

namespace emplettes::site {
namespace {

constexpr std::int64_t kWordsShown = 50;
constexpr std::int64_t kNetworksShown = 10;
constexpr std::int64_t kDeedsShown = 30;

// All that the page shows, read at one moment.
struct PledgeDossier {
    campaign::PledgeShown shown;
    std::vector<campaign::Proposal> proposals;
    std::vector<campaign::WaitingComment> words;
    std::vector<campaign::BusyNetwork> networks;
    std::vector<campaign::Refusal> refusals;
    std::vector<campaign::Deed> deeds;
    std::optional<campaign::RefusalPreview> preview;
};

PledgeDossier load_dossier_of(store::Tx& tx, const Visit& visit, const campaign::Pledge& pledge,
                              const TypedQuery& typed) {
    const TerritoryId here = visit.territory().id;
    PledgeDossier dossier{
        .shown = campaign::load_shown(tx, here, pledge, visit.view.now),
        .proposals = campaign::load_proposals(tx, here, pledge.id, visit.view.now),
        .words = campaign::load_waiting_comments(tx, here, pledge.id, kWordsShown),
        .networks = campaign::load_busy_networks(tx, here, pledge.id, kNetworksShown),
        .refusals = campaign::load_refusals(tx, here, pledge.id),
        .deeds = campaign::load_deeds(tx, here, pledge.slug, kDeedsShown)};
    if (!typed.is_empty())
        dossier.preview =
            campaign::preview_refusal(tx, here, pledge.id, meant_query(tx, visit, typed));
    return dossier;
}

std::string status_text(const Say& say, campaign::PledgeStatus status) {
    return say.text("pledge_status." + std::string(campaign::to_string(status)));
}

std::vector<web::View> proposals_view(const Visit& visit, const AtDesk& at,
                                      const PledgeDossier& dossier) {
    std::vector<web::View> list;
    for (const campaign::Proposal& proposal : dossier.proposals) {
        web::View view;
        view.set("id", proposal.id.value);
        view.set("act_text",
                 visit.say.text("pledge_act." + std::string(campaign::to_string(proposal.act))));
        view.set("by_text", visit.say.text("pledge_desk.proposed_by", {proposal.proposed_by}));
        view.set("age_text", visit.say.age(proposal.proposed_at));
        view.set("is_own", proposal.proposed_by == at.who.account.email);
        list.push_back(std::move(view));
    }
    return list;
}

// All that everybody will read, in each language: who seconds it must have seen it.
std::vector<web::View> texts_view(const Visit& visit, const campaign::Pledge& pledge) {
    std::vector<web::View> list;
    for (const auto& [language, text] : pledge.texts) {
        std::vector<web::View> promises;
        for (const campaign::Milestone& milestone : pledge.milestones) {
            const auto promise = milestone.promises.find(language);
            web::View view;
            view.set("at_text", visit.say.text("pledge.milestone_at",
                                               {number_text(visit.say, milestone.signatures)}));
            view.set("promise", promise == milestone.promises.end() ? "–" : promise->second);
            view.set("by_text",
                     visit.say.text("pledge.milestone_by",
                                    {milestone.owner, visit.say.date(milestone.due_at)}));
            promises.push_back(std::move(view));
        }
        web::View view;
        view.set("language", language);
        view.set("its_title", text.title);
        view.set("its_paragraphs", paragraphs(text.body));
        view.set("its_thanks", paragraphs(text.thanks));
        view.set("promises", std::move(promises));
        list.push_back(std::move(view));
    }
    return list;
}

// What can be proposed, and is not yet.
std::vector<web::View> possible_acts(const Visit& visit, const PledgeDossier& dossier) {
    const campaign::Pledge& pledge = dossier.shown.pledge;
    std::vector<web::View> list;
    const auto add = [&](campaign::Act act, std::string text) {
        const auto& open = dossier.proposals;
        if (std::ranges::find(open, act, &campaign::Proposal::act) != open.end()) return;
        web::View view;
        view.set("act", campaign::to_string(act));
        view.set("act_text", std::move(text));
        list.push_back(std::move(view));
    };
    if (pledge.status == campaign::PledgeStatus::draft)
        add(campaign::Act::publish, visit.say.text("pledge_desk.propose_publish"));
    if (pledge.status != campaign::PledgeStatus::deleted)
        add(campaign::Act::remove, visit.say.text("pledge_desk.propose_remove"));
    return list;
}

std::vector<web::View> words_view(const PledgeDossier& dossier) {
    std::vector<web::View> list;
    for (const campaign::WaitingComment& word : dossier.words) {
        web::View view;
        view.set("id", word.id.value);
        view.set("person", word.name);
        view.set("organisation", word.organisation);
        view.set("comment", word.comment);
        list.push_back(std::move(view));
    }
    return list;
}

std::vector<web::View> networks_view(const Visit& visit, const AtDesk& at,
                                     const PledgeDossier& dossier) {
    std::vector<web::View> list;
    for (const campaign::BusyNetwork& network : dossier.networks) {
        const std::string name = "#" + network.trace.hash + "/" + std::to_string(network.trace.day);
        web::View view;
        view.set("url", at.url + "/pledges/" + dossier.shown.pledge.slug + "?" +
                            query_string({{"network", name}}));
        view.set("network", network.trace.hash.substr(0, 8));
        view.set("date_text",
                 visit.say.date(instant_from_unix(network.trace.day * 86'400 + 43'200)));
        view.set("signatures", number_text(visit.say, network.signatures));
        list.push_back(std::move(view));
    }
    return list;
}

std::vector<web::View> refusals_view(const Visit& visit, const PledgeDossier& dossier) {
    std::vector<web::View> list;
    for (const campaign::Refusal& refusal : dossier.refusals) {
        const bool is_undone = refusal.undone_at != Instant();
        web::View view;
        view.set("id", refusal.id.value);
        view.set("reason", refusal.reason);
        view.set("signatures", number_text(visit.say, refusal.signatures));
        view.set("by_text", visit.say.text("pledge_desk.refused_by",
                                           {refusal.refused_by, visit.say.age(refusal.made_at)}));
        view.set("undone_text", is_undone
                                    ? visit.say.text("pledge_desk.restored_by", {refusal.undone_by})
                                    : std::string());
        list.push_back(std::move(view));
    }
    return list;
}

std::vector<web::View> deeds_view(const Visit& visit, const PledgeDossier& dossier) {
    std::vector<web::View> list;
    for (const campaign::Deed& deed : dossier.deeds) {
        web::View view;
        view.set("number", deed.number);
        view.set("deed_text", visit.say.text("pledge_deed." + deed.act));
        view.set("by", deed.done_by);
        view.set("details", deed.details);
        view.set("age_text", visit.say.age(deed.done_at));
        view.set("mark", deed.sha256.substr(0, 12));
        list.push_back(std::move(view));
    }
    return list;
}

void set_preview(web::View& view, const Visit& visit, const PledgeDossier& dossier,
                 const TypedQuery& typed) {
    view.set("typed_name", typed.name);
    view.set("typed_domain", typed.domain);
    view.set("typed_network", typed.network);
    view.set("typed_alarm", typed.in_alarm);
    view.set("has_preview", dossier.preview.has_value());
    if (!dossier.preview) return;
    view.set("preview_text", visit.say.plural("pledge_desk.preview", dossier.preview->signatures));
    view.set("may_refuse", dossier.preview->signatures > 0);
    std::string names;
    for (const std::string& name : dossier.preview->names)
        names.append(names.empty() ? "" : ", ").append(name);
    view.set("preview_names", names);
    view.set("until", to_unix(visit.view.now));
}

}  // namespace

web::Response desk_pledges_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    std::vector<web::View> rows;
    visit.context.signers.database().read([&](store::Tx& tx) {
        rows.clear();
        const TerritoryId here = visit.territory().id;
        for (const auto& pledge : campaign::load_pledges(tx, here)) {
            const auto open = campaign::load_proposals(tx, here, pledge.id, visit.view.now);
            web::View row;
            row.set("url", at->url + "/pledges/" + pledge.slug);
            row.set("title", pledge.text(visit.language().code()).title);
            row.set("status_text", status_text(visit.say, pledge.status));
            row.set("counted",
                    number_text(visit.say, campaign::load_count(tx, here, pledge.id).counted()));
            row.set("open_text", open.empty()
                                     ? std::string()
                                     : visit.say.plural("pledge_desk.open", std::ssize(open)));
            rows.push_back(std::move(row));
        }
    });
    web::View view;
    view.set("has_pledges", !rows.empty());
    view.set("pledges", std::move(rows));
    view.set("operator_url", at->url);
    return show(visit, desk_page(visit, "operator_pledges", 200), view);
}

web::Response desk_pledge_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    const TypedQuery typed = read_query(visit.request.query);
    const auto found =
        visit.context.signers.database().read([&](store::Tx& tx) -> std::optional<PledgeDossier> {
            const auto pledge =
                campaign::find_pledge(tx, visit.territory().id, visit.request.parameter("slug"));
            if (!pledge) return std::nullopt;
            return load_dossier_of(tx, visit, *pledge, typed);
        });
    if (!found) return error_page(visit, 404);
    web::View view;
    view.set("csrf", visit.context.csrf.token(at->purpose));
    view.set("desk_url", at->url + "/pledges/" + found->shown.pledge.slug);
    view.set("operator_url", at->url + "/pledges");
    view.set("status_text", status_text(visit.say, found->shown.pledge.status));
    const std::string fault = "pledge_desk.fault_" + std::string(visit.request.query.get("fault"));
    view.set("fault", visit.language().has(fault) ? visit.say.text(fault) : std::string());
    view.set("proposals", proposals_view(visit, *at, *found));
    view.set("acts", possible_acts(visit, *found));
    view.set("texts", texts_view(visit, found->shown.pledge));
    view.set("words", words_view(*found));
    view.set("has_words", !found->words.empty());
    view.set("networks", networks_view(visit, *at, *found));
    view.set("has_networks", !found->networks.empty());
    view.set("refusals", refusals_view(visit, *found));
    view.set("has_refusals", !found->refusals.empty());
    view.set("deeds", deeds_view(visit, *found));
    view.set("has_deeds", !found->deeds.empty());
    set_preview(view, visit, *found, typed);
    set_pledge(view, visit, found->shown);
    return show(visit, desk_page(visit, "operator_pledge", 200), view);
}

}  // namespace emplettes::site
