#include "site/search_pages.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "catalogue/named_shops.h"
#include "site/asked.h"
#include "site/error_pages.h"
#include "site/map_view.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"
#include "site/ranking_page.h"
#include "site/result_filters.h"
#include "site/where_page.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kWordsTriedMax = 4;  // each alone, when nothing has them all
constexpr std::size_t kNamedShopsMax = 8;

std::vector<web::View> sorts(const Visit& visit, const Search& search) {
    const bool is_makers_first = search.query.makers_first;
    std::vector<web::View> views;
    const auto add = [&](std::string_view label, const Parameters& parameters, bool is_on) {
        web::View view;
        view.set("label", visit.say.text(label));
        view.set("on", is_on);
        view.set("url", visit.links.page("/search", parameters));
        views.push_back(std::move(view));
    };
    Search plain = search;
    plain.parameters = search.with("makers_first", "");
    const auto order = [&](std::string_view label, const std::string& value, search::Order wanted) {
        add(label, plain.with("sort", value), !is_makers_first && search.query.order == wanted);
    };
    order("sort.best", "", search::Order::best);
    order("sort.near", "nearest", search::Order::nearest);
    order("sort.cheap", "cheapest", search::Order::cheapest);
    plain.parameters = search.with("sort", "");
    add("sort.makers", plain.with("makers_first", "1"), is_makers_first);
    return views;
}

// Words come first in every order, when there are some.
std::string_view ranked_key(const search::Query& query) {
    const bool has_words = !trim(query.text).empty();
    if (query.makers_first)
        return has_words ? "results.ranked_makers_words" : "results.ranked_makers";
    switch (query.order) {
        case search::Order::best: return "results.ranked_best";
        case search::Order::nearest:
            return has_words ? "results.ranked_near_words" : "results.ranked_near";
        case search::Order::cheapest:
            return has_words ? "results.ranked_cheap_words" : "results.ranked_cheap";
    }
    return "results.ranked_best";
}

web::View hit_view(const Visit& visit, const search::ProductHit& hit,
                   const catalogue::Choice* pin) {
    const catalogue::Product& product = *visit.snapshot().find_product(hit.product);
    web::View view;
    set_product(view, visit, product);
    std::vector<web::View> offers;
    std::vector<web::View> used_offers;
    for (const search::OfferHit& offer : hit.offers) {
        web::View row;
        set_offer(row, visit, product, offer);
        (is_new(offer) ? offers : used_offers).push_back(std::move(row));
    }
    const auto& best = visit.snapshot().find_shop(hit.offers.front().shop)->shop;
    view.set("has_new", !offers.empty());
    view.set("has_used", !used_offers.empty());
    view.set("offers", std::move(offers));
    view.set("used_offers", std::move(used_offers));
    view.set("maker_text", made_here_text(visit, product, best));
    const auto others = static_cast<std::int64_t>(hit.offers_total - hit.offers.size());
    view.set("others_text",
             others > 0 ? visit.say.plural("results.others", others) : std::string());
    const bool is_pinned = hit.is_pinned && pin;
    view.set("pinned_text", is_pinned ? pin_text(visit, *pin) : std::string());
    if (is_pinned)
        view.set("why_text", false);
    else
        set_why(view, visit, hit);
    return view;
}

std::string count_text(const Visit& visit, const search::Answer& answer) {
    if (answer.total == 0) return visit.say.text("results.zero");
    return visit.say.plural("results.products", answer.total);
}

std::string heading(const Visit& visit, const Search& search) {
    std::string what = search.query.text;
    if (what.empty() && search.query.categories.size() == 1)
        what = category_name(visit, search.query.categories.front());
    if (what.empty()) return visit.say.text("results.heading_all", {visit.near_text()});
    return visit.say.text("results.heading", {what, visit.near_text()});
}

// How many products one more try would give; 0 when it is not worth a link.
std::int64_t count_of(const Visit& visit, search::Query query) {
    query.limit = 0;
    query.offset = 0;
    query.counts_names = false;
    return visit.search(std::move(query)).answer.total;
}

