#include "orders/reservation_news.h"

#include <algorithm>

#include "base/json.h"
#include "notices/notice.h"
#include "orders/contact.h"
#include "orders/reservation_table.h"
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
            {"answer_by", to_unix(reservation.asking.answer_by)},
            {"person", reservation.person_name},
            {"shop", shop.name},
            {"shop_slug", shop.slug},
            {"street", join(shop.housenumber, shop.street)},
            {"city", join(shop.postcode, shop.city)},
            {"shop_phone", shop.phone}};
}

Notice make_notice(TerritoryId territory, const Reservation& reservation,
                   const catalogue::Shop& shop, IdSource& ids, std::string kind) {
    return {.id = ids.next<NoticeId>(),
            .territory = territory,
            .kind = std::move(kind),
            .facts = facts_for_both(reservation, shop),
            .created_at = reservation.changed_at};
}

// Of the kind that its status says.
Notice make_notice(TerritoryId territory, const Reservation& reservation,
                   const catalogue::Shop& shop, IdSource& ids) {
    return make_notice(territory, reservation, shop, ids,
                       "reservation_" + std::string(to_string(reservation.status)));
}

// It has only just been kept, and nobody at the shop knows.
bool is_kept_by_itself(const Reservation& reservation) {
    return reservation.asking.is_by_itself && reservation.status == Status::held &&
           reservation.changed_at == reservation.created_at;
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

void tell_shop(store::Tx& tx, Notice notice, const Reservation& reservation,
               const catalogue::Shop& shop) {
    notice.audience = Audience::shop;
    notice.recipient = shop.email.empty() ? std::string(notices::kPrintedSlip) : shop.email;
    notice.facts["contact"] = reservation.contact;
    notice.facts["shop_secret"] = shop.secret;
    notice.pace = notices::Pace::may_gather;
    notices::enqueue(tx, notice);
}

// A text message costs somebody: no word of what the neighbour has just done.
bool is_worth_a_text(std::string_view kind) {
    constexpr std::string_view kKinds[] = {"reservation_held",     "reservation_ready",
                                           "reservation_declined", "reservation_expired",
                                           "reservation_undone",   "reservation_passed_on",
                                           "reservation_closed",   "reservation_unanswered"};
    return std::ranges::find(kKinds, kind) != std::ranges::end(kKinds);
}

void tell_neighbour(store::Tx& tx, Notice notice, const Reservation& reservation) {
    if (!is_mail_address(reservation.contact) && !is_worth_a_text(notice.kind)) return;
    notice.audience = Audience::neighbour;
    notice.recipient = reservation.contact;
    notice.language = reservation.language;
    notice.facts["pickup_code"] = reservation.pickup_code;
    notices::enqueue(tx, notice);
}

void tell_all_but_neighbour(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
                            const catalogue::Shop& shop, IdSource& ids) {
    append_reservation_news(tx, territory, reservation);
    if (is_kept_by_itself(reservation))
        tell_shop(tx, make_notice(territory, reservation, shop, ids, "reservation_by_itself"),
                  reservation, shop);
    else if (concerns_shop(reservation.status))
        tell_shop(tx, make_notice(territory, reservation, shop, ids), reservation, shop);
}

}  // namespace

void tell_change(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
                 const catalogue::Shop& shop, IdSource& ids) {
    tell_all_but_neighbour(tx, territory, reservation, shop, ids);
    if (concerns_neighbour(reservation.status))
        tell_neighbour(tx, make_notice(territory, reservation, shop, ids), reservation);
}

