#include "site/reached.h"

#include "notices/ways.h"
#include "orders/contact.h"

namespace emplettes::site {

std::optional<notices::Unreachable> find_unreachable(const Visit& visit,
                                                     const std::string& address) {
    if (!orders::is_mail_address(address)) return std::nullopt;
    return visit.context.database.read([&](store::Tx& tx) {
        return notices::find_unreachable(tx, visit.territory().id, address, visit.view.now);
    });
}

Reached how_reached(const Visit& visit, const std::string& contact) {
    if (orders::is_mail_address(contact))
        return find_unreachable(visit, contact) ? Reached::by_nobody : Reached::by_mail;
    return visit.context.notices.settings.sms ? Reached::by_text : Reached::by_nobody;
}

}  // namespace emplettes::site
