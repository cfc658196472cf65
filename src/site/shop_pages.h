#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/shops: the shops of the territory by trade; open_now=1 and maker=1 filter.
web::Response shops_page(Visit& visit);
// GET /{lang}/shops/{slug}: one shop, its week, its shelf (shelf=words searches it).
web::Response shop_page(Visit& visit);

// GET /{lang}/map: the shops of the territory beside its map, the nearest first; open_now=1 and
// trade=KIND filter. With fragment=1 only the list, for a map whose filter changes.
web::Response map_page(Visit& visit);

// GET /{lang}/wanted and /api/v1/wanted: what people look for and nobody has yet, and what they
// look for most.
web::Response wanted_page(Visit& visit);
web::Response wanted_api(Visit& visit);

}  // namespace emplettes::site
