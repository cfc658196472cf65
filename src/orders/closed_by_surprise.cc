#include "orders/closed_by_surprise.h"

#include "base/check.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"

namespace emplettes::orders {

std::int64_t rearrange_for_closure(store::Tx& tx, ShopId shop_id, const ClosureContext& context) {
    const auto shop = catalogue::find_shop(tx, context.territory, shop_id);
    check(shop.has_value());
    const ShopTimes times = context.times(*shop);
    std::int64_t rearranged = 0;
    for (Reservation& reservation :
         lock_open_of_shop(tx, context.territory, shop_id, context.now)) {
        if (context.opens_before(*shop, reservation.held_until)) continue;
        if (times.held_until <= reservation.held_until) continue;
        reservation.held_until = times.held_until;
        if (reservation.asking.answer_by != Instant()) {
            reservation.asking.answer_by = times.answer_by;
            reservation.asking.remind_at = times.remind_at;
        }
        update_row(tx, context.territory, reservation);
        tell_closed(tx, context.territory,
                    {.reservation = reservation, .shop = *shop, .at = context.now}, context.ids);
        ++rearranged;
    }
    return rearranged;
}

}  // namespace emplettes::orders
