#include <algorithm>
#include <map>

#include "base/text.h"
#include "geo/tiles/still_map.h"
#include "site/error_pages.h"
#include "site/map_view.h"
#include "site/offer_view.h"
#include "site/shop_pages.h"
#include "site/way_view.h"
#include "site/where_page.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kShopsMax = 2000;  // of the list: the nearest
// Of a picture, the nearest; one is kept for where the neighbour stands.
constexpr std::size_t kMarkersMax = geo::kStillMarkersMax - 1;
constexpr std::size_t kNamesMax = 12;  // so few have their names
constexpr int kPictureWidth = 640;
constexpr int kPictureHeight = 480;
constexpr std::size_t kTradesShown = 6;  // as chips; the others unfold

struct MapFilter {
    std::string kind;  // its key; empty: all
    bool open_now = false;

    Parameters parameters() const { return {{"kind", kind}, {"open_now", open_now ? "1" : ""}}; }
};

MapFilter read_filter(const Visit& visit) {
    const auto* kind = visit.context.trades.find_kind(visit.request.query.get("kind"));
    return {.kind = kind ? kind->key : std::string(),
            .open_now = visit.request.query.get("open_now") == "1"};
}

bool passes(const Visit& visit, const catalogue::ListedShop& listed, const MapFilter& filter) {
    if (!filter.kind.empty() && listed.shop.kind != filter.kind) return false;
    return !filter.open_now || visit.view.open_now(listed.shop.id).is_open();
}

ListedShops find_shops(const Visit& visit, const MapFilter& filter) {
    ListedShops shops;
    for (const catalogue::ListedShop& listed : visit.snapshot().shops())
        if (passes(visit, listed, filter)) shops.push_back(&listed);
    return shops;
}

