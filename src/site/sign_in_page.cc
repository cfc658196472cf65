#include "site/account_pages.h"

#include "accounts/sign_in.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "notices/notice.h"
#include "site/account_notices.h"
#include "site/deed.h"
#include "site/error_pages.h"
#include "site/session_cookie.h"
#include "web/network.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kAskPurpose = "sign-in";
constexpr int kGone = 410;

std::string link_purpose(std::string_view token) { return "sign-in/" + std::string(token); }

struct Asked {
    std::string email;
    std::string return_to;
    std::string error;  // why there is the form again
    int status = 422;   // then
    bool is_dead_link = false;
};

Page page_named(const Visit& visit, std::string_view name, int status) {
    return {.name = name,
            .title = visit.say.text("title.page",
                                    {visit.say.text("sign_in.title"), visit.territory_name()}),
            .is_private = true,
            .has_search = false,
            .status = status};
}

web::Response show_sign_in_form(Visit& visit, const Asked& asked) {
    web::View view;
    view.set("action", visit.links.bare("/sign-in"));
    view.set("csrf", visit.context.csrf.token(kAskPurpose));
    view.set("email", asked.email);
    view.set("email_error", asked.error);
    view.set("return_to", asked.return_to);
    view.set("message", asked.is_dead_link ? visit.say.text("sign_in.dead") : std::string());
    const int status = asked.is_dead_link ? kGone : asked.error.empty() ? 200 : asked.status;
    return show(visit, page_named(visit, "sign_in", status), view);
}

web::Response show_sign_in_sent(Visit& visit, const Asked& asked) {
    const bool is_demo = visit.territory().is_demo;
    web::View view;
    view.set("sent_text", visit.say.text("sign_in.sent", {asked.email}));
    view.set("minutes_text", visit.say.plural("sign_in.lasts", accounts::kLinkLasts.count()));
    view.set("demo_mails_url", is_demo ? visit.links.bare("/dev/mails") : std::string());
    view.set("again_url", visit.links.bare("/sign-in"));
    return show(visit, page_named(visit, "sign_in_sent", 200), view);
}

accounts::LinkRequest link_request(const Visit& visit, const Asked& asked) {
    accounts::LinkRequest request{.email = asked.email,
                                  .return_to = asked.return_to,
                                  .token = visit.context.random.url_token(accounts::kTokenBytes),
                                  .network = web::network_of(visit.request.remote_address)};
    if (!visit.territory().is_demo) return request;
    request.links_max = accounts::kLinksPerAddressInDemoMax;
    request.links_of_network_max = accounts::kLinksPerNetworkInDemoMax;
    return request;
}

// The link and its mail, or neither. An address that has had enough of them gets none, and the page
// says nothing of it; of a network that has asked for enough it does.
Result<Done, accounts::LinkError> send_link(const Visit& visit, const Asked& asked) {
    const auto request = link_request(visit, asked);
    return visit.context.database.write([&](store::Tx& tx) -> Result<Done, accounts::LinkError> {
        const auto noted =
            accounts::ask_for_link(tx, visit.territory().id, request, visit.view.now);
        if (!noted) return noted;
        notices::enqueue(tx, {.id = visit.context.ids.next<NoticeId>(),
                              .territory = visit.territory().id,
                              .kind = std::string(kSignInLinkKind),
                              .audience = notices::Audience::neighbour,
                              .recipient = asked.email,
                              .language = visit.language().code(),
                              .facts = {{"token", request.token}},
                              .created_at = visit.view.now});
        return noted;
    });
}

// Where somebody goes who came from nowhere in particular.
std::string first_page(const Visit& visit, const accounts::Account& account) {
    return visit.links.bare(account.grants.empty() ? "/account" : "/counter");
}

struct Arrival {
    accounts::Account account;
    std::string return_to;
};

