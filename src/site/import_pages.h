#pragma once
#include "site/visit.h"

namespace emplettes::site {

// How a shop's shelf comes from files, pages of its counter (counter.h): catalogue/shelf does it.

// imports_page.cc: what waits for an answer, what may be dropped, addresses, and what came before.
// GET  /{lang}/counter/{shop}/imports?before=ID
web::Response imports_page(Visit& visit);
// POST the same: a form with a `file`, which is kept and checked; on to its own page.
web::Response drop_import(Visit& visit);

// feed_addresses.cc: addresses that are read again and again.
// POST /{lang}/counter/{shop}/imports/addresses
web::Response add_feed_address(Visit& visit);
// POST /{lang}/counter/{shop}/imports/addresses/{source}/{step}   step: pause, resume, remove;
// forget, of a kind of files, too
web::Response change_feed_address(Visit& visit);

// import_page.cc: one file, what it would do, what it has done.
// GET  /{lang}/counter/{shop}/imports/{id}?show=new&page=2
web::Response import_page(Visit& visit);
// POST /{lang}/counter/{shop}/imports/{id}/reading   how its columns are to be read: checked again
web::Response read_import_again(Visit& visit);
// POST /{lang}/counter/{shop}/imports/{id}/{step}    step: start (`confirmed` when it asks first),
// discard, undo, again (of one that has stumbled too often)
web::Response step_import(Visit& visit);
// GET  /{lang}/counter/{shop}/imports/{id}/problems.csv   all that was not understood
web::Response import_problems(Visit& visit);

}  // namespace emplettes::site
