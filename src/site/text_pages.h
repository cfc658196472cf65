#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/accessibility and /{lang}/sources
web::Response accessibility_page(Visit& visit);
web::Response sources_page(Visit& visit);

}  // namespace emplettes::site
