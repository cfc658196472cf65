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
// A page of a shop, or of a product that these shops offer, is about to be shown to somebody: not
// to a crawler that says so. Counted for the shop's monthly statement (catalogue/shop_views.h).
void note_shop_seen(const Visit& visit, ShopId shop);
void note_product_seen(const Visit& visit, const std::vector<search::OfferHit>& offers);
// A page of this product is about to be shown; counted when it was opened from results.
void note_opened(const Visit& visit, ProductId product);

}  // namespace emplettes::site
