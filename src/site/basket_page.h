#pragma once
#include "site/visit.h"

namespace emplettes::site {

// What a neighbour puts together to have it kept at several shops at once (orders/round.h).

// GET /{lang}/basket: its lines, the walk that would collect them, the form that asks for all.
web::Response basket_page(Visit& visit);
// POST /{lang}/basket/add/{offer}, from the form of the page that reserves one thing: puts it in.
web::Response add_to_basket(Visit& visit);
// POST /{lang}/basket, fields quantity-OFFER, name, contact and do: "keep" asks for all and leads
// to the round; "update" and "remove-OFFER" change the basket and lead back to it.
web::Response submit_basket(Visit& visit);

}  // namespace emplettes::site
