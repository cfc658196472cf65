#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/: the one question, then who is open around, who makes things here, three figures.
web::Response home_page(Visit& visit);
// GET /{lang}/search: the results, whole page or (fragment=1) only the region that changes while
// somebody types. Without a query it is everything near, which makes it the page of a category too.
web::Response results_page(Visit& visit);

}  // namespace emplettes::site
