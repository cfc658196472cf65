#pragma once
#include "search/index.h"
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/ranking: how results are ranked, written from the constants the engine ranks by.
web::Response ranking_page(Visit& visit);

// why and why_text of a hit: each factor with what it is here and its weight.
void set_why(web::View& view, const Visit& visit, const search::ProductHit& hit);

}  // namespace emplettes::site