void tell_round(store::Tx& tx, TerritoryId territory, const std::vector<Reservation>& round,
                IdSource& ids) {
    Json items = Json::array();
    for (const Reservation& reservation : round) {
        const catalogue::Shop shop = shop_of(tx, territory, reservation);
        tell_all_but_neighbour(tx, territory, reservation, shop, ids);
        Json item = facts_for_both(reservation, shop);
        item["pickup_code"] = reservation.pickup_code;
        items.push_back(std::move(item));
    }
    const Reservation& first = round.front();
    tell_neighbour(tx,
                   {.id = ids.next<NoticeId>(),
                    .territory = territory,
                    .kind = std::string(kRoundKind),
                    .facts = {{"round", first.round},
                              {"person", first.person_name},
                              {"items", std::move(items)}},
                    .created_at = first.created_at},
                   first);
}

void tell_passed_on(store::Tx& tx, TerritoryId territory, const PassedOn& passed, IdSource& ids) {
    append_reservation_news(tx, territory, passed.from);
    append_reservation_news(tx, territory, passed.to);
    tell_shop(tx,
              make_notice(territory, passed.from, passed.from_shop, ids, "reservation_passed_on"),
              passed.from, passed.from_shop);
    const bool is_by_itself = is_kept_by_itself(passed.to);
    tell_shop(tx,
              make_notice(territory, passed.to, passed.to_shop, ids,
                          is_by_itself ? "reservation_by_itself" : "reservation_requested"),
              passed.to, passed.to_shop);
    Notice notice = make_notice(territory, passed.to, passed.to_shop, ids, "reservation_passed_on");
    notice.facts["shop_before"] = passed.from_shop.name;
    notice.facts["is_wish"] = passed.from.status == Status::cancelled;
    tell_neighbour(tx, std::move(notice), passed.to);
}

void tell_reminder(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids) {
    Notice notice =
        make_notice(territory, waiting.reservation, waiting.shop, ids, "reservation_reminder");
    notice.created_at = waiting.at;
    tell_shop(tx, std::move(notice), waiting.reservation, waiting.shop);
}

void tell_unanswered(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids) {
    Notice notice =
        make_notice(territory, waiting.reservation, waiting.shop, ids, "reservation_unanswered");
    notice.created_at = waiting.at;
    notice.facts["only_here"] = waiting.reservation.asking.only_here;
    tell_neighbour(tx, std::move(notice), waiting.reservation);
}

void tell_undo(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
               const catalogue::Shop& shop, IdSource& ids) {
    append_reservation_news(tx, territory, reservation);
    tell_neighbour(tx, make_notice(territory, reservation, shop, ids, "reservation_undone"),
                   reservation);
}

std::string_view to_string(Change change) {
    switch (change) {
        case Change::extended: return "extended";
        case Change::quantity: return "quantity";
        case Change::collector: break;
    }
    return "collector";
}

void tell_changed_by_neighbour(store::Tx& tx, TerritoryId territory, const Changed& changed,
                               IdSource& ids) {
    append_reservation_news(tx, territory, changed.reservation);
    Notice notice =
        make_notice(territory, changed.reservation, changed.shop, ids, "reservation_changed");
    notice.created_at = changed.at;
    notice.facts["change"] = to_string(changed.change);
    notice.facts["collector"] = changed.reservation.collector;
    tell_shop(tx, std::move(notice), changed.reservation, changed.shop);
}

void tell_closed(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids) {
    append_reservation_news(tx, territory, waiting.reservation);
    Notice notice =
        make_notice(territory, waiting.reservation, waiting.shop, ids, "reservation_closed");
    notice.created_at = waiting.at;
    if (waiting.shop.closure && waiting.shop.closure->until)
        notice.facts["opens_at"] = to_unix(*waiting.shop.closure->until);
    tell_neighbour(tx, std::move(notice), waiting.reservation);
}

void tell_message(store::Tx& tx, TerritoryId territory, const MessageTold& told, IdSource& ids) {
    Notice notice = make_notice(territory, told.reservation, told.shop, ids, "reservation_message");
    notice.created_at = told.at;
    notice.facts["message"] = told.text;
    notice.facts["shop_email"] = told.shop.email;
    tell_neighbour(tx, std::move(notice), told.reservation);
}

}  // namespace emplettes::orders
