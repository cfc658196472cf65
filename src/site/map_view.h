#pragma once
#include <vector>

#include "site/visit.h"

namespace emplettes::site {

using ListedShops = std::vector<const catalogue::ListedShop*>;

struct MapBox {
    std::string_view list;      // where its shops are told: "#results"
    bool narrows_list = false;  // the list shows only what is in view
    bool is_small = false;      // beside other things: one finger scrolls the page
    const catalogue::ListedShop* shop = nullptr;  // the only one that it shows
    std::string still_url;                        // the picture for who has no script
    std::string way;                              // a way on foot: a line of GeoJSON
};
// map: what the partial map_box needs; false where there is no map.
void set_map(web::View& view, const Visit& visit, const MapBox& box);

// The address of a picture of these shops, of the first when they are very many.
std::string still_url(const Visit& visit, const ListedShops& shops);

// points: the shops of a list, for the map beside it; false where there is no map. A shop may come
// more than once. Entries of the list are known by the address of their link: Links::shop(slug).
void set_points(web::View& view, const Visit& visit, const ListedShops& shops);

}  // namespace emplettes::site
