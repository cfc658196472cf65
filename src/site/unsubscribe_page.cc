#include "notices/unsubscription.h"
#include "notices/ways.h"
#include "site/error_pages.h"
#include "site/notice_texts.h"
#include "site/notices_pages.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

using notices::Subscription;

std::optional<Subscription> find_subscription(const Visit& visit) {
    return notices::read_unsubscribe_token(visit.context.notices.key,
                                           visit.request.parameter("token"));
}

web::Response show_subscription(Visit& visit, const Subscription& subscription) {
    const bool is_over = visit.context.database.read([&](store::Tx& tx) {
        return notices::is_unsubscribed(tx, visit.territory().id, subscription);
    });
    web::View view;
    view.set("action",
             visit.links.bare("/unsubscribe/" + std::string(visit.request.parameter("token"))));
    view.set("address", subscription.address);
    view.set("kind_text", kind_text(visit.say, subscription.kind));
    view.set("over", is_over);
    return show(visit,
                {.name = "unsubscribe",
                 .title = visit.say.text(
                     "title.page", {visit.say.text("unsubscribe.title"), visit.territory_name()}),
                 .is_private = true,
                 .has_search = false},
                view);
}

}  // namespace

web::Response unsubscribe_page(Visit& visit) {
    const auto subscription = find_subscription(visit);
    if (!subscription) return error_page(visit, 404);
    return show_subscription(visit, *subscription);
}

// No token of ours against other sites: the link itself is what only its reader knows, and mail
// programs know nothing else.
web::Response change_subscription(Visit& visit) {
    const auto subscription = find_subscription(visit);
    if (!subscription) return error_page(visit, 404);
    const auto form = web::form_body(visit.request);
    if (!form) return error_page(visit, 400);
    visit.context.database.write([&](store::Tx& tx) {
        if (form->get("do") == "again")
            notices::subscribe_again(tx, visit.territory().id, *subscription);
        else
            notices::unsubscribe(tx, visit.territory().id, *subscription, visit.view.now);
    });
    // Mail programs are not to be sent elsewhere (RFC 8058 §3.1).
    if (!form->get("List-Unsubscribe").empty()) return show_subscription(visit, *subscription);
    return web::redirect(
        303, visit.links.bare("/unsubscribe/" + std::string(visit.request.parameter("token"))));
}

}  // namespace emplettes::site
