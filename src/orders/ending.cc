#include "orders/ending.h"

#include "orders/reservation_table.h"

namespace emplettes::orders {

namespace {

catalogue::KeptEnd declined_as(DeclineReason reason) {
    using catalogue::KeptEnd;
    switch (reason) {
        case DeclineReason::sold_out: return KeptEnd::none_left;
        case DeclineReason::damaged: return KeptEnd::damaged;
        case DeclineReason::none:
        case DeclineReason::wrong_price:
        case DeclineReason::closing:
        case DeclineReason::other: break;
    }
    return KeptEnd::returned;
}

}  // namespace

std::vector<catalogue::EndOfKeeping> ends_of(const Reservation& reservation) {
    using catalogue::KeptEnd;
    const auto part = [&](std::int64_t quantity, KeptEnd how) {
        return catalogue::EndOfKeeping{
            .quantity = quantity, .how = how, .now = reservation.changed_at};
    };
    const std::int64_t left = reservation.quantity - reservation.collected;
    switch (reservation.status) {
        case Status::requested:
        case Status::held:
        case Status::ready: return {};
        case Status::collected:
            if (left == 0) return {part(reservation.quantity, KeptEnd::collected)};
            return {part(reservation.collected, KeptEnd::collected), part(left, KeptEnd::returned)};
        case Status::expired:
        case Status::cancelled: return {part(reservation.quantity, KeptEnd::returned)};
        case Status::declined: break;
    }
    return {part(reservation.quantity, declined_as(reservation.decline_reason))};
}

void bring_to(store::Tx& tx, TerritoryId territory, Reservation& reservation, Status to) {
    const bool is_by_shop = to != Status::cancelled && to != Status::expired;
    reservation.undo_to = is_by_shop ? std::optional(reservation.status) : std::nullopt;
    reservation.is_undone = false;
    reservation.status = to;
    reservation.asking.remind_at = {};
    reservation.asking.answer_by = {};
    for (const catalogue::EndOfKeeping& end : ends_of(reservation))
        reservation.stock_before = catalogue::end_keeping(tx, territory, reservation.offer, end);
    update_row(tx, territory, reservation);
}

}  // namespace emplettes::orders
