#include <map>

#include "base/text.h"
#include "catalogue/picture.h"
#include "site/asked.h"
#include "site/claim_words.h"
#include "site/contact_links.h"
#include "site/error_pages.h"
#include "site/json_ld.h"
#include "site/map_view.h"
#include "site/offer_view.h"
#include "site/photo_view.h"
#include "site/shop_pages.h"
#include "site/way_view.h"
#include "site/where_page.h"
#include "site/while_away.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kGoodsPerCategory = 12;
constexpr std::size_t kShelfMax = 50;  // products of a searched or opened shelf

std::string osm_url(const catalogue::Shop& shop) {
    return shop.source == "osm" ? "https://www.openstreetmap.org/" + shop.source_ref
                                : std::string();
}

// Only what a browser may open: the map's tag is anybody's text.
std::string safe_site_url(const std::string& website) {
    if (starts_with_ignoring_case(website, "http://") ||
        starts_with_ignoring_case(website, "https://"))
        return website;
    const bool has_scheme = website.find(':') != std::string::npos;
    return website.empty() || has_scheme ? std::string() : "http://" + website;
}

std::string site_name(std::string_view url) {
    url = url.substr(url.find("//") + 2);
    if (url.starts_with("www.")) url.remove_prefix(4);
    return std::string(url.substr(0, url.find_first_of("/?#")));
}

void set_ways(web::View& view, const catalogue::Shop& shop) {
    set_contact(view, shop);
    const std::string site = safe_site_url(shop.website);
    view.set("site_url", site);
    view.set("site_name", site.empty() ? std::string() : site_name(site));
    view.set("geo_url", geo_url(shop));
    view.set("osm_url", osm_url(shop));
}

void set_hours(web::View& view, const Visit& visit, const catalogue::ListedShop& listed) {
    const bool is_readable = listed.hours.readable();
    view.set("has_hours", is_readable);
    view.set("hours", week_view(visit, listed.shop.id));
    view.set("hours_raw", is_readable || listed.shop.opening_hours.empty()
                              ? std::string()
                              : visit.say.text("hours.raw", {listed.shop.opening_hours}));
    const bool is_map = listed.shop.source == "osm" && !listed.shop.has_own_hours;
    view.set("hours_source", is_map ? visit.say.text("hours.source_osm_undated")
                                    : visit.say.text("hours.source_shop"));
}

web::View good_view(const Visit& visit, const search::ProductHit& hit) {
    const catalogue::Product& product = *visit.snapshot().find_product(hit.product);
    web::View view;
    set_product(view, visit, product);
    set_offer(view, visit, product, hit.offers.front());
    return view;
}

struct Shelf {
    search::Query query;
    search::Answer answer;
};

search::Query shelf_query(const Visit& visit, ShopId shop) {
    search::Query query{
        .text = std::string(utf8_prefix(trim(visit.request.query.get("shelf")), 120)),
        .from = visit.where.from,
        .shop = shop,
        .counts_names = false,
        .limit = kShelfMax,
        .offers_per_product_max = 1};
    const std::string_view category = visit.request.query.get("category");
    if (!category.empty()) query.categories.emplace_back(category);
    return query;
}

web::View shelf_part(const Visit& visit, const catalogue::Shop& shop,
                     const search::FacetCount& count) {
    search::Query query{.from = visit.where.from,
                        .categories = {count.value},
                        .shop = shop.id,
                        .counts_names = false,
                        .limit = kGoodsPerCategory,
                        .offers_per_product_max = 1};
    std::vector<web::View> goods;
    for (const auto& hit : visit.search(std::move(query)).answer.hits)
        goods.push_back(good_view(visit, hit));
    web::View part;
    part.set("anchor", "shelf-" + count.value);
    part.set("category", category_name(visit, count.value));
    const bool has_more = count.products > static_cast<std::int64_t>(kGoodsPerCategory);
    part.set("all_url",
             has_more ? visit.links.shop(shop.slug, {{"category", count.value}}) : std::string());
    part.set("all_text", visit.say.plural("shelf.category_all", count.products));
    part.set("goods", std::move(goods));
    return part;
}

