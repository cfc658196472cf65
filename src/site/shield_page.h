#pragma once
#include "site/visit.h"

namespace emplettes::site {

// How the shield stands (docs/shield.md): who is served and who is not, by network; the alarms.
web::Response operator_shield_page(Visit& visit);

}  // namespace emplettes::site
