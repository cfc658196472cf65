#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /api/v1/status: whether the service works, and on what. Asks the database, so that "ok"
// means that reservations can be read.
web::Response status_api(Visit& visit);

}  // namespace emplettes::site
