#include "site/counter.h"

#include <array>

#include "site/account_pages.h"
#include "site/error_pages.h"
#include "site/problems.h"

namespace emplettes::site {
namespace {

struct BarItem {
    CounterPart part;
    std::string_view word;  // of its text and its icon
    std::string_view path;
};
constexpr std::array kBar{
    BarItem{CounterPart::requests, "requests", ""}, BarItem{CounterPart::shelf, "shelf", "/shelf"},
    BarItem{CounterPart::scan, "scan", "/scan"}, BarItem{CounterPart::hours, "hours", "/hours"},
    BarItem{CounterPart::more, "more", "/more"}};

// A script asks for JSON, and can follow no page that signs in.
bool is_script(const Visit& visit) {
    return visit.request.path.starts_with("/api/") ||
           visit.request.header("accept").starts_with("application/json");
}

web::Response not_signed_in(const Visit& visit) {
    if (is_script(visit))
        return problem(visit.request, 401, "not_signed_in", "nobody is signed in any more");
    return ask_to_sign_in(visit);
}

web::Response not_theirs(Visit& visit, const accounts::Account& account,
                         const catalogue::Shop& shop) {
    if (is_script(visit))
        return problem(visit.request, 403, "not_your_counter", "no role at this shop");
    const Say& say = visit.say;
    web::View view;
    view.set("status", "403");
    view.set("heading", say.text("counter.not_yours"));
    view.set("what_text", say.text("counter.not_yours_what", {account.email, shop.name}));
    view.set("kept_text", false);
    view.set("todo_text", say.text("counter.not_yours_todo"));
    std::vector<web::View> ways;
    ways.push_back(way_view({.icon = "shop",
                             .text = say.text("counter.my_shops"),
                             .url = visit.links.bare("/counter")}));
    ways.push_back(way_view({.icon = "person",
                             .text = say.text("account.title"),
                             .url = visit.links.bare("/account")}));
    view.set("ways", std::move(ways));
    view.set("reference_text", false);
    return show(
        visit,
        {.name = "error",
         .title = say.text("title.page", {say.text("counter.not_yours"), visit.territory_name()}),
         .is_private = true,
         .has_search = false,
         .status = 403},
        view);
}

}  // namespace

Result<AtCounter, web::Response> enter_counter(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return not_signed_in(visit);
    auto shop = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_shop_by_slug(tx, visit.territory().id,
                                            visit.request.parameter("shop"));
    });
    if (!shop && is_script(visit)) return problem(visit.request, 404, "unknown_shop");
    if (!shop) return error_page(visit, 404);
    const auto role = accounts::role_at(who->account.grants, shop->id);
    if (!role) return not_theirs(visit, who->account, *shop);
    const std::string url = visit.links.bare("/counter/" + shop->slug);
    return AtCounter{.who = *who,
                     .role = *role,
                     .shop = std::move(*shop),
                     .url = url,
                     .purpose = url + "/" + who->session.token_sha256};
}

Result<web::Fields, web::Response> read_counter_form(Visit& visit, const AtCounter& at) {
    auto form = visit.context.csrf.check_form(visit.request, at.purpose);
    if (!form) return error_page(visit, 403);
    return std::move(form).value();
}

void set_counter_bar(web::View& view, const Visit& visit, const AtCounter& at, CounterPart part) {
    std::vector<web::View> items;
    for (const BarItem& item : kBar) {
        web::View link;
        link.set("icon", item.word);
        link.set("text", visit.say.text("counter.bar_" + std::string(item.word)));
        link.set("url", at.url + std::string(item.path));
        link.set("current", item.part == part);
        items.push_back(std::move(link));
    }
    web::View bar;
    bar.set("counter_shop", at.shop.name);
    bar.set("items", std::move(items));
    view.set("counter", std::move(bar));
}

web::Response show_counter_page(Visit& visit, const AtCounter& at, const CounterPage& page,
                                web::View& view) {
    set_counter_bar(view, visit, at, page.part);
    view.set("csrf", visit.context.csrf.token(at.purpose));
    view.set("shop", at.shop.name);
    return show(visit,
                {.name = page.name,
                 .title = visit.say.text("title.page", {page.title, at.shop.name}),
                 .is_private = true,
                 .has_search = false,
                 .status = page.status},
                view);
}

}  // namespace emplettes::site
