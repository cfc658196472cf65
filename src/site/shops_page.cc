#include <algorithm>
#include <map>

#include "base/text.h"
#include "site/offer_view.h"
#include "site/shop_pages.h"
#include "site/where_page.h"

namespace emplettes::site {
namespace {

struct ShopFilter {
    bool open_now = false;
    bool makers_only = false;
};

bool passes(const Visit& visit, const catalogue::ListedShop& listed, const ShopFilter& filter) {
    if (filter.makers_only && !listed.shop.is_maker) return false;
    return !filter.open_now || visit.view.open_now(listed.shop.id).is_open();
}

std::int64_t count_shops(const Visit& visit, const ShopFilter& filter) {
    const auto& shops = visit.snapshot().shops();
    return std::count_if(shops.begin(), shops.end(), [&](const catalogue::ListedShop& listed) {
        return passes(visit, listed, filter);
    });
}

web::View option(const Visit& visit, std::string_view label, const ShopFilter& filter,
                 const ShopFilter& toggled) {
    web::View view;
    view.set("label", visit.say.text(label));
    view.set("count",
             count_shops(visit, {.open_now = filter.open_now || toggled.open_now,
                                 .makers_only = filter.makers_only || toggled.makers_only}));
    const bool is_on =
        (toggled.open_now && filter.open_now) || (toggled.makers_only && filter.makers_only);
    view.set("on", is_on);
    const bool open_now = toggled.open_now ? !filter.open_now : filter.open_now;
    const bool makers_only = toggled.makers_only ? !filter.makers_only : filter.makers_only;
    view.set("url", visit.links.page("/shops", {{"open_now", open_now ? "1" : ""},
                                                {"maker", makers_only ? "1" : ""}}));
    return view;
}

using ByTrade = std::map<std::string, std::vector<const catalogue::ListedShop*>>;

// By the folded name of the trade, so that accents do not disturb the alphabet.
ByTrade by_trade(const Visit& visit, const ShopFilter& filter) {
    ByTrade trades;
    for (const catalogue::ListedShop& listed : visit.snapshot().shops())
        if (listed.kind && passes(visit, listed, filter))
            trades[fold(listed.kind->plural_name(visit.language().code()))].push_back(&listed);
    return trades;
}

web::View trade_view(const Visit& visit, const std::vector<const catalogue::ListedShop*>& shops) {
    web::View view;
    const catalogue::Kind& kind = *shops.front()->kind;
    view.set("trade", kind.plural_name(visit.language().code()));
    view.set("anchor", kind.key);
    view.set("count", shops.size());
    std::vector<web::View> cards;
    for (const auto* listed : shops) cards.push_back(shop_card(visit, *listed));
    view.set("shops", std::move(cards));
    return view;
}

}  // namespace

web::Response shops_page(Visit& visit) {
    if (visit.where.is_unclear) return where_page(visit);
    const ShopFilter filter{.open_now = visit.request.query.get("open_now") == "1",
                            .makers_only = visit.request.query.get("maker") == "1"};
    const Say& say = visit.say;
    web::View view;
    view.set("heading", say.text("shops.heading", {visit.territory_name()}));
    const auto all = static_cast<std::int64_t>(visit.snapshot().shops().size());
    view.set("count_text",
             say.text("shops.count",
                      {say.plural("results.shops", all),
                       say.plural("figures.shops_open", count_shops(visit, {.open_now = true}))}));
    std::vector<web::View> options;
    options.push_back(option(visit, "filters.open_now", filter, {.open_now = true}));
    options.push_back(option(visit, "filters.maker", filter, {.makers_only = true}));
    view.set("options", std::move(options));
    std::vector<web::View> trades;
    for (const auto& [name, shops] : by_trade(visit, filter))
        trades.push_back(trade_view(visit, shops));
    view.set("has_shops", !trades.empty());
    view.set("trades", std::move(trades));
    return show(visit,
                {.name = "shops",
                 .title = say.text("title.page", {say.text("shops.title", {visit.territory_name()}),
                                                  visit.territory_name()})},
                view);
}

}  // namespace emplettes::site
