#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/shop.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// The rows of reservations, for what changes them: reserve, step, passing_on. Every lock is a
// write, holds on both databases until the transaction ends, and is the write that an answer needs
// before it (migrations/0003_orders.sql).

// False when its code is another one's already.
bool insert_row(store::Tx& tx, TerritoryId territory, const Reservation& reservation);
std::optional<Reservation> lock_row(store::Tx& tx, TerritoryId territory, std::string_view code);
// None when it is not the case any more.
std::optional<Reservation> lock_overdue(store::Tx& tx, TerritoryId territory, ReservationId id,
                                        Instant now);
std::optional<Reservation> lock_unanswered(store::Tx& tx, TerritoryId territory, ReservationId id,
                                           Instant now);
std::optional<Reservation> lock_to_remind(store::Tx& tx, TerritoryId territory, ReservationId id,
                                          Instant now);

// Whose moment has come, the earliest first. Everybody who locks several offers does so in the
// order of their ids.
struct Due {
    OfferId offer;
    ReservationId id;

    auto operator<=>(const Due&) const = default;
};
std::vector<Due> load_overdue(store::Tx& tx, TerritoryId territory, Instant now,
                              std::int64_t limit);
std::vector<Due> load_unanswered(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit);
std::vector<Due> load_to_remind(store::Tx& tx, TerritoryId territory, Instant now,
                                std::int64_t limit);

// The open ones of a shop, each locked, in the order of their offers.
std::vector<Reservation> lock_open_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop,
                                           Instant now);

// The shop that keeps it, which is there as long as its reservations are (check).
catalogue::Shop shop_of(store::Tx& tx, TerritoryId territory, const Reservation& reservation);

// Writes all that steps change of it.
void update_row(store::Tx& tx, TerritoryId territory, const Reservation& reservation);

}  // namespace emplettes::orders