void sort_by_distance(const Visit& visit, ListedShops& shops) {
    std::vector<std::pair<double, const catalogue::ListedShop*>> by_distance;
    by_distance.reserve(shops.size());
    for (const auto* listed : shops)
        by_distance.emplace_back(visit.ways.metres_to(listed->shop), listed);
    std::stable_sort(by_distance.begin(), by_distance.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(by_distance.begin(), by_distance.end(), shops.begin(),
                   [](const auto& shop) { return shop.second; });
}

struct Chip {
    std::string key;
    std::string label;
    std::size_t count = 0;
    bool is_on = false;
    MapFilter leads_to;
};

web::View chip_view(const Visit& visit, const Chip& chip) {
    web::View view;
    view.set("key", chip.key).set("label", chip.label).set("count", chip.count);
    view.set("on", chip.is_on);
    view.set("url", visit.links.page("/map", chip.leads_to.parameters()));
    return view;
}

Chip open_chip(const Visit& visit, const MapFilter& filter) {
    MapFilter open = filter;
    open.open_now = true;
    Chip chip{.key = "open_now",
              .label = visit.say.text("filters.open_now"),
              .count = find_shops(visit, open).size(),
              .is_on = filter.open_now,
              .leads_to = filter};
    chip.leads_to.open_now = !filter.open_now;
    return chip;
}

// The trades that have shops, the chosen one first, then those with the most.
std::vector<Chip> trade_chips(const Visit& visit, const MapFilter& filter) {
    std::map<std::string, std::size_t> counts;
    for (const auto* listed : find_shops(visit, {.open_now = filter.open_now}))
        if (listed->kind) ++counts[listed->kind->key];
    if (!filter.kind.empty()) counts.try_emplace(filter.kind, 0);
    std::vector<Chip> chips;
    for (const auto& [key, count] : counts) {
        const bool is_on = key == filter.kind;
        chips.push_back(
            {.key = key,
             .label = visit.context.trades.find_kind(key)->plural_name(visit.language().code()),
             .count = count,
             .is_on = is_on,
             .leads_to = {.kind = is_on ? "" : key, .open_now = filter.open_now}});
    }
    std::stable_sort(chips.begin(), chips.end(), [](const Chip& a, const Chip& b) {
        return std::pair(!a.is_on, b.count) < std::pair(!b.is_on, a.count);
    });
    return chips;
}

void set_filters(web::View& view, const Visit& visit, const MapFilter& filter) {
    std::vector<web::View> chips;
    std::vector<web::View> more;
    chips.push_back(chip_view(visit, open_chip(visit, filter)));
    for (const Chip& chip : trade_chips(visit, filter))
        (chips.size() <= kTradesShown ? chips : more).push_back(chip_view(visit, chip));
    view.set("chips", std::move(chips));
    const auto left = static_cast<std::int64_t>(more.size());
    view.set("has_more_chips", !more.empty());
    view.set("more_chips_text", visit.say.plural("map.more_trades", left));
    view.set("more_chips", std::move(more));
}

web::View spot_view(const Visit& visit, const catalogue::ListedShop& listed) {
    web::View view = shop_card(visit, listed);
    view.set("pick_text", visit.say.text("map.pick", {listed.shop.name}));
    return view;
}

// Filters and list: what another filter replaces.
void set_region(web::View& view, const Visit& visit, const MapFilter& filter) {
    ListedShops shops = find_shops(visit, filter);
    const auto all = static_cast<std::int64_t>(shops.size());
    sort_by_distance(visit, shops);
    shops.resize(std::min(shops.size(), kShopsMax));
    view.set("count_text",
             all == 0 ? visit.say.text("shops.none") : visit.say.plural("results.shops", all));
    view.set("cut_text", shops.size() < static_cast<std::size_t>(all)
                             ? visit.say.text("map.cut", {std::to_string(kShopsMax)})
                             : std::string());
    set_filters(view, visit, filter);
    std::vector<web::View> spots;
    for (const auto* listed : shops) spots.push_back(spot_view(visit, *listed));
    view.set("has_spots", !spots.empty());
    view.set("spots", std::move(spots));
    set_points(view, visit, shops);
}

// Those that the request names, else those that pass its filter.
ListedShops shops_of_picture(const Visit& visit) {
    const std::string_view named = visit.request.query.get("shops");
    if (named.empty()) return find_shops(visit, read_filter(visit));
    ListedShops shops;
    for (const std::string_view slug : split(named, ','))
        if (const auto* listed = visit.snapshot().find_shop(slug)) shops.push_back(listed);
    return shops;
}

geo::StillMap picture(const Visit& visit, ListedShops shops) {
    sort_by_distance(visit, shops);
    shops.resize(std::min(shops.size(), kMarkersMax));
    const bool has_names = shops.size() <= kNamesMax;
    geo::StillMap still;
    std::vector<geo::Point> points;
    // The nearest lie on top.
    for (auto shop = shops.rbegin(); shop != shops.rend(); ++shop) {
        const catalogue::Shop& row = (*shop)->shop;
        const bool is_open = visit.view.open_now(row.id).is_open();
        still.markers.push_back(
            {.at = row.position,
             .kind = is_open ? geo::StillMarkerKind::open : geo::StillMarkerKind::closed,
             .label = has_names ? row.name : std::string()});
        points.push_back(row.position);
    }
    if (visit.where.kind != Where::Kind::centre) {
        still.markers.push_back({.at = visit.where.from, .kind = geo::StillMarkerKind::here});
        points.push_back(visit.where.from);
    }
    still.view = geo::view_of(
        points,
        {.centre = visit.where.from, .width_px = kPictureWidth, .height_px = kPictureHeight});
    if (shops.size() == 1 && visit.where.kind != Where::Kind::centre)
        if (auto way = find_journey(visit, geo::Profile::foot, shops.front()->shop))
            still.route = std::move(way->route.shape);
    still.title = visit.say.text(
        "map.still",
        {shops.size() == 1 ? shops.front()->shop.name
                           : visit.say.text("shops.heading", {visit.territory_name()})});
    return still;
}

}  // namespace

web::Response map_still(Visit& visit) {
    const auto& tiles = visit.view.ground().tiles;
    if (!tiles) return error_page(visit, 404);
    web::Response response{.content_type = "image/svg+xml"};
    response.body = geo::draw_still_map(picture(visit, shops_of_picture(visit)), *tiles);
    return response;
}

web::Response map_page(Visit& visit) {
    if (visit.where.is_unclear) return where_page(visit);
    const MapFilter filter = read_filter(visit);
    web::View view;
    set_region(view, visit, filter);
    if (visit.request.query.get("fragment") == "1") {
        web::Response response;
        response.body = visit.context.templates.render(visit.language().code(), "map_region", view);
        return response;
    }
    const std::string heading = visit.say.text("map.heading", {visit.territory_name()});
    view.set("heading", heading);
    view.set("near_text", visit.say.text("map.sorted", {visit.near_text()}));
    view.set("list_url", visit.links.page("/shops"));
    set_map(view, visit,
            {.list = "#spots",
             .narrows_list = true,
             .still_url = visit.links.page("/map.svg", filter.parameters())});
    return show(visit,
                {.name = "map",
                 .title = visit.say.text("title.page", {heading, visit.territory_name()}),
                 .description = visit.say.text("map.description", {visit.territory_name()})},
                view);
}

}  // namespace emplettes::site
