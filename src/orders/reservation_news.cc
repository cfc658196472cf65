#include "orders/reservation_news.h"

#include "base/json.h"
#include "notices/notice.h"
#include "orders/contact.h"
#include "store/outbox.h"

namespace emplettes::orders {
namespace {

using notices::Audience;
using notices::Notice;

bool concerns_neighbour(Status status) { return status != Status::cancelled; }
bool concerns_shop(Status status) {
    return status == Status::requested || status == Status::cancelled || status == Status::expired;
}

std::string join(const std::string& first, const std::string& second) {
    return first + (first.empty() || second.empty() ? "" : " ") + second;
}

Json facts_for_both(const Reservation& reservation, const catalogue::Shop& shop) {
    return {{"code", reservation.code},
            {"status", to_string(reservation.status)},
            {"reason", to_string(reservation.decline_reason)},
            {"product", reservation.product_title},
            {"product_id", reservation.product.value},
            {"quantity", reservation.quantity},
            {"price_cents", reservation.price.cents},
            {"held_until", to_unix(reservation.held_until)},
            {"person", reservation.person_name},
            {"shop", shop.name},
            {"shop_slug", shop.slug},
            {"street", join(shop.housenumber, shop.street)},
            {"city", join(shop.postcode, shop.city)},
            {"shop_phone", shop.phone}};
}

Notice make_notice(TerritoryId territory, const Reservation& reservation,
                   const catalogue::Shop& shop, IdSource& ids) {
    return {.id = ids.next<NoticeId>(),
            .territory = territory,
            .kind = "reservation_" + std::string(to_string(reservation.status)),
            .facts = facts_for_both(reservation, shop),
            .created_at = reservation.changed_at};
}

void append_reservation_news(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    const Json payload = {{"code", reservation.code}, {"status", to_string(reservation.status)}};
    store::append_news(tx,
                       {.territory = territory,
                        .topic = std::string(kReservationTopic),
                        .subject_id = reservation.id.value,
                        .payload_json = payload.dump()},
                       reservation.changed_at);
}

void tell_neighbour(store::Tx& tx, Notice notice, const Reservation& reservation) {
    if (!is_mail_address(reservation.contact)) return;
    notice.audience = Audience::neighbour;
    notice.recipient = reservation.contact;
    notice.language = reservation.language;
    notice.facts["pickup_code"] = reservation.pickup_code;
    notices::enqueue(tx, notice);
}

}  // namespace

void tell_change(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
                 const catalogue::Shop& shop, IdSource& ids) {
    append_reservation_news(tx, territory, reservation);
    if (concerns_shop(reservation.status)) {
        Notice notice = make_notice(territory, reservation, shop, ids);
        notice.audience = Audience::shop;
        notice.recipient = shop.email.empty() ? std::string(notices::kPrintedSlip) : shop.email;
        notice.facts["contact"] = reservation.contact;
        notice.facts["shop_secret"] = shop.secret;
        notices::enqueue(tx, notice);
    }
    if (concerns_neighbour(reservation.status))
        tell_neighbour(tx, make_notice(territory, reservation, shop, ids), reservation);
}

void tell_undo(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
               const catalogue::Shop& shop, IdSource& ids) {
    append_reservation_news(tx, territory, reservation);
    Notice notice = make_notice(territory, reservation, shop, ids);
    notice.kind = "reservation_undone";
    tell_neighbour(tx, std::move(notice), reservation);
}

void tell_message(store::Tx& tx, TerritoryId territory, const MessageTold& told, IdSource& ids) {
    Notice notice = make_notice(territory, told.reservation, told.shop, ids);
    notice.kind = "reservation_message";
    notice.created_at = told.at;
    notice.facts["message"] = told.text;
    notice.facts["shop_email"] = told.shop.email;
    tell_neighbour(tx, std::move(notice), told.reservation);
}

}  // namespace emplettes::orders
