#include "site/search_pages.h"

#include <algorithm>
#include <array>
#include <utility>

#include "campaign/signers.h"
#include "site/offer_view.h"
#include "site/pledge_view.h"
#include "site/where_page.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kCardsMax = 6;
constexpr std::array<std::string_view, 4> kExampleKeys{"home.example_1", "home.example_2",
                                                       "home.example_3", "home.example_4"};

// Each distance is computed once, not in every comparison.
std::vector<const catalogue::ListedShop*> nearest_first(const Visit& visit) {
    std::vector<std::pair<double, const catalogue::ListedShop*>> far;
    for (const auto& listed : visit.snapshot().shops())
        far.emplace_back(visit.ways.metres_to(listed.shop), &listed);
    std::stable_sort(far.begin(), far.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const catalogue::ListedShop*> shops;
    shops.reserve(far.size());
    for (const auto& [metres, listed] : far) shops.push_back(listed);
    return shops;
}

// Searches that find something here and now; a link to nothing would be a poor welcome.
std::vector<web::View> examples(const Visit& visit) {
    std::vector<web::View> examples;
    for (const std::string_view key : kExampleKeys) {
        const std::string text = visit.say.text(key);
        const auto found = visit.search({.text = text,
                                         .from = visit.where.from,
                                         .radius_m = visit.territory().radius_m,
                                         .limit = 0});
        if (found.answer.total == 0) continue;
        web::View example;
        example.set("text", text).set("url", visit.links.page("/search", {{"q", text}}));
        examples.push_back(std::move(example));
    }
    return examples;
}

void set_open_shops(web::View& view, const Visit& visit,
                    const std::vector<const catalogue::ListedShop*>& shops) {
    std::vector<web::View> cards;
    std::int64_t open = 0;
    std::optional<Instant> next;
    std::string next_name;
    for (const auto* listed : shops) {
        const auto now = visit.view.open_now(listed->shop.id);
        if (now.is_open()) {
            ++open;
            if (cards.size() < kCardsMax) cards.push_back(shop_card(visit, *listed));
        } else if (now.changes_at && (!next || *now.changes_at < *next)) {
            next = now.changes_at;
            next_name = listed->shop.name;
        }
    }
    view.set("has_open", open > 0);
    view.set("open_url", visit.links.page("/shops", {{"open_now", "1"}}));
    view.set("open_more_text", visit.say.plural("home.open_more", open));
    view.set("open_none_text",
             next
                 ? visit.say.text("home.open_none",
                                  {visit.say.open_state({.state = catalogue::OpenNow::State::closed,
                                                         .changes_at = next}),
                                   next_name})
                 : std::string());
    view.set("open_shops", std::move(cards));
}

void set_makers(web::View& view, const Visit& visit,
                const std::vector<const catalogue::ListedShop*>& shops) {
    std::vector<web::View> makers;
    for (const auto* listed : shops) {
        if (!listed->shop.is_maker || makers.size() >= kCardsMax) continue;
        web::View maker;
        maker.set("name", listed->shop.name);
        maker.set("url", visit.links.shop(listed->shop.slug));
        maker.set("makes", trade_name(visit, *listed));
        maker.set("distance",
                  visit.say.walk(visit.ways.walk_minutes(visit.ways.metres_to(listed->shop))));
        maker.set("tint", tint_of_shop(*listed));
        makers.push_back(std::move(maker));
    }
    view.set("has_makers", !makers.empty());
    view.set("makers_url", visit.links.page("/shops", {{"maker", "1"}}));
    view.set("makers", std::move(makers));
}

// The newest that may be signed.
void set_pledge_of_the_moment(web::View& view, const Visit& visit) {
    std::vector<web::View> pledges;
    for (const auto& shown : visit.context.signers.board().all(visit.territory().id)) {
        if (!shown->pledge.is_open(visit.view.now)) continue;
        set_pledge(pledges.emplace_back(), visit, *shown);
        break;
    }
    view.set("has_pledges", !pledges.empty());
    view.set("pledges", std::move(pledges));
}

web::View figure(std::int64_t value, const std::string& label, const std::string& note) {
    web::View view;
    view.set("value", value).set("label", label).set("note", note);
    return view;
}

void set_figures(web::View& view, const Visit& visit) {
    const Say& say = visit.say;
    const auto& shops = visit.snapshot().shops();
    const auto open = std::count_if(shops.begin(), shops.end(), [&](const auto& listed) {
        return visit.view.open_now(listed.shop.id).is_open();
    });
    const auto makers = std::count_if(shops.begin(), shops.end(),
                                      [](const auto& listed) { return listed.shop.is_maker; });
    const auto everything = visit
                                .search({.from = visit.territory().centre,
                                         .radius_m = visit.territory().radius_m_max,
                                         .limit = 0})
                                .answer;
    const auto all = static_cast<std::int64_t>(shops.size());
    std::vector<web::View> figures;
    figures.push_back(
        figure(all, say.plural("figures.shops", all), say.plural("figures.shops_open", open)));
    figures.push_back(
        figure(everything.facets.in_stock, say.plural("figures.offers", everything.facets.in_stock),
               say.text("figures.offers_of", {say.plural("results.products", everything.total)})));
    figures.push_back(
        figure(makers, say.plural("figures.makers", makers), say.text("figures.makers_note")));
    view.set("figures_title", say.text("figures.title", {visit.territory_name()}));
    view.set("figures", std::move(figures));
}

}  // namespace

web::Response home_page(Visit& visit) {
    if (visit.where.is_unclear) return where_page(visit);
    const auto shops = nearest_first(visit);
    web::View view;
    view.set("big_search", search_form(visit, "", {}));
    auto chips = examples(visit);
    view.set("has_examples", !chips.empty());
    view.set("examples", std::move(chips));
    set_open_shops(view, visit, shops);
    set_makers(view, visit, shops);
    set_pledge_of_the_moment(view, visit);
    set_figures(view, visit);
    return show(visit,
                {.name = "home",
                 .title = visit.say.text("home.title", {visit.territory_name()}),
                 .description = visit.say.text("home.description", {visit.territory_name()}),
                 .has_search = false},
                view);
}

}  // namespace emplettes::site
