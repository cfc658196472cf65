#pragma once
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
// A neighbour who left a telephone number gets none; a shop without a mail address gets one that
// waits to be printed. The secret of the shop's page is told to the shop only. Both are in the
// transaction of the change.
void tell_change(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
                 const catalogue::Shop& shop, IdSource& ids);
// The same when the shop has taken a step back, which is how `reservation` has come to its status:
// the notice, to the neighbour alone, is of the kind "reservation_undone".
void tell_undo(store::Tx& tx, TerritoryId territory, const Reservation& reservation,
               const catalogue::Shop& shop, IdSource& ids);

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
