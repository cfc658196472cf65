#pragma once
#include <string>
#include <string_view>

#include "catalogue/shop.h"
#include "web/view.h"

namespace emplettes::site {

// Addresses that a telephone, a mail program or a map opens by a touch.

// "tel:+33142000000", or "mailto:ada@example.org"; empty for what is neither.
std::string contact_url(std::string_view contact);
// "06 12 34 56 78", as it is read out; other numbers as they were written.
std::string in_pairs(const std::string& telephone);
// The first telephone number of a shop: the map may have several, apart by ";".
std::string phone_of(const catalogue::Shop& shop);
// RFC 5870, with the place once more as `q`, its name in parentheses, without which most programs
// show the neighbourhood and no place.
std::string geo_url(const catalogue::Shop& shop);

// phone, phone_url, mail, mail_url: how the shop is reached.
void set_contact(web::View& view, const catalogue::Shop& shop);

}  // namespace emplettes::site
