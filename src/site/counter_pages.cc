#include "site/counter_pages.h"

#include "site/account_pages.h"
#include "site/counter.h"

namespace emplettes::site {
namespace {

// What is behind "more": one line each, its texts counter.more_<word> and its icon.
struct MoreItem {
    std::string_view word;
    std::string_view icon;
    std::string_view path;
    bool is_for_all = true;  // false: only for who may manage the shop
};
constexpr MoreItem kMore[] = {
    {.word = "imports", .icon = "in", .path = "/imports"},
    {.word = "still_true", .icon = "shelf", .path = "/still-true"},
    {.word = "statement", .icon = "info", .path = "/statement"},
    {.word = "about", .icon = "shop", .path = "/about"},
    {.word = "pictures", .icon = "picture", .path = "/pictures"},
    {.word = "export", .icon = "out", .path = "/export"},
    {.word = "team", .icon = "person", .path = "/team", .is_for_all = false},
};

std::vector<catalogue::Shop> shops_of(const Visit& visit, const accounts::Account& account) {
    return visit.context.database.read([&](store::Tx& tx) {
        std::vector<catalogue::Shop> shops;
        for (const accounts::Grant& grant : account.grants)
            if (auto shop = catalogue::find_shop(tx, visit.territory().id, grant.shop))
                shops.push_back(std::move(*shop));
        return shops;
    });
}

}  // namespace

web::Response counter_shops_page(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return ask_to_sign_in(visit);
    const auto shops = shops_of(visit, who->account);
    const auto url = [&](const catalogue::Shop& shop) {
        return visit.links.bare("/counter/" + shop.slug);
    };
    const bool is_operator = accounts::is_operator(who->account.grants);
    if (shops.size() == 1 && !is_operator) return web::redirect(303, url(shops.front()));
    std::vector<web::View> items;
    for (const catalogue::Shop& shop : shops)
        items.push_back(way_view({.icon = "shop", .text = shop.name, .url = url(shop)}));
    web::View view;
    view.set("has_shops", !items.empty());
    view.set("ways", std::move(items));
    view.set("email", who->account.email);
    view.set("operator_url", is_operator ? visit.links.bare("/operator") : std::string());
    view.set("account_url", visit.links.bare("/account"));
    return show(visit,
                {.name = "counter_shops",
                 .title = visit.say.text(
                     "title.page", {visit.say.text("counter.my_shops"), visit.territory_name()}),
                 .is_private = true,
                 .has_search = false},
                view);
}

web::Response counter_more_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    std::vector<web::View> ways;
    for (const MoreItem& item : kMore)
        if (item.is_for_all || accounts::may_manage(at->role))
            ways.push_back(
                way_view({.icon = item.icon,
                          .text = visit.say.text("counter.more_" + std::string(item.word)),
                          .url = at->url + std::string(item.path)}));
    ways.push_back(way_view({.icon = "out",
                             .text = visit.say.text("counter.more_public"),
                             .url = visit.links.shop(at->shop.slug)}));
    ways.push_back(way_view({.icon = "person",
                             .text = visit.say.text("account.title"),
                             .note = at->who.account.email,
                             .url = visit.links.bare("/account")}));
    web::View view;
    view.set("ways", std::move(ways));
    return show_counter_page(visit, *at,
                             {.part = CounterPart::more,
                              .name = "counter_more",
                              .title = visit.say.text("counter.bar_more")},
                             view);
}

}  // namespace emplettes::site
