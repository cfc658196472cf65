#pragma once
#include "site/visit.h"

namespace emplettes::site {

// POST /api/v1/reservations {offer_id, quantity, name, contact}, with Idempotency-Key
web::Response create_reservation_api(Visit& visit);
// GET and DELETE /api/v1/reservations/{code}
web::Response reservation_api(Visit& visit);
web::Response cancel_reservation_api(Visit& visit);

}  // namespace emplettes::site
