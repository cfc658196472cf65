#include "base/mail_address.h"
#include "base/text.h"
#include "campaign/signers.h"
#include "site/error_pages.h"
#include "site/pledge_pages.h"
#include "site/pledge_signing.h"
#include "site/pledge_view.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kMinePurpose = "pledges/mine";

std::string list_purpose(const Visit& visit) {
    return "pledges/mine/" + std::string(visit.request.parameter("token"));
}

std::optional<std::string> mailbox_of_link(const Visit& visit) {
    return campaign::read_list_token(visit.context.signers.key(), visit.request.parameter("token"),
                                     visit.view.now);
}

web::Response show_mine(Visit& visit, const std::string& email, bool is_refused) {
    web::View view;
    view.set("action", visit.links.bare("/pledges/mine"));
    view.set("csrf", visit.context.csrf.token(kMinePurpose));
    view.set("email", email);
    view.set("email_error", is_refused ? visit.say.text("pledge.fault_email") : std::string());
    view.set("is_sent", visit.request.query.get("sent") == "1");
    view.set("is_dead", visit.request.query.get("dead") == "1");
    view.set("pledges_url", visit.links.bare("/pledges"));
    Page page = pledge_page_named(visit, "pledges_mine", visit.say.text("mine.title"));
    page.is_private = true;
    page.status = is_refused ? 422 : 200;
    return show(visit, page, view);
}

struct SignedPledge {
    campaign::Signature signature;
    campaign::Pledge pledge;
};

std::vector<SignedPledge> load_mine(store::Tx& tx, const Visit& visit, const std::string& mailbox) {
    std::vector<SignedPledge> list;
    for (auto& signature : campaign::load_signed(tx, visit.territory().id, mailbox)) {
        auto pledge = campaign::find_pledge(tx, visit.territory().id, signature.pledge);
        if (pledge) list.push_back({std::move(signature), std::move(*pledge)});
    }
    return list;
}

std::string state_text(const Visit& visit, campaign::SignatureStatus status) {
    switch (status) {
        case campaign::SignatureStatus::waiting: return visit.say.text("mine.waiting");
        case campaign::SignatureStatus::confirmed: return visit.say.text("mine.confirmed");
        case campaign::SignatureStatus::refused: return visit.say.text("mine.refused");
    }
    return {};
}

web::View mine_row(const Visit& visit, const SignedPledge& mine) {
    web::View row;
    row.set("id", mine.signature.id.value);
    row.set("title", mine.pledge.text(visit.language().code()).title);
    row.set("person", mine.signature.name);
    row.set("state_text", state_text(visit, mine.signature.status));
    row.set("date_text", visit.say.date(mine.signature.signed_at));
    return row;
}

}  // namespace

web::Response my_pledges_page(Visit& visit) { return show_mine(visit, "", false); }

web::Response send_my_pledges(Visit& visit) {
    const auto form = visit.context.csrf.check_form(visit.request, kMinePurpose);
    if (!form) return error_page(visit, 403);
    const std::string email(trim(form->get("email")));
    if (!is_mail_address(email)) return show_mine(visit, email, true);
    visit.context.signers.database().write([&](store::Tx& tx) {
        campaign::send_list(tx, email, visit.language().code(), sign_context(visit));
    });
    return web::redirect(303, visit.links.bare("/pledges/mine") + "?sent=1");
}

web::Response signed_list_page(Visit& visit) {
    const auto mailbox = mailbox_of_link(visit);
    if (!mailbox) return web::redirect(303, visit.links.bare("/pledges/mine") + "?dead=1");
    const auto mine = visit.context.signers.database().read(
        [&](store::Tx& tx) { return load_mine(tx, visit, *mailbox); });
    std::vector<web::View> rows;
    for (const SignedPledge& one : mine) rows.push_back(mine_row(visit, one));
    web::View view;
    view.set("action",
             visit.links.bare("/pledges/mine/" + std::string(visit.request.parameter("token"))));
    view.set("csrf", visit.context.csrf.token(list_purpose(visit)));
    view.set("has_signed", !rows.empty());
    view.set("signed", std::move(rows));
    view.set("is_withdrawn", visit.request.query.get("done") == "withdrawn");
    view.set("pledges_url", visit.links.bare("/pledges"));
    Page page = pledge_page_named(visit, "pledges_signed", visit.say.text("mine.title"));
    page.is_private = true;
    return show(visit, page, view);
}

web::Response withdraw_from_list(Visit& visit) {
    const auto mailbox = mailbox_of_link(visit);
    if (!mailbox) return web::redirect(303, visit.links.bare("/pledges/mine") + "?dead=1");
    const auto form = visit.context.csrf.check_form(visit.request, list_purpose(visit));
    if (!form) return error_page(visit, 403);
    const auto id = parse_int(form->get("signature"));
    visit.context.signers.database().write([&](store::Tx& tx) {
        for (const auto& signature : campaign::load_signed(tx, visit.territory().id, *mailbox))
            if (id && signature.id.value == *id)
                campaign::withdraw(tx, signature.pledge, signature.id, sign_context(visit));
    });
    return web::redirect(
        303, visit.links.bare("/pledges/mine/" + std::string(visit.request.parameter("token"))) +
                 "?done=withdrawn");
}

}  // namespace emplettes::site
