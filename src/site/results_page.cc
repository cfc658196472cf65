#include "site/results_page.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "site/asked.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"
#include "site/ranking_page.h"
#include "site/search_request.h"
#include "site/where_page.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kCategoriesShown = 8;

// A search as the page's links vary it: each link is the whole search with one thing changed.
struct Search {
    search::Query query;
    Parameters parameters;  // as the visitor gave them, without where and paging

    Parameters with(const std::string& name, const std::string& value) const {
        Parameters changed;
        for (const auto& parameter : parameters)
            if (parameter.first != name) changed.push_back(parameter);
        changed.emplace_back(name, value);
        return changed;
    }
};

Parameters given_parameters(const web::Fields& query) {
    Parameters given;
    for (const std::string_view name :
         {"q", "category", "price", "in_stock", "open_now", "maker", "sort", "radius_m"})
        if (const auto value = query.get(name); !value.empty()) given.emplace_back(name, value);
    return given;
}

web::View option(const Visit& visit, const std::string& label, const std::string& count, bool is_on,
                 const Parameters& parameters) {
    web::View view;
    view.set("label", label);
    view.set("count", count);
    view.set("on", is_on);
    view.set("url", visit.links.page("/search", parameters));
    return view;
}

web::View filter_group(const Visit& visit, std::string_view key, std::vector<web::View> options) {
    web::View view;
    view.set("group", visit.say.text(key));
    view.set("options", std::move(options));
    return view;
}

std::vector<web::View> now_options(const Visit& visit, const Search& search,
                                   const search::Facets& facets) {
    const auto flag = [&](std::string_view label, const std::string& name, std::int64_t count,
                          bool is_on) {
        return option(visit, visit.say.text(label), std::to_string(count), is_on,
                      search.with(name, is_on ? "" : "1"));
    };
    return {flag("filters.in_stock", "in_stock", facets.in_stock, search.query.in_stock),
            flag("filters.open_now", "open_now", facets.open_now, search.query.open_now),
            flag("filters.maker", "maker", facets.makers, search.query.makers_only)};
}

std::string chosen_category(const search::Query& query) {
    return query.categories.empty() ? std::string() : query.categories.front();
}

std::vector<web::View> category_options(const Visit& visit, const Search& search,
                                        const search::Facets& facets) {
    std::vector<web::View> options;
    const std::string chosen = chosen_category(search.query);
    if (!chosen.empty()) {
        const auto* category = visit.context.trades.find_category(chosen);
        const std::string parent = category ? category->parent : std::string();
        options.push_back(
            option(visit, category_name(visit, chosen), "", true, search.with("category", parent)));
    }
    const std::string above = chosen.empty() ? "" : chosen + ".";
    for (const search::FacetCount& count : facets.category) {
        if (options.size() >= kCategoriesShown) break;
        const std::string name = category_name(visit, count.value);
        if (name.empty() || !count.value.starts_with(above)) continue;
        options.push_back(option(visit, name, std::to_string(count.products), false,
                                 search.with("category", count.value)));
    }
    return options;
}

// "1000-2500" as people say it.
std::string price_range_text(const Visit& visit, std::string_view range) {
    const auto dash = range.find('-');
    const Money low{parse_int(range.substr(0, dash)).value_or(0)};
    const auto high = parse_int(range.substr(dash + 1));
    if (!high) return visit.say.text("filters.price_over", {visit.say.price_round(low)});
    const std::string top = visit.say.price_round(Money{*high});
    if (low.cents == 0) return visit.say.text("filters.price_under", {top});
    return visit.say.text("filters.price_between", {std::to_string(low.cents / 100), top});
}

std::vector<web::View> price_options(const Visit& visit, const Search& search,
                                     const search::Facets& facets) {
    const std::string_view chosen = visit.request.query.get("price");
    std::vector<web::View> options;
    for (const search::FacetCount& count : facets.price) {
        const bool is_on = count.value == chosen;
        if (count.products == 0 && !is_on) continue;
        options.push_back(option(visit, price_range_text(visit, count.value),
                                 std::to_string(count.products), is_on,
                                 search.with("price", is_on ? "" : count.value)));
    }
    return options;
}

void set_filters(web::View& view, const Visit& visit, const Search& search,
                 const search::Facets& facets) {
    std::vector<web::View> groups;
    groups.push_back(filter_group(visit, "filters.now", now_options(visit, search, facets)));
    auto categories = category_options(visit, search, facets);
    if (!categories.empty())
        groups.push_back(filter_group(visit, "filters.category", std::move(categories)));
    auto prices = price_options(visit, search, facets);
    if (!prices.empty()) groups.push_back(filter_group(visit, "filters.price", std::move(prices)));
    view.set("filter_groups", std::move(groups));
    view.set("has_filters", true);
    const bool has_choice = search.query.in_stock || search.query.open_now ||
                            search.query.makers_only || !search.query.categories.empty() ||
                            !search.query.prices.empty();
    view.set("clear_url",
             has_choice ? visit.links.page("/search", {{"q", search.query.text}}) : std::string());
}

