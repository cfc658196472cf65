#pragma once
#include "site/visit.h"

namespace emplettes::site {

// Pages of demo mode only; 404 elsewhere.
web::Response mails_page(Visit& visit);       // GET /{lang}/dev/mails
web::Response mail_page(Visit& visit);        // GET /{lang}/dev/mails/{name}
web::Response styleguide_page(Visit& visit);  // GET /{lang}/dev/styleguide

}  // namespace emplettes::site