// The link's use, the account and the session, or nothing of them.
std::optional<Arrival> arrive(Visit& visit, std::string_view link, const std::string& session) {
    const TerritoryId territory = visit.territory().id;
    const auto* before = visit.signed_in();
    return visit.context.database.write([&](store::Tx& tx) -> std::optional<Arrival> {
        const auto used = accounts::use_link(tx, territory, link, visit.view.now);
        if (!used) return std::nullopt;
        auto account = accounts::load_or_make_account(
            tx, territory, {.email = used->email, .language = visit.language().code()},
            visit.context.ids, visit.view.now);
        if (before)  // this browser's other session, which nobody could use any more
            accounts::end_session(tx, territory, before->account.id, before->session.id);
        accounts::start_session(tx, territory,
                                {.id = visit.context.ids.next<SessionId>(),
                                 .token = session,
                                 .account = account.id,
                                 .device = device_name(visit.request.header("user-agent"))},
                                visit.view.now);
        return Arrival{.account = std::move(account), .return_to = used->return_to};
    });
}

}  // namespace

web::Response sign_in_page(Visit& visit) {
    const std::string return_to = local_path(visit.request.query.get("return_to"));
    if (visit.signed_in())
        return web::redirect(303, return_to.empty() ? visit.links.bare("/account") : return_to);
    return show_sign_in_form(visit, {.return_to = return_to});
}

web::Response send_sign_in_link(Visit& visit) {
    const auto form = visit.context.csrf.check_form(visit.request, kAskPurpose);
    if (!form) return error_page(visit, 403);
    const auto address = parse_mail_address(form->get("email"));
    Asked asked{.email = std::string(utf8_prefix(form->get("email"), kMailAddressLengthMax)),
                .return_to = local_path(form->get("return_to"))};
    if (!address) {
        asked.error = visit.say.text("sign_in.no_address");
        return show_sign_in_form(visit, asked);
    }
    asked.email = *address;
    const auto sent = send_link(visit, asked);
    if (!sent && sent.error() == accounts::LinkError::too_many_of_network) {
        asked.error = visit.say.text("sign_in.too_many");
        asked.status = 429;
        return show_sign_in_form(visit, asked);
    }
    return show_sign_in_sent(visit, asked);
}

web::Response sign_in_link_page(Visit& visit) {
    const std::string_view token = visit.request.parameter("token");
    const auto link = visit.context.database.read([&](store::Tx& tx) {
        return accounts::find_link(tx, visit.territory().id, token, visit.view.now);
    });
    if (!link) return show_sign_in_form(visit, {.is_dead_link = true});
    web::View view;
    view.set("action", visit.links.bare("/sign-in/" + std::string(token)));
    view.set("csrf", visit.context.csrf.token(link_purpose(token)));
    view.set("who_text", visit.say.text("sign_in.as", {link->email}));
    return show(visit, page_named(visit, "sign_in_link", 200), view);
}

web::Response use_sign_in_link(Visit& visit) {
    const std::string_view link = visit.request.parameter("token");
    if (!visit.context.csrf.check_form(visit.request, link_purpose(link)))
        return error_page(visit, 403);
    const std::string session = visit.context.random.url_token(accounts::kTokenBytes);
    const auto arrival = arrive(visit, link, session);
    if (!arrival) return show_sign_in_form(visit, {.is_dead_link = true});
    const std::string& asked = arrival->return_to;
    auto response = web::redirect(303, asked.empty() ? first_page(visit, arrival->account) : asked);
    SessionCookie(visit.context, visit.territory()).set(response, session);
    remember_deed(visit, response, "account/" + std::to_string(arrival->account.id.value));
    return response;
}

web::Response ask_to_sign_in(const Visit& visit) {
    const bool is_page = visit.request.method == web::Method::get;
    const std::string back = is_page ? local_path(visit.request.target) : std::string();
    const std::string query = query_string({{"return_to", back}});
    return web::redirect(303, visit.links.bare("/sign-in") + (query.empty() ? "" : "?" + query));
}

}  // namespace emplettes::site