// The shops that the words name, nearest first, where hardly any product has them.
ListedShops set_named_shops(web::View& view, const Visit& visit, const Search& search,
                            const search::Answer& answer) {
    std::vector<web::View> cards;
    ListedShops shops;
    if (answer.total <= catalogue::kFewMax && search.query.offset == 0) {
        shops = catalogue::find_named_shops(visit.snapshot(), search.query.text);
        const auto far = [&](const catalogue::ListedShop* listed) {
            return visit.ways.metres_to(listed->shop);
        };
        std::sort(shops.begin(), shops.end(), [&](const auto* a, const auto* b) {
            return std::pair(far(a), a->shop.id) < std::pair(far(b), b->shop.id);
        });
        shops.resize(std::min(shops.size(), kNamedShopsMax));
        for (const auto* listed : shops) cards.push_back(shop_card(visit, *listed));
    }
    view.set("has_named_shops", !cards.empty());
    view.set("named_shops", std::move(cards));
    return shops;
}

// The map shows every shop of the list.
void set_map_of_shops(web::View& view, const Visit& visit, ListedShops shops,
                      const search::Answer& answer) {
    for (const search::ProductHit& hit : answer.hits)
        for (const search::OfferHit& offer : hit.offers)
            shops.push_back(visit.snapshot().find_shop(offer.shop));
    set_points(view, visit, shops);
    set_map(view, visit, {.list = "#results", .still_url = still_url(visit, shops)});
}

// The whole search, in a circle of this radius whatever the minutes.
Parameters wider_parameters(const Search& search, double radius_m) {
    Parameters parameters = search.with("radius_m", std::to_string(std::lround(radius_m)));
    std::erase_if(parameters, [](const auto& parameter) { return parameter.first == "within"; });
    return parameters;
}

// What to try when nothing was found: without filters, fewer words, a wider circle, the shops.
void set_nothing(web::View& view, const Visit& visit, const Search& search) {
    std::vector<web::View> ways;
    const auto suggest = [&](const search::Query& query, std::string_view icon,
                             const std::string& text, const Parameters& parameters) {
        const std::int64_t count = count_of(visit, query);
        if (count > 0)
            ways.push_back(way_view({.icon = icon,
                                     .text = text,
                                     .note = visit.say.plural("results.products", count),
                                     .url = visit.links.page("/search", parameters)}));
        return count;
    };
    search::Query wider = search.query;
    wider.reached = nullptr;
    wider.radius_m = visit.territory().radius_m_max;
    suggest(wider, "here", visit.say.text("nothing.wider", {visit.territory_name()}),
            wider_parameters(search, wider.radius_m));
    search::Query plain{
        .text = search.query.text,
        .from = search.query.from,
        .radius_m = visit.limit ? visit.territory().radius_m : search.query.radius_m};
    const std::int64_t without_filters =
        suggest(plain, "search", visit.say.text("filters.clear"), {{"q", plain.text}});
    const auto words = split(trim(search.query.text), ' ');
    std::set<std::string_view> tried;
    for (const std::string_view word : words) {
        if (tried.size() == kWordsTriedMax) break;
        if (words.size() < 2 || word.size() < 3 || !tried.insert(word).second) continue;
        search::Query fewer = plain;
        fewer.text = std::string(word) + " ";
        suggest(fewer, "search", visit.say.text("nothing.fewer_words", {word}),
                {{"q", std::string(word)}});
    }
    ways.push_back(way_view({.icon = "shop",
                             .text = visit.say.text("footer.shops"),
                             .url = visit.links.page("/shops")}));
    view.set("ways", std::move(ways));
    const std::string radius = visit.limit ? visit.say.travel(*visit.limit)
                                           : visit.say.distance_plain(search.query.radius_m);
    view.set("nothing_title", without_filters > 0
                                  ? visit.say.plural("nothing.title_filters", without_filters)
                                  : visit.say.text("nothing.title", {radius}));
    const std::string_view text = words.front().empty() ? "nothing.text_filters" : "nothing.text";
    view.set("nothing_text",
             visit.say.plural(text, static_cast<std::int64_t>(visit.snapshot().shops().size()),
                              {search.query.text}));
}

