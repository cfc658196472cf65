#pragma once
#include "site/reserving.h"
#include "site/visit.h"

namespace emplettes::site {

// POST /api/v1/reservations {offer_id, quantity, name, contact}, with Idempotency-Key
web::Response create_reservation_api(Visit& visit);
// GET and DELETE /api/v1/reservations/{code}
web::Response reservation_api(Visit& visit);
web::Response cancel_reservation_api(Visit& visit);

// Member of a wish that may be absent: the digits that were sent to its contact.
inline constexpr std::string_view kProofMember = "proof_code";
// Why nothing was kept, in a stable word and as a problem.
std::string_view type_of(orders::ReserveError error);
web::Response reserve_problem(const Visit& visit, const ReserveFailure& failure);

}  // namespace emplettes::site
