#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /api/v1/geocode?q=&lat=&lon=&limit=
web::Response geocode_api(Visit& visit);
// GET /api/v1/reverse?lat=&lon=
web::Response reverse_api(Visit& visit);
// GET /api/v1/route?from=&to=&profile=
web::Response route_api(Visit& visit);
// GET /api/v1/matrix?from=&to=&profile=
web::Response matrix_api(Visit& visit);

}  // namespace emplettes::site