std::vector<web::View> sorts(const Visit& visit, const Search& search) {
    const auto sort = [&](std::string_view label, const std::string& value, search::Order order) {
        web::View view;
        view.set("label", visit.say.text(label));
        view.set("on", search.query.order == order);
        view.set("url", visit.links.page("/search", search.with("sort", value)));
        return view;
    };
    return {sort("sort.best", "", search::Order::best),
            sort("sort.near", "nearest", search::Order::nearest),
            sort("sort.cheap", "cheapest", search::Order::cheapest)};
}

// Words come first in every order, when there are some.
std::string_view ranked_key(const search::Query& query) {
    const bool has_words = !trim(query.text).empty();
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
    for (const search::OfferHit& offer : hit.offers) {
        web::View row;
        set_offer(row, visit, product, offer);
        offers.push_back(std::move(row));
    }
    const auto& best = visit.snapshot().find_shop(hit.offers.front().shop)->shop;
    view.set("offers", std::move(offers));
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
    if (what.empty()) what = category_name(visit, chosen_category(search.query));
    if (what.empty()) return visit.say.text("results.heading_all", {visit.near_text()});
    return visit.say.text("results.heading", {what, visit.near_text()});
}

// How many products one more try would give; 0 when it is not worth a link.
std::int64_t count_of(const Visit& visit, search::Query query) {
    query.limit = 0;
    query.offset = 0;
    return visit.snapshot().index().search(query).total;
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
    };
    search::Query wider = search.query;
    wider.radius_m = visit.territory().radius_m_max;
    suggest(wider, "here", visit.say.text("nothing.wider", {visit.territory_name()}),
            search.with("radius_m", std::to_string(std::lround(wider.radius_m))));
    search::Query plain{
        .text = search.query.text, .from = search.query.from, .radius_m = search.query.radius_m};
    suggest(plain, "search", visit.say.text("filters.clear"), {{"q", plain.text}});
    const auto words = split(trim(search.query.text), ' ');
    std::set<std::string_view> tried;
    for (const std::string_view word : words) {
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
    view.set("nothing_title",
             visit.say.text("nothing.title", {visit.say.distance_plain(search.query.radius_m)}));
    view.set(
        "nothing_text",
        visit.say.plural("nothing.text", static_cast<std::int64_t>(visit.snapshot().shops().size()),
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

}  // namespace

web::Response results_page(Visit& visit) {
    if (visit.where.is_unclear) return where_page(visit);
    auto read = read_search(visit.request.query, visit.territory());
    if (!read) return error_page(visit, 400);
    Search search{.query = std::move(read).value(),
                  .parameters = given_parameters(visit.request.query)};
    search.query.from = visit.where.from;
    const auto* choices = choices_for(visit, search.query);
    apply_choices(choices, search.query);
    const search::Answer answer = visit.snapshot().index().search(search.query);

    web::View view;
    const std::string counted = count_text(visit, answer);
    const std::string head = heading(visit, search);
    view.set("heading", head);
    view.set("count_text", counted);
    set_filters(view, visit, search, answer.facets);
    view.set("sorts", sorts(visit, search));
    view.set("ranked_text", visit.say.text(ranked_key(search.query)));
    std::vector<web::View> hits;
    for (const search::ProductHit& hit : answer.hits)
        hits.push_back(hit_view(visit, hit, find_pin(choices, hit.product)));
    view.set("has_hits", !hits.empty());
    view.set("hits", std::move(hits));
    set_hidden(view, visit, choices);
    set_meant(view, visit, search, answer);
    set_more(view, visit, search, answer);
    if (answer.hits.empty()) set_nothing(view, visit, search);
    view.set("ranking_url", visit.links.page("/ranking"));
    const std::string title = visit.say.text(
        "title.page", {visit.say.text("results.title", {head, counted}), visit.territory_name()});
    view.set("page_title", title);
    if (visit.request.query.get("fragment") == "1") {
        web::Response response;
        response.body =
            visit.context.templates.render(visit.language().code(), "results_region", view);
        return response;
    }
    note_asked(visit, search.query, answer);
    Parameters kept = search.with("q", "");
    std::erase_if(kept, [](const auto& parameter) { return parameter.second.empty(); });
    view.set("search", search_form(visit, search.query.text, kept));
    return show(visit, {.name = "results", .title = title, .is_private = false}, view);
}

}  // namespace emplettes::site
