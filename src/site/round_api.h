#pragma once
#include "site/visit.h"

namespace emplettes::site {

// POST /api/v1/rounds {lines: [{offer_id, quantity}], name, contact}, with Idempotency-Key: several
// things kept at once, all or none.
web::Response create_round_api(Visit& visit);
// GET /api/v1/rounds/{code}, parameters lat and lon or near, and leave: what has become of it, and
// the walk that collects it.
web::Response round_api(Visit& visit);

}  // namespace emplettes::site
