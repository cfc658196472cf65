#pragma once
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "catalogue/shop.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// Tells everybody who must know that `reservation` has come to its present status, at its
// changed_at: the outbox always, and by notices
//   requested                                    the shop and the neighbour
//   held, ready, collected, declined, expired    the neighbour
//   cancelled, expired                           the shop
//   held without being asked (trust.h)           the shop, kind "reservation_by_itself"
// A neighbour who left a telephone number is told the answers alone, by a text message where there
// is a gateway; a shop without a mail address gets a notice that waits to be printed. What goes to
// a shop may be gathered when there is much. The secret of the shop's page is told to the shop
// only. Both are in the transaction of the change.
void tell_change(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
                 const catalogue::Shop& shop, IdSource& ids);
// Of those that were kept at once (round.h): each shop, as tell_change does, and the neighbour once
// for all, by mail: kind kRoundKind.
void tell_round(store::Tx& tx, TerritoryId territory, const std::vector<Reservation>& round,
                IdSource& ids);
inline constexpr std::string_view kRoundKind = "round_kept";
// The same when the shop has taken a step back, which is how `reservation` has come to its status:
// the notice, to the neighbour alone, is of the kind "reservation_undone".
void tell_undo(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
               const catalogue::Shop& shop, IdSource& ids);

// That a request has gone on from one shop to the next: both shops and the neighbour, kind
// "reservation_passed_on"; the next shop is asked as always.
struct PassedOn {
    const Reservation& from;
    const catalogue::Shop& from_shop;
    const Reservation& to;
    const catalogue::Shop& to_shop;
};
void tell_passed_on(store::Tx& tx, TerritoryId territory, const PassedOn& passed, IdSource& ids);

// What is told while nothing about the request has changed.
struct Waiting {
    const Reservation& reservation;
    const catalogue::Shop& shop;
    Instant at;
};
// The shop is reminded: kind "reservation_reminder".
void tell_reminder(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids);
// The neighbour waits on for this shop: kind "reservation_unanswered".
void tell_unanswered(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids);

// What the neighbour has changed: the shop, kind "reservation_changed", fact `change`.
enum class Change { extended, quantity, collector };
std::string_view to_string(Change change);
struct Changed {
    const Reservation& reservation;
    const catalogue::Shop& shop;
    Change change = Change::extended;
    Instant at;
};
void tell_changed_by_neighbour(store::Tx& tx, TerritoryId territory, const Changed& changed,
                               IdSource& ids);
// The shop closes against its hours, and keeps it for longer: the neighbour, kind
// "reservation_closed".
void tell_closed(store::Tx& tx, TerritoryId territory, const Waiting& waiting, IdSource& ids);

// The shop's own words to the neighbour, who has left a mail address: a notice of the kind
// "reservation_message". How to answer is in it as far as the shop publishes it.
struct MessageTold {
    const Reservation& reservation;
    const catalogue::Shop& shop;
    const std::string& text;
    Instant at;
};
void tell_message(store::Tx& tx, TerritoryId territory, const MessageTold& told, IdSource& ids);

}  // namespace emplettes::orders
