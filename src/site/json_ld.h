#pragma once
#include <string>
#include <vector>

#include "search/index.h"
#include "site/visit.h"

namespace emplettes::site {

// schema.org descriptions for search engines.
std::string product_json_ld(const Visit& visit, const catalogue::Product& product,
                            const std::vector<search::OfferHit>& offers);
std::string shop_json_ld(const Visit& visit, const catalogue::ListedShop& listed);

}  // namespace emplettes::site
