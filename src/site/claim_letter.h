#pragma once
#include <string>

#include "catalogue/shop.h"
#include "site/visit.h"

namespace emplettes::site {

// The letter to a shop: one page A4, its code and a QR code that leads to the claim with the code
// filled in. The code is nowhere else: printing it again makes another one.
web::Response show_claim_letter(Visit& visit, const catalogue::Shop& shop, const std::string& code);

}  // namespace emplettes::site