// "Did you mean", or that its results are among these.
void set_meant(web::View& view, const Visit& visit, const Search& search,
               const search::Answer& answer) {
    view.set("meant", answer.did_you_mean);
    if (answer.did_you_mean.empty()) return;
    const bool is_forgiven = !answer.hits.empty();
    view.set("meant_before", visit.say.text(is_forgiven ? "meant.also" : "meant.rather"));
    view.set("meant_after", is_forgiven ? std::string() : visit.say.text("meant.question"));
    view.set("meant_url", visit.links.page("/search", search.with("q", answer.did_you_mean)));
}

void set_more(web::View& view, const Visit& visit, const Search& search,
              const search::Answer& answer) {
    const auto shown = static_cast<std::int64_t>(search.query.offset + answer.hits.size());
    const std::int64_t left = answer.total - shown;
    const bool is_last = shown > static_cast<std::int64_t>(kOffsetMax);
    if (left <= 0 || answer.hits.empty() || is_last) {
        view.set("more_url", "");
        return;
    }
    view.set("more_url", visit.links.page("/search", search.with("offset", std::to_string(shown))));
    view.set("more_text", visit.say.plural("results.more", left));
}

using OfQuestion = catalogue::Merchandising::OfQuestion;

// The part that a search while typing replaces. Returns the title of the page.
std::string set_region(web::View& view, const Visit& visit, const Search& search,
                       const search::Answer& answer, const OfQuestion* choices) {
    const std::string counted = count_text(visit, answer);
    const std::string head = heading(visit, search);
    view.set("heading", head);
    view.set("count_text", counted);
    set_filters(view, visit, search, answer.facets);
    view.set("sorts", sorts(visit, search));
    view.set("ranked_text", visit.say.text(ranked_key(search.query)));
    std::vector<web::View> hits;
    hits.reserve(answer.hits.size());
    for (const search::ProductHit& hit : answer.hits)
        hits.push_back(hit_view(visit, hit, find_pin(choices, hit.product)));
    view.set("has_hits", !hits.empty());
    view.set("hits", std::move(hits));
    set_hidden(view, visit, choices);
    // Whoever names a shop has not mistyped a product.
    const ListedShops named = set_named_shops(view, visit, search, answer);
    if (named.empty())
        set_meant(view, visit, search, answer);
    else
        view.set("meant", "");
    set_map_of_shops(view, visit, named, answer);
    set_more(view, visit, search, answer);
    if (answer.hits.empty()) set_nothing(view, visit, search);
    view.set("ranking_url", visit.links.page("/ranking"));
    const std::string title = visit.say.text(
        "title.page", {visit.say.text("results.title", {head, counted}), visit.territory_name()});
    view.set("page_title", title);
    return title;
}

web::Response show_region(const Visit& visit, const web::View& view) {
    web::Response response;
    response.body = visit.context.templates.render(visit.language().code(), "results_region", view);
    return response;
}

}  // namespace

web::Response results_page(Visit& visit) {
    if (visit.where.is_unclear) return where_page(visit);
    auto read = find_search(visit);
    if (!read) return error_page(visit, 400);
    const Search search = std::move(read).value();
    const auto [answer, choices] = visit.search(search.query);
    web::View view;
    const std::string title = set_region(view, visit, search, answer, choices);
    if (visit.request.query.get("fragment") == "1") return show_region(visit, view);
    note_asked(visit, search.query, answer);
    Parameters kept = search.with("q", "");
    std::erase_if(kept, [](const auto& parameter) { return parameter.second.empty(); });
    view.set("search", search_form(visit, search.query.text, kept));
    return show(visit, {.name = "results", .title = title, .is_private = false}, view);
}

}  // namespace emplettes::site
