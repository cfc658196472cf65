#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/: the one question, then who is open around, who makes things here, three figures.
web::Response home_page(Visit& visit);

}  // namespace emplettes::site
