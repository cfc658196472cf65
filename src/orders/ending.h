#pragma once
#include <vector>

#include "base/id.h"
#include "catalogue/offer.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// What a reservation's status says about the goods that were kept: what became of how many. None
// while they still are; two where only some were collected.
std::vector<catalogue::EndOfKeeping> ends_of(const Reservation& reservation);

// Brings a locked reservation to another status at its changed_at, and its goods to where that
// leaves them. Tells nobody.
void bring_to(store::Tx& tx, TerritoryId territory, Reservation& reservation, Status to);

}  // namespace emplettes::orders
