#include "base/text.h"
#include "campaign/signers.h"
#include "site/error_pages.h"
#include "site/pledge_pages.h"
#include "site/pledge_signing.h"
#include "site/pledge_view.h"
#include "store/sha256.h"

namespace emplettes::site {
namespace {

using campaign::Signature;
using campaign::SignatureStatus;

// Where a mail's link leads.
struct Link {
    campaign::Pledge pledge;
    std::optional<Signature> signature;
};

std::string link_url(const Visit& visit) {
    return pledge_url(visit, visit.request.parameter("slug")) + "/signatures/" +
           std::string(visit.request.parameter("token"));
}

std::string link_purpose(const Visit& visit) {
    return "signature/" + std::string(visit.request.parameter("token"));
}

// Of all that a page shows of a signature: another may be typed with the same name meanwhile, and
// nobody confirms what they have not seen.
std::string mark_of(const Signature& signature) {
    return store::sha256(query_string({{"name", signature.name},
                                       {"organisation", signature.organisation},
                                       {"comment", signature.comment},
                                       {"public", signature.is_public ? "1" : ""},
                                       {"news", signature.wants_news ? "1" : ""}}));
}

// None: there was never such a pledge. Of one that is deleted signatures can be withdrawn, too.
std::optional<Link> find_link(store::Tx& tx, const Visit& visit) {
    auto pledge = campaign::find_pledge(tx, visit.territory().id, visit.request.parameter("slug"));
    if (!pledge) return std::nullopt;
    Link link{.pledge = std::move(*pledge)};
    const auto id = campaign::read_sign_token(visit.context.signers.key(), link.pledge.id,
                                              visit.request.parameter("token"));
    if (id)
        link.signature = campaign::find_signature(tx, visit.territory().id, link.pledge.id, *id);
    return link;
}

std::string lead_text(const Visit& visit, const Link& link) {
    const std::string& title = link.pledge.text(visit.language().code()).title;
    const bool is_withdrawn = visit.request.query.get("done") == "withdrawn";
    if (!link.signature)
        return is_withdrawn ? visit.say.text("signature.withdrawn", {title})
                            : visit.say.text("signature.gone", {title});
    switch (link.signature->status) {
        case SignatureStatus::waiting:
            if (campaign::may_confirm(link.pledge, *link.signature, visit.view.now))
                return visit.say.text("signature.lead", {link.signature->name, title});
            return visit.say.text("signature.too_late",
                                  {last_day_text(visit, link.pledge.ends_at)});
        case SignatureStatus::confirmed: return visit.say.text("signature.counted", {title});
        case SignatureStatus::refused: return visit.say.text("signature.refused", {title});
    }
    return {};
}

std::string heading_text(const Visit& visit, const Link& link) {
    if (!link.signature) return visit.say.text("signature.title_gone");
    if (link.signature->status == SignatureStatus::waiting)
        return visit.say.text("signature.title_waiting");
    return visit.say.text("signature.title_counted");
}

void set_signature(web::View& view, const Visit& visit, const Link& link) {
    const bool is_waiting = link.signature && link.signature->status == SignatureStatus::waiting;
    const bool is_counted = link.signature && link.signature->status == SignatureStatus::confirmed;
    view.set("is_waiting", is_waiting);
    view.set("may_confirm",
             is_waiting && campaign::may_confirm(link.pledge, *link.signature, visit.view.now));
    view.set("is_there", link.signature.has_value());
    view.set("is_counted", is_counted);
    view.set("is_bad", !link.signature && visit.request.query.get("done").empty());
    view.set("thanks", is_counted ? paragraphs(link.pledge.text(visit.language().code()).thanks)
                                  : std::vector<web::View>());
    if (!link.signature) return;
    view.set("person", link.signature->name);
    view.set("organisation", link.signature->organisation);
    view.set("comment", link.signature->comment);
    const bool is_refused = link.signature->status == SignatureStatus::refused;
    const bool is_shown = link.signature->is_public && !is_refused;
    view.set("public_text", visit.say.text(is_shown ? "signature.public" : "signature.not_public"));
    view.set("news_text", link.signature->wants_news && is_waiting
                              ? visit.say.text("signature.news")
                              : std::string());
    view.set("action", link_url(visit));
    view.set("seen", mark_of(*link.signature));
    view.set("csrf", visit.context.csrf.token(link_purpose(visit)));
}

web::Response show_link(Visit& visit, const Link& link, std::string fault, int status) {
    web::View view;
    view.set("heading", heading_text(visit, link));
    view.set("title", link.pledge.text(visit.language().code()).title);
    view.set("lead_text", lead_text(visit, link));
    view.set("fault", std::move(fault));
    const bool is_seen = link.pledge.status == campaign::PledgeStatus::published;
    view.set("url", is_seen ? pledge_url(visit, link.pledge.slug) : std::string());
    view.set("mine_url", visit.links.bare("/pledges/mine"));
    set_signature(view, visit, link);
    Page page = pledge_page_named(visit, "signature", heading_text(visit, link));
    page.is_private = true;
    page.status = status;
    return show(visit, page, view);
}

web::Response confirm_link(Visit& visit, const Link& link, std::string_view seen) {
    const bool is_waiting = link.signature->status == SignatureStatus::waiting;
    if (is_waiting && !seen.empty() && seen != mark_of(*link.signature))
        return show_link(visit, link, visit.say.text("signature.changed"), 409);
    const auto confirmed = visit.context.signers.database().write([&](store::Tx& tx) {
        return campaign::confirm(tx, link.pledge, link.signature->id, sign_context(visit));
    });
    if (confirmed) return web::redirect(303, link_url(visit));
    if (confirmed.error() == campaign::ConfirmError::mailbox_full)
        return show_link(visit, link, visit.say.text("signature.mailbox_full"), 409);
    return web::redirect(303, link_url(visit));  // which says why
}

}  // namespace

web::Response signature_page(Visit& visit) {
    const auto link =
        visit.context.signers.database().read([&](store::Tx& tx) { return find_link(tx, visit); });
    if (!link) return error_page(visit, 404);
    const bool is_known = link->signature || visit.request.query.get("done") == "withdrawn";
    return show_link(visit, *link, "", is_known ? 200 : 410);
}

web::Response change_signature(Visit& visit) {
    const auto form = visit.context.csrf.check_form(visit.request, link_purpose(visit));
    if (!form) return error_page(visit, 403);
    const auto link =
        visit.context.signers.database().read([&](store::Tx& tx) { return find_link(tx, visit); });
    if (!link) return error_page(visit, 404);
    if (!link->signature) return web::redirect(303, link_url(visit));
    if (form->get("do") == "confirm") return confirm_link(visit, *link, form->get("seen"));
    if (form->get("do") != "withdraw") return error_page(visit, 400);
    visit.context.signers.database().write([&](store::Tx& tx) {
        campaign::withdraw(tx, link->pledge.id, link->signature->id, sign_context(visit));
    });
    return web::redirect(303, link_url(visit) + "?done=withdrawn");
}

}  // namespace emplettes::site
