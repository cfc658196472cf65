#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET and POST /{lang}/reserve/{offer}: the form that asks a shop to keep something.
web::Response reserve_page(Visit& visit);
web::Response submit_reserve_page(Visit& visit);

}  // namespace emplettes::site
