#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /api/v1/search?q=&lat=&lon=&near=&radius_m=&open_now=&in_stock=&category=&maker=&price=
//     &sort=&limit=&offset=
web::Response search_api(Visit& visit);
// GET /api/v1/suggest?q=&lang=
web::Response suggest_api(Visit& visit);
// GET /api/v1/shops/{slug}
web::Response shop_api(Visit& visit);
// GET /api/v1/products/{id}
web::Response product_api(Visit& visit);

}  // namespace emplettes::site
