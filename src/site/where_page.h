#pragma once
#include "site/visit.h"

namespace emplettes::site {

// Asks which place was meant when "near" names several or none; every choice leads back to the
// page that was asked for.
web::Response where_page(Visit& visit);

}  // namespace emplettes::site
