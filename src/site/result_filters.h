#pragma once
#include "search/index.h"
#include "site/page_search.h"

namespace emplettes::site {

// The groups of filters with their counts, the form for another moment, and what is chosen, each
// with the link that takes it back. What was chosen stays listed, even when nothing is left of it.
void set_filters(web::View& view, const Visit& visit, const Search& search,
                 const search::Facets& facets);

}  // namespace emplettes::site