// Everything, by category, the fullest first.
void set_whole_shelf(web::View& view, const Visit& visit, const catalogue::Shop& shop,
                     const search::Answer& answer) {
    std::vector<web::View> parts;
    std::vector<web::View> jumps;
    for (const search::FacetCount& count : answer.facets.category) {
        parts.push_back(shelf_part(visit, shop, count));
        web::View jump;
        jump.set("label", category_name(visit, count.value));
        jump.set("count", count.products);
        jump.set("url", "#shelf-" + count.value);
        jumps.push_back(std::move(jump));
    }
    view.set("has_jumps", jumps.size() > 1);
    view.set("jumps", std::move(jumps));
    view.set("has_shelf", !parts.empty());
    view.set("shelf", std::move(parts));
    view.set("shelf_title", visit.say.plural("shelf.title", answer.total));
    view.set("shelf_empty_text", visit.say.text("shelf.empty"));
}

// One category, or what was searched.
void set_part_of_shelf(web::View& view, const Visit& visit, const Shelf& shelf) {
    std::vector<web::View> goods;
    goods.reserve(shelf.answer.hits.size());
    for (const auto& hit : shelf.answer.hits) goods.push_back(good_view(visit, hit));
    const std::string named = shelf.query.text.empty()
                                  ? category_name(visit, shelf.query.categories.front())
                                  : shelf.query.text;
    web::View part;
    part.set("anchor", "shelf-found");
    part.set("category", named);
    part.set("all_url", "").set("all_text", "");
    part.set("goods", std::move(goods));
    std::vector<web::View> parts;
    if (!shelf.answer.hits.empty()) parts.push_back(std::move(part));
    view.set("has_jumps", false);
    view.set("has_shelf", !parts.empty());
    view.set("shelf", std::move(parts));
    view.set("shelf_title", visit.say.plural("shelf.found", shelf.answer.total, {named}));
    view.set("shelf_empty_text", visit.say.text("shelf.found_none"));
}

void set_shelf(web::View& view, const Visit& visit, const catalogue::Shop& shop) {
    Shelf shelf{.query = shelf_query(visit, shop.id)};
    shelf.answer = visit.search(shelf.query).answer;
    const bool is_part = !shelf.query.text.empty() || !shelf.query.categories.empty();
    if (is_part)
        set_part_of_shelf(view, visit, shelf);
    else
        set_whole_shelf(view, visit, shop, shelf.answer);
    web::View form;
    form.set("action", visit.links.bare("/shops/" + shop.slug));
    form.set("query", shelf.query.text);
    form.set("clear_url", is_part ? visit.links.shop(shop.slug) : std::string());
    std::vector<web::View> fields;
    for (const auto& [name, value] : visit.links.where()) {
        if (value.empty()) continue;
        web::View field;
        field.set("name", name).set("value", value);
        fields.push_back(std::move(field));
    }
    form.set("fields", std::move(fields));
    view.set("shelf_search", std::move(form));
}

std::vector<web::View> facts(const Visit& visit, const catalogue::Shop& shop) {
    std::vector<web::View> facts;
    const auto add = [&](const std::string& name, const std::string& value) {
        web::View fact;
        fact.set("name", name).set("value", value);
        facts.push_back(std::move(fact));
    };
    add(visit.say.text("shop.fact_keep"),
        visit.say.text("shop.fact_keep_text", {visit.say.hold(shop.hold_open_days)}));
    add(visit.say.text("shop.fact_payment"), visit.say.text("shop.fact_payment_text"));
    if (shop.source == "osm")
        add(visit.say.text("shop.fact_source"), visit.say.text("shop.fact_osm", {shop.source_ref}));
    return facts;
}

