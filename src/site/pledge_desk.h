#pragma once
#include "site/visit.h"

namespace emplettes::site {

// Pledges at the operator's desk.
// GET  /{lang}/operator/pledges                what there is, what waits
web::Response desk_pledges_page(Visit& visit);
// GET  /{lang}/operator/pledges/{slug}         proposals, words to read, the count, floods, the
// log;
//                                              with ?name=, domain=, network=: whom that would
//                                              refuse
web::Response desk_pledge_page(Visit& visit);
// POST /{lang}/operator/pledges/{slug}/{step}  propose, second, drop, word, refuse, restore, paper
web::Response step_desk_pledge(Visit& visit);

}  // namespace emplettes::site
