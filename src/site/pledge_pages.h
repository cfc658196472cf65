#pragma once
#include "site/pledge_desk.h"
#include "site/visit.h"

namespace emplettes::site {

// GET  /{lang}/pledges                   those that can be signed, and those that are over
web::Response pledges_page(Visit& visit);
// GET  /{lang}/pledges/{slug}            text, count with its arithmetic, form
web::Response pledge_page(Visit& visit);
// POST /{lang}/pledges/{slug}            signs: a mail goes out, whoever's address it is
web::Response sign_pledge(Visit& visit);
// GET  /{lang}/pledges/{slug}/sent       what to do now
web::Response pledge_sent_page(Visit& visit);
// GET  /{lang}/pledges/{slug}/events     the count, when it changes
web::Response pledge_events(Visit& visit);
// GET  /{lang}/pledges/{slug}/counter    for a frame on any other site
web::Response pledge_counter(Visit& visit);

// GET  /{lang}/pledges/{slug}/signatures/{token}  a button, and nothing is changed: programs look
//                                                 at mails, too
web::Response signature_page(Visit& visit);
// POST the same: do=confirm, do=withdraw
web::Response change_signature(Visit& visit);

// GET and POST /{lang}/pledges/mine      asks for a mail that lists all one has signed
web::Response my_pledges_page(Visit& visit);
web::Response send_my_pledges(Visit& visit);
// GET and POST /{lang}/pledges/mine/{token}  the list; takes one back
web::Response signed_list_page(Visit& visit);
web::Response withdraw_from_list(Visit& visit);

// GET  /{lang}/pledges/{slug}/counts.csv    the count day by day
web::Response pledge_counts_csv(Visit& visit);

// GET  /api/v1/pledges/{slug}
web::Response pledge_api(Visit& visit);
// POST /api/v1/pledges/{slug}/signatures
web::Response sign_pledge_api(Visit& visit);

}  // namespace emplettes::site
