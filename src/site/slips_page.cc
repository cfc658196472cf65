#include <algorithm>

#include "base/text.h"
#include "notices/notice_queue.h"
#include "site/error_pages.h"
#include "site/notice_texts.h"
#include "site/notices_pages.h"
#include "site/operator_desk.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

std::string slips_url(const AtDesk& at) { return at.url + "/notices/slips"; }

std::string ids_text(const std::vector<NoticeId>& slips) {
    std::string text;
    for (const NoticeId slip : slips)
        text += (text.empty() ? "" : ",") + std::to_string(slip.value);
    return text;
}

// "3,5"; none when it is anything else, or more than a page shows.
std::vector<NoticeId> read_ids(std::string_view text) {
    std::vector<NoticeId> slips;
    for (const std::string_view word : split(text, ',')) {
        const auto id = parse_int(word);
        if (!id || std::ssize(slips) >= notices::kSlipsListedMax) return {};
        slips.push_back(NoticeId{*id});
    }
    return slips;
}

// The same request with codes that answer it by telephone or at the counter; for others there is
// nothing to answer.
std::string codes_url(const Visit& visit, const notices::Notice& slip) {
    if (slip.kind != "reservation_requested") return {};
    return visit.links.bare("/counter/" + slip.facts.at("shop_slug").get<std::string>() +
                            "/requests/" + slip.facts.at("code").get<std::string>() + "/slip");
}

std::vector<web::View> slip_views(const Visit& visit, const std::vector<notices::Notice>& slips) {
    std::vector<web::View> views;
    for (const notices::Notice& slip : slips) {
        const notices::Mail mail = compose_mail(visit.context, slip);
        web::View view;
        view.set("id", slip.id.value);
        view.set("shop", mail.to.name);
        view.set("street", slip.facts.value("street", std::string()));
        view.set("city", slip.facts.value("city", std::string()));
        view.set("subject", mail.subject);
        view.set("text", mail.text);
        view.set("age_text", visit.say.age(slip.created_at));
        view.set("codes_url", codes_url(visit, slip));
        views.push_back(std::move(view));
    }
    return views;
}

// What the last tap did, with the way back; the address names what it was done to.
void set_slips_message(web::View& view, const Visit& visit) {
    const bool is_printed = visit.request.query.get("did") == "printed";
    const auto slips = read_ids(visit.request.query.get("slips"));
    const bool is_said = is_printed && !slips.empty();
    view.set("message",
             is_said ? visit.say.plural("slips.did_printed", std::ssize(slips)) : std::string());
    view.set("undo_slips", is_said ? ids_text(slips) : std::string());
}

}  // namespace

web::Response operator_slips_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    const auto slips = visit.context.database.read(
        [&](store::Tx& tx) { return notices::load_slips(tx, visit.territory().id); });
    std::vector<NoticeId> all;
    for (const notices::Notice& slip : slips) all.push_back(slip.id);
    web::View view;
    view.set("csrf", visit.context.csrf.token(at->purpose));
    view.set("action", slips_url(*at));
    view.set("back_url", at->url + "/notices");
    set_slips_message(view, visit);
    view.set("has_slips", !slips.empty());
    view.set("has_several", slips.size() > 1);
    view.set("all", all.empty() ? std::string() : ids_text(all));
    view.set("slips", slip_views(visit, slips));
    return show(visit, desk_page(visit, "operator_slips", 200), view);
}

web::Response mark_operator_slips(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto form = web::form_body(visit.request).value();
    const auto slips = read_ids(form.get("slips"));
    const bool is_undo = form.get("do") == "undo";
    if (slips.empty() || (!is_undo && form.get("do") != "printed")) return error_page(visit, 400);
    visit.context.database.write([&](store::Tx& tx) {
        const TerritoryId here = visit.territory().id;
        return is_undo ? notices::mark_unprinted(tx, here, slips)
                       : notices::mark_printed(tx, here, slips, visit.view.now);
    });
    if (is_undo) return web::redirect(303, slips_url(*at));
    return web::redirect(303, slips_url(*at) + "?did=printed&slips=" + ids_text(slips));
}

}  // namespace emplettes::site
