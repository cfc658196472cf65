#include "orders/change.h"

#include <optional>

#include "base/check.h"
#include "orders/name.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"

namespace emplettes::orders {
namespace {

Result<Reservation, ChangeError> lock_open(store::Tx& tx, std::string_view code,
                                           const ChangeContext& context) {
    auto reservation = lock_row(tx, context.territory, code);
    if (!reservation) return ChangeError::unknown_code;
    const bool is_open = keeps_stock(reservation->status) && reservation->held_until > context.now;
    if (!is_open) return ChangeError::not_allowed_now;
    return *std::move(reservation);
}

void save_and_tell(store::Tx& tx, const Reservation& reservation, Change change,
                   const ChangeContext& context) {
    update_row(tx, context.territory, reservation);
    tell_changed_by_neighbour(tx, context.territory,
                              {.reservation = reservation,
                               .shop = shop_of(tx, context.territory, reservation),
                               .change = change,
                               .at = context.now},
                              context.ids);
}

std::optional<ChangeError> find_fault(const Reservation& reservation, const NewQuantity& wanted) {
    if (wanted.quantity < 1) return ChangeError::quantity_not_positive;
    if (wanted.quantity > wanted.quantity_max) return ChangeError::quantity_too_large;
    const bool is_more = wanted.quantity > reservation.quantity;
    if (is_more && reservation.status != Status::requested) return ChangeError::promised;
    return std::nullopt;
}

// Takes or gives back the difference. False: there are not so many at that price.
bool move_stock(store::Tx& tx, const Reservation& reservation, std::int64_t quantity,
                const ChangeContext& context) {
    const std::int64_t more = quantity - reservation.quantity;
    if (more < 0) {
        catalogue::end_keeping(
            tx, context.territory, reservation.offer,
            {.quantity = -more, .how = catalogue::KeptEnd::returned, .now = context.now});
        return true;
    }
    const auto offer = catalogue::find_offer(tx, context.territory, reservation.offer);
    const bool is_same_price = offer && offer->price == reservation.price;
    return is_same_price &&
           catalogue::take_stock(tx, context.territory, reservation.offer, more, context.now);
}

}  // namespace

Result<Reservation, ChangeError> extend(store::Tx& tx, std::string_view code,
                                        const EndAfter& end_after, const ChangeContext& context) {
    const auto locked = lock_open(tx, code, context);
    if (!locked) return locked;
    if (locked->is_extended) return ChangeError::extended_before;
    Reservation reservation = *locked;
    const auto shop = shop_of(tx, context.territory, reservation);
    reservation.held_until = end_after(shop, reservation.held_until);
    reservation.is_extended = true;
    save_and_tell(tx, reservation, Change::extended, context);
    return reservation;
}

Result<Reservation, ChangeError> change_quantity(store::Tx& tx, const NewQuantity& wanted,
                                                 const ChangeContext& context) {
    const auto locked = lock_open(tx, wanted.code, context);
    if (!locked) return locked;
    if (const auto fault = find_fault(*locked, wanted)) return *fault;
    if (wanted.quantity == locked->quantity) return locked;
    if (!move_stock(tx, *locked, wanted.quantity, context)) return ChangeError::not_so_many;
    Reservation reservation = *locked;
    reservation.quantity = wanted.quantity;
    save_and_tell(tx, reservation, Change::quantity, context);
    return reservation;
}

Result<Reservation, ChangeError> name_collector(store::Tx& tx, const Collector& collector,
                                                const ChangeContext& context) {
    const auto fault = find_fault_of_name(collector.name);
    if (fault == NameFault::too_long) return ChangeError::name_too_long;
    if (fault == NameFault::not_valid) return ChangeError::name_not_valid;
    const auto locked = lock_open(tx, collector.code, context);
    if (!locked || locked->collector == collector.name) return locked;
    Reservation reservation = *locked;
    reservation.collector = collector.name;
    save_and_tell(tx, reservation, Change::collector, context);
    return reservation;
}

}  // namespace emplettes::orders
