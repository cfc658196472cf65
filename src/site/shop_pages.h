#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/shops: the shops of the territory by trade; open_now=1 and maker=1 filter.
web::Response shops_page(Visit& visit);
// GET /{lang}/shops/{slug}: one shop, its week, its shelf (shelf=words searches it).
web::Response shop_page(Visit& visit);

// GET /{lang}/map: the shops of the territory beside its map, the nearest first; open_now=1 and
// kind=KIND filter. With fragment=1 only the list, for a map whose filter changes.
web::Response map_page(Visit& visit);
// GET /{lang}/map.svg: a still picture of that map, with the same filters; or of the shops named in
// shops=SLUG,SLUG. With where the reader is, when that is known.
web::Response map_still(Visit& visit);
// GET /map/tiles/{version}/{zoom}/{x}/{y}: a Mapbox Vector Tile of the ground; 204 where there is
// nothing to show. Of the present version they may be kept for ever.
web::Response map_tile(Visit& visit);

// GET /pictures/{name}: a file of a picture (picture_files.h), which may be kept for ever.
web::Response picture_file(Visit& visit);

// GET /{lang}/wanted and /api/v1/wanted: what people look for and nobody has yet, and what they
// look for most.
web::Response wanted_page(Visit& visit);
web::Response wanted_api(Visit& visit);

}  // namespace emplettes::site
