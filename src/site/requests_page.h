#pragma once
#include "site/visit.h"

namespace emplettes::site {

// The shop's page, known by its secret link, without an account. Each answer is one tap: a form
// that leads back to this page.
// GET  /{lang}/requests/{secret}
web::Response requests_page(Visit& visit);
// POST /{lang}/requests/{secret}/{code}/{step}   step: held, declined, ready, collected
web::Response answer_request(Visit& visit);
// POST /{lang}/requests/{secret}/collect         the customer's code, typed at the counter
web::Response collect_by_code(Visit& visit);
// POST /{lang}/requests/{secret}/settings        how long reservations are kept
web::Response save_settings(Visit& visit);

}  // namespace emplettes::site
