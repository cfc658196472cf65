#pragma once
#include "site/import_pages.h"
#include "site/keeper_pages.h"
#include "site/scan_page.h"
#include "site/visit.h"

namespace emplettes::site {

// All pages of the counter, file by file; what they share is counter.h.

// What neighbours want of a shop. Each answer is one tap: a form that leads back to this page. Two
// doors lead here: the secret link of the mails, without an account, and the shop's counter, the
// same below /{lang}/counter/{shop}.
// GET  /{lang}/requests/{secret}                 or /{lang}/counter/{shop}
web::Response requests_page(Visit& visit);
// POST /{lang}/requests/{secret}/{code}/{step}   step: held, declined, ready, collected; or
//      /{lang}/counter/{shop}/requests/{code}/{step}, as are the others
web::Response answer_request(Visit& visit);
// POST /{lang}/requests/{secret}/collect         the customer's code, typed at the counter
web::Response collect_by_code(Visit& visit);
// POST /{lang}/requests/{secret}/settings        how long reservations are kept
web::Response save_settings(Visit& visit);

// GET /{lang}/counter                the shops where somebody works; straight on when it is one
web::Response counter_shops_page(Visit& visit);
// GET /{lang}/counter/{shop}/more    what the bar has no room for
web::Response counter_more_page(Visit& visit);

// export_page.cc: how the shop takes its shelf elsewhere
// GET /{lang}/counter/{shop}/export      everything as one file, and what other programs read
web::Response export_page(Visit& visit);
// GET /{lang}/counter/{shop}/export.zip  everything as it is now (catalogue/shop_export.h)
web::Response export_file(Visit& visit);

// Who works at the shop, and who may; only for who may manage it.
// GET  /{lang}/counter/{shop}/team
web::Response team_page(Visit& visit);
// POST /{lang}/counter/{shop}/team               with an address
web::Response invite_to_team(Visit& visit);
// POST /{lang}/counter/{shop}/team/{id}/remove
web::Response remove_from_team(Visit& visit);

// The photographs of a shop's front and of its products (picture.h): 8 of each.
// GET  /{lang}/counter/{shop}/pictures                   product=ID: of that product first
web::Response counter_pictures_page(Visit& visit);
// POST /{lang}/counter/{shop}/pictures                   a form with a file
web::Response add_counter_picture(Visit& visit);
// POST /{lang}/counter/{shop}/pictures/{picture}/{step}  step: first, caption, delete
web::Response change_counter_picture(Visit& visit);

// What others tell and show of a product that all shops know by one number (proposals.h).
// GET  /{lang}/counter/{shop}/shelf/{product}/proposals
web::Response proposals_page(Visit& visit);
// POST the same: `do` is text (with source and by), own, or picture (with picture).
web::Response take_proposal(Visit& visit);

}  // namespace emplettes::site
