#include "site/contact_links.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "orders/contact.h"

namespace emplettes::site {

std::string contact_url(std::string_view contact) {
    // What else RFC 6068 lets stand as it is would begin the headers of the mail.
    if (orders::is_mail_address(contact)) {
        const auto at = contact.rfind('@');
        return "mailto:" + url_encode(contact.substr(0, at)) + "@" +
               url_encode(contact.substr(at + 1));
    }
    if (!orders::is_telephone_number(contact)) return {};
    std::string digits;
    for (const char c : contact)
        if ((c >= '0' && c <= '9') || c == '+') digits += c;
    return "tel:" + digits;
}

std::string in_pairs(const std::string& telephone) {
    const bool is_plain = telephone.size() == 10 && telephone.front() == '0' &&
                          std::all_of(telephone.begin(), telephone.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (!is_plain) return telephone;
    std::string pairs;
    for (std::size_t i = 0; i < telephone.size(); i += 2)
        pairs += (i > 0 ? " " : "") + telephone.substr(i, 2);
    return pairs;
}

std::string phone_of(const catalogue::Shop& shop) {
    return std::string(trim(shop.phone.substr(0, shop.phone.find(';'))));
}

std::string geo_url(const catalogue::Shop& shop) {
    char place[64];
    std::snprintf(place, sizeof place, "%.5f,%.5f", shop.position.lat, shop.position.lon);
    const std::string at = place;
    return "geo:" + at + "?q=" + at + "(" + url_encode(shop.name) + ")";
}

void set_contact(web::View& view, const catalogue::Shop& shop) {
    const std::string phone = phone_of(shop);
    view.set("phone", phone);
    view.set("phone_url", contact_url(phone));
    view.set("mail", shop.email);
    view.set("mail_url", contact_url(shop.email));
}

}  // namespace emplettes::site
