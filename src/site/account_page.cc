#include "site/account_pages.h"

#include "base/text.h"
#include "catalogue/shop.h"
#include "site/error_pages.h"
#include "site/session_cookie.h"

namespace emplettes::site {
namespace {

// What only this device knows.
std::string account_purpose(const accounts::SignedIn& who) {
    return "account/" + who.session.token_sha256;
}

std::vector<web::View> role_views(const Visit& visit, const accounts::Account& account) {
    return visit.context.database.read([&](store::Tx& tx) {
        std::vector<web::View> roles;
        for (const accounts::Grant& grant : account.grants) {
            web::View view;
            view.set("role",
                     visit.say.text("role." + std::string(accounts::to_string(grant.role))));
            const auto shop = catalogue::find_shop(tx, visit.territory().id, grant.shop);
            view.set("shop", shop ? shop->name : std::string());
            view.set("url", shop ? visit.links.bare("/counter/" + shop->slug) : std::string());
            roles.push_back(std::move(view));
        }
        return roles;
    });
}

std::vector<web::View> session_views(const Visit& visit, const accounts::SignedIn& who) {
    const auto sessions = visit.context.database.read([&](store::Tx& tx) {
        return accounts::load_sessions(tx, visit.territory().id, who.account.id, visit.view.now);
    });
    std::vector<web::View> views;
    for (const accounts::Session& session : sessions) {
        const std::string id = std::to_string(session.id.value);
        const bool is_here = session.id == who.session.id;
        web::View view;
        view.set("device",
                 session.device.empty() ? visit.say.text("account.device") : session.device);
        view.set("here", is_here);
        view.set("seen_text", visit.say.text(is_here ? "account.since" : "account.seen",
                                             {visit.say.moment(is_here ? session.created_at
                                                                       : session.last_seen_at)}));
        view.set("end_action", visit.links.bare("/account/sessions/" + id + "/end"));
        views.push_back(std::move(view));
    }
    return views;
}

std::string done_text(const Visit& visit) {
    const std::string_view done = visit.request.query.get("done");
    if (done != "ended" && done != "others") return {};
    return visit.say.text("account.did_" + std::string(done));
}

// The signed-in reader who sent this form; an answer for anybody else.
Result<accounts::SignedIn, web::Response> check_account_form(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return ask_to_sign_in(visit);
    if (!visit.context.csrf.check_form(visit.request, account_purpose(*who)))
        return error_page(visit, 403);
    return *who;
}

web::Response back_to_account(const Visit& visit, std::string_view done) {
    return web::redirect(303, visit.links.bare("/account?done=" + std::string(done)));
}

}  // namespace

web::Response account_page(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return ask_to_sign_in(visit);
    auto sessions = session_views(visit, *who);
    auto roles = role_views(visit, who->account);
    web::View view;
    view.set("csrf", visit.context.csrf.token(account_purpose(*who)));
    view.set("message", done_text(visit));
    view.set("email", who->account.email);
    view.set("has_roles", !roles.empty());
    view.set("roles", std::move(roles));
    view.set("has_others", sessions.size() > 1);
    view.set("sessions", std::move(sessions));
    view.set("others_action", visit.links.bare("/account/sessions/others/end"));
    view.set("sign_out_action", visit.links.bare("/account/sign-out"));
    return show(visit,
                {.name = "account",
                 .title = visit.say.text("title.page",
                                         {visit.say.text("account.title"), visit.territory_name()}),
                 .is_private = true,
                 .has_search = false},
                view);
}

web::Response sign_out(Visit& visit) {
    const auto who = check_account_form(visit);
    if (!who) return who.error();
    visit.context.database.write([&](store::Tx& tx) {
        accounts::end_session(tx, visit.territory().id, who->account.id, who->session.id);
    });
    auto response = web::redirect(303, visit.links.bare("/"));
    SessionCookie(visit.context, visit.territory()).forget(response);
    return response;
}

web::Response end_other_sessions(Visit& visit) {
    const auto who = check_account_form(visit);
    if (!who) return who.error();
    visit.context.database.write([&](store::Tx& tx) {
        accounts::end_other_sessions(tx, visit.territory().id, who->session);
    });
    return back_to_account(visit, "others");
}

web::Response end_session(Visit& visit) {
    const auto who = check_account_form(visit);
    if (!who) return who.error();
    const auto id = parse_int(visit.request.parameter("id"));
    if (!id) return error_page(visit, 404);
    // Twice is as once: a device that is signed out already is signed out.
    visit.context.database.write([&](store::Tx& tx) {
        accounts::end_session(tx, visit.territory().id, who->account.id, SessionId{*id});
    });
    return back_to_account(visit, "ended");
}

}  // namespace emplettes::site
