#pragma once
#include "site/visit.h"

namespace emplettes::site {

// What a shop's keeper says and sees, pages of its counter (counter.h).

// One request, at either door (desk.h): answered with one tap, which a mail's links lead to (`do`
// is held or declined: what its button was about), written about, printed. GET
// /{lang}/requests/{secret}/{code}           or /{lang}/counter/{shop}/requests/{code}
web::Response request_page(Visit& visit);
// POST /{lang}/requests/{secret}/{code}/message   or below the counter
web::Response send_request_message(Visit& visit);
// GET  /{lang}/requests/{secret}/{code}/slip      or below the counter: a quarter of a page
web::Response printed_request(Visit& visit);

// GET /{lang}/counter/{shop}/hours: the week, holidays, dated days; and the fifteen days to come.
web::Response hours_page(Visit& visit);
// POST the same: `do` is preview or save, preview_text or save_text (in OpenStreetMap's language),
// copy_mo ... copy_sa, or map, which takes the map's hours back.
web::Response save_hours(Visit& visit);
// POST /{lang}/counter/{shop}/hours/closure: `do` is today, tomorrow, date or open.
web::Response save_closure(Visit& visit);
// POST /{lang}/counter/{shop}/hours/undo: takes back what the keeper said last.
web::Response undo_hours(Visit& visit);

// GET /{lang}/counter/{shop}/about: how the shop is called and reached, and what it says of itself.
web::Response about_page(Visit& visit);
// POST the same.
web::Response save_about(Visit& visit);

// GET /{lang}/counter/{shop}/shelf?q=&show=&after=
web::Response shelf_page(Visit& visit);
// POST /{lang}/counter/{shop}/shelf/{product}: price and count of one row, or off the shelf.
web::Response save_shelf_row(Visit& visit);
// POST /{lang}/counter/{shop}/shelf/{touch}/undo
web::Response undo_shelf_row(Visit& visit);

// GET /{lang}/counter/{shop}/still-true: the oldest promises, to be confirmed one by one.
web::Response still_true_page(Visit& visit);
// POST the same: `do` is there (as it stands), gone or count, of one offer; there of all that the
// page shows, too; or undo, which takes all of one such word back.
web::Response say_still_true(Visit& visit);
// POST /{lang}/counter/{shop}/still-true/mails: `do` is on or off, of the weekly mail.
web::Response choose_stock_mails(Visit& visit);

// GET /{lang}/counter/{shop}/statement?month=2026-11
web::Response statement_page(Visit& visit);
// GET /{lang}/counter/{shop}/statement.csv?month=
web::Response statement_csv(Visit& visit);

}  // namespace emplettes::site
