#include "site/map_view.h"

#include <cmath>
#include <set>

#include "base/json.h"
#include "site/offer_view.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kCredit = "https://www.openstreetmap.org/copyright";
constexpr std::size_t kStillShopsMax = 40;    // of a list: more would hide each other
constexpr std::size_t kStillSlugsMax = 1000;  // bytes of their names: an address has a limit
constexpr double kPlaces = 100'000;           // of degrees: to about a metre

std::string tiles_url(const Visit& visit) {
    const auto& tiles = visit.view.ground().tiles;
    return tiles ? "/map/tiles/" + tiles->version() + "/{z}/{x}/{y}" : std::string();
}

double rounded(double degrees) { return std::round(degrees * kPlaces) / kPlaces; }

std::string pair(geo::Point point) { return degrees(point.lon) + "," + degrees(point.lat); }

// Where the reader stands, unless that is only the middle of the territory.
void set_here(web::View& map, const Visit& visit) {
    const bool is_known = visit.where.kind != Where::Kind::centre;
    map.set("here", is_known ? pair(visit.where.from) : std::string());
    map.set("here_name", visit.where.near.empty() ? visit.say.text("map.here") : visit.where.near);
}

std::string way_text(const Visit& visit, const catalogue::Shop& shop) {
    const double metres = visit.ways.metres_to(shop);
    return visit.say.distance(metres) + " · " + visit.say.walk(visit.ways.walk_minutes(metres));
}

Json point(const Visit& visit, const catalogue::ListedShop& listed) {
    const catalogue::OpenNow open = visit.view.open_now(listed.shop.id);
    return {{"url", visit.links.shop(listed.shop.slug)},
            {"name", listed.shop.name},
            {"lon", rounded(listed.shop.position.lon)},
            {"lat", rounded(listed.shop.position.lat)},
            {"state", state_word(open)},
            {"state_text", visit.say.open_state(open)},
            {"way", way_text(visit, listed.shop)}};
}

// Pages of a territory without a map show their list alone.
bool has_map(const Visit& visit) { return !tiles_url(visit).empty(); }

}  // namespace

std::string still_url(const Visit& visit, const ListedShops& shops) {
    std::string slugs;
    std::set<ShopId> seen;
    for (const auto* listed : shops) {
        if (seen.size() == kStillShopsMax) break;
        if (slugs.size() + listed->shop.slug.size() > kStillSlugsMax) break;
        if (seen.insert(listed->shop.id).second)
            slugs += (slugs.empty() ? "" : ",") + listed->shop.slug;
    }
    return visit.links.page("/map.svg", {{"shops", slugs}});
}

void set_map(web::View& view, const Visit& visit, const MapBox& box) {
    if (!has_map(visit)) {
        view.set("map", false);
        return;
    }
    const geo::Bounds& bounds = visit.territory().bounds;
    const std::string name =
        box.shop ? box.shop->shop.name : visit.say.text("shops.heading", {visit.territory_name()});
    web::View map;
    map.set("tiles", tiles_url(visit));
    map.set("bounds", degrees(bounds.west) + "," + degrees(bounds.south) + "," +
                          degrees(bounds.east) + "," + degrees(bounds.north));
    set_here(map, visit);
    map.set("list", box.list);
    map.set("narrows", box.narrows_list);
    map.set("small", box.is_small);
    map.set("way", box.way);
    map.set("still_url", box.still_url);
    map.set("still_text", visit.say.text("map.still", {name}));
    map.set("map_text", visit.say.text("map.label", {name}));
    map.set("credit_url", kCredit);
    view.set("map", std::move(map));
}

void set_points(web::View& view, const Visit& visit, const ListedShops& shops) {
    if (!has_map(visit)) {
        view.set("points", false);
        return;
    }
    Json points = Json::array();
    std::set<ShopId> seen;
    for (const auto* listed : shops)
        if (seen.insert(listed->shop.id).second) points.push_back(point(visit, *listed));
    view.set("points", web::script_json(points.dump()));
}

}  // namespace emplettes::site
