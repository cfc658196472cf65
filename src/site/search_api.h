#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /api/v1/search?q=&lat=&lon=&near=&radius_m=&open_now=&open_at=&in_stock=&maker=&category=
//     &price=&brand=&district=&condition=&shop=&sort=&makers_first=&limit=&offset=&offers=
web::Response search_api(Visit& visit);
// GET /api/v1/suggest?q=&lang=
web::Response suggest_api(Visit& visit);
// GET /api/v1/shops/{slug}
web::Response shop_api(Visit& visit);
// GET /api/v1/products/{id}
web::Response product_api(Visit& visit);

}  // namespace emplettes::site
