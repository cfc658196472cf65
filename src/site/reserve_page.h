#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET and POST /{lang}/reserve/{offer}: the form that asks a shop to keep something.
web::Response reserve_page(Visit& visit);
web::Response submit_reserve_page(Visit& visit);
// Of its form (web/csrf.h); `offer` as the address has it.
std::string reserve_purpose(std::string_view offer);

}  // namespace emplettes::site
