#pragma once
#include "site/visit.h"

namespace emplettes::site {

// Whoever is answered has done something real here: signed in, or had a thing kept that a shop has
// laid aside. Their browser is told, so that in a flood they are served like the neighbours they
// are (web/shield/history.h).
// `deed` is what was done, by its own code.
void remember_deed(const Visit& visit, web::Response& response, const std::string& deed);

}  // namespace emplettes::site
