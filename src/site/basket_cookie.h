#pragma once
#include <vector>

#include "orders/round.h"
#include "site/visit.h"

namespace emplettes::site {

// What a neighbour has put together for one round and has not asked for yet: in a cookie of their
// browser, "OFFER.QUANTITY_OFFER.QUANTITY", for a week. Nothing of it is in the database, and
// nobody has the cookie before putting something in.
using Basket = std::vector<orders::RoundLine>;

// At most orders::kRoundLinesMax lines, no offer twice; what cannot be read is left out.
Basket read_basket(const web::Request& request);
void set_basket(web::Response& response, const Visit& visit, const Basket& basket);

// The same with one more of an offer, or with another quantity: 0 takes it out.
enum class Put { added, full };
Put put_into(Basket& basket, const orders::RoundLine& line);

}  // namespace emplettes::site
