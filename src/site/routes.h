#pragma once
#include "site/context.h"
#include "web/assets.h"
#include "web/router.h"

namespace emplettes::site {

// The map of the product: every address and who answers it. `context` and `assets` must outlive
// the router.
web::Router make_routes(const Context& context, const web::Assets& assets);

}  // namespace emplettes::site
