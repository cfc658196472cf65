#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/products/{id}: one product and every offer of it, the best near the visitor first.
web::Response product_page(Visit& visit);

}  // namespace emplettes::site
