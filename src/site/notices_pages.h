#pragma once
#include "site/visit.h"

namespace emplettes::site {

// The queue of notices, at the operator's desk.
// GET  /{lang}/operator/notices         what waits, what failed and why, how the relay is
web::Response operator_notices_page(Visit& visit);
// POST /{lang}/operator/notices/retry   one, or all that have trouble
web::Response retry_notices(Visit& visit);
// GET  /{lang}/operator/notices/slips   what waits to be printed, on one page each
web::Response operator_slips_page(Visit& visit);
// POST /{lang}/operator/notices/slips   they are printed; or not after all
web::Response mark_operator_slips(Visit& visit);

// The end of mails that nobody asked for, for whoever has the link.
// GET  /{lang}/unsubscribe/{token}   a button, and nothing is changed: programs look at mails, too
web::Response unsubscribe_page(Visit& visit);
// POST /{lang}/unsubscribe/{token}   also by a mail program in one click (RFC 8058); and back again
web::Response change_subscription(Visit& visit);

}  // namespace emplettes::site
