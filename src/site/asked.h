#pragma once
#include "search/index.h"
#include "site/visit.h"

namespace emplettes::site {

// What people look for is counted here (catalogue/questions.h): a question when the full page of
// its results is asked for from another page of ours. So neither each letter while typing, nor
// programs, crawlers and shared links, nor a filter or another order of the same results. The
// `Referer` of the request says all that; without one nothing is counted. Never throws.

// The answer to this question is about to be shown.
void note_asked(const Visit& visit, const search::Query& query, const search::Answer& answer);
// A page of this product is about to be shown; counted when it was opened from results.
void note_opened(const Visit& visit, ProductId product);

}  // namespace emplettes::site