// Who stands behind it, once the operator has seen it (DSA article 30 (7)).
std::vector<web::View> seller_facts_of(const Say& say, const territory::Seller& seller) {
    std::vector<web::View> facts;
    const auto add = [&](territory::Duty duty, const std::string& value) {
        web::View fact;
        fact.set("name", duty_text(say, duty)).set("value", value);
        facts.push_back(std::move(fact));
    };
    const auto siret = territory::parse_siret(seller.siret);
    add(territory::Duty::legal_name, seller.legal_name);
    add(territory::Duty::legal_address, seller.legal_address);
    add(territory::Duty::siret, siret ? siret->text() : seller.siret);
    add(territory::Duty::register_number, seller.register_number);
    add(territory::Duty::phone, seller.phone);
    add(territory::Duty::email, seller.email);
    add(territory::Duty::mediator, seller.mediator);
    return facts;
}

// What is said of its keeper: an approved one's facts, or that nobody has claimed it.
void set_keeper(web::View& view, const Visit& visit, const catalogue::Shop& shop) {
    const auto read = read_if_there(visit, [&](store::Tx& tx) {
        return territory::find_holding_claim(tx, visit.territory().id, shop.id);
    });
    const auto claim = read.value_or(std::nullopt);
    const bool is_approved = claim && claim->status == territory::ClaimStatus::approved;
    view.set("has_seller", is_approved);
    view.set("seller",
             is_approved ? seller_facts_of(visit.say, claim->seller) : std::vector<web::View>());
    view.set("mediator_url", is_approved ? claim->seller.mediator_url : std::string());
    view.set("claim_url",
             claim || !read ? std::string() : visit.links.bare("/shops/" + shop.slug + "/claim"));
}

}  // namespace

web::Response shop_page(Visit& visit) {
    const auto* listed = visit.snapshot().find_shop(visit.request.parameter("slug"));
    if (!listed) return error_page(visit, 404);
    if (visit.where.is_unclear) return where_page(visit);
    const catalogue::Shop& shop = listed->shop;
    note_shop_seen(visit, shop.id);
    const Say& say = visit.say;
    const double metres = visit.ways.metres_to(shop);
    const std::string trade = trade_name(visit, *listed);
    web::View view;
    view.set("shop", shop.name);
    view.set("trade", trade);
    view.set("trade_url", visit.links.page("/shops") + "#" + shop.kind);
    view.set("tint", tint_of_shop(*listed));
    set_photo(view, visit.view.pictures->of_front(shop.id), say.text("shop.front", {shop.name}));
    view.set("maker_text",
             shop.is_maker ? say.text("shop.maker", {visit.territory_name()}) : std::string());
    set_open_state(view, visit, visit.view.open_now(shop.id));
    view.set("closed_reason", visit.view.open_now(shop.id).is_closed_by_keeper
                                  ? shop.closure->reason
                                  : std::string());
    view.set("about", shop.about);
    view.set("address", address_whole(shop));
    view.set("distance", say.distance(metres));
    view.set("walk", say.walk(visit.ways.walk_minutes(metres)));
    set_hours(view, visit, *listed);
    set_ways(view, shop);
    const std::string way = set_journeys(view, visit, shop);
    set_map(view, visit,
            {.list = "#way-map",
             .is_small = true,
             .shop = listed,
             .still_url = still_url(visit, {listed}),
             .way = way});
    set_points(view, visit, {listed});
    view.set("facts", facts(visit, shop));
    set_keeper(view, visit, shop);
    set_shelf(view, visit, shop);
    return show(
        visit,
        {.name = "shop",
         .title = say.text("title.page",
                           {say.text("shop.title", {shop.name, trade, visit.territory_name()}),
                            visit.territory_name()}),
         .description = say.text("shop.description", {shop.name, address_line(shop)}),
         .json_ld = shop_json_ld(visit, *listed)},
        view);
}

}  // namespace emplettes::site
