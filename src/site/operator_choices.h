#pragma once
#include <string>
#include <vector>

#include "catalogue/merchandising.h"
#include "site/visit.h"

namespace emplettes::site {

// The pin of a product, null when it has none; `choices` may be null.
const catalogue::Choice* find_pin(const catalogue::Merchandising::OfQuestion* choices,
                                  ProductId product);

// "Retiré de toutes les recherches par la ville de Paris : rappelé par le fabricant"; empty for
// what is not.
std::string withdrawn_text(const Visit& visit, ProductId product);
// "Mis en avant par la ville de Paris : la semaine du commerce équitable"
std::string pin_text(const Visit& visit, const catalogue::Choice& pin);
// has_hidden, hidden_text, hidden: what is missing from this page of results, and why. `choices`
// may be null.
void set_hidden(web::View& view, const Visit& visit,
                const catalogue::Merchandising::OfQuestion* choices);
// has_choices, choices: all there are in this territory, for the page on ranking.
void set_all_choices(web::View& view, const Visit& visit);

}  // namespace emplettes::site
