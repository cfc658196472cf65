#include "orders/step.h"

#include <algorithm>

#include "base/check.h"
#include "catalogue/shop_record.h"
#include "orders/ending.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"

namespace emplettes::orders {
namespace {

void change_status(store::Tx& tx, TerritoryId territory, Reservation& reservation, Status to,
                   IdSource& ids) {
    bring_to(tx, territory, reservation, to);
    tell_change(tx, territory, reservation, shop_of(tx, territory, reservation), ids);
}

// The first answer of the shop, for its monthly statement and for how far it is trusted: what is
// kept without asking it is answered by what it does then.
void note_answer(store::Tx& tx, TerritoryId territory, const Reservation& reservation, Status to) {
    const bool is_by_shop = to != Status::cancelled && to != Status::expired;
    const bool is_first =
        reservation.status == Status::requested || reservation.asking.is_by_itself;
    if (!is_first || !is_by_shop) return;
    catalogue::note_answer(tx, territory,
                           {.shop = reservation.shop,
                            .reservation_code = reservation.code,
                            .asked_at = reservation.created_at,
                            .answered_at = reservation.changed_at,
                            .is_kept = to != Status::declined});
}

// Brings a locked reservation back to where it was. False, with nothing written, when its goods
// cannot be kept again.
bool undo(store::Tx& tx, TerritoryId territory, Reservation& reservation, IdSource& ids,
          Instant now) {
    auto ends = ends_of(reservation);
    std::reverse(ends.begin(), ends.end());  // first what somebody else may have got meanwhile
    for (const catalogue::EndOfKeeping& end : ends) {
        const catalogue::MistakenEnd mistaken{
            .end = end, .before = reservation.stock_before, .now = now};
        if (!catalogue::keep_again(tx, territory, reservation.offer, mistaken)) return false;
    }
    check(reservation.undo_to.has_value());
    reservation.status = *reservation.undo_to;
    reservation.decline_reason = DeclineReason::none;
    reservation.collected = 0;
    reservation.changed_at = now;
    reservation.undo_to = std::nullopt;
    reservation.is_undone = true;
    reservation.stock_before = {};
    // The shop is awake: it has until the end to answer after all.
    const bool is_asked = reservation.status == Status::requested;
    reservation.asking.answer_by = is_asked ? reservation.held_until : Instant();
    update_row(tx, territory, reservation);
    tell_undo(tx, territory, reservation, shop_of(tx, territory, reservation), ids);
    return true;
}

}  // namespace

Result<Reservation, StepError> take_step(store::Tx& tx, TerritoryId territory,
                                         const StepRequest& request, IdSource& ids, Instant now) {
    auto reservation = lock_row(tx, territory, request.code);
    if (!reservation) return StepError::unknown_code;
    const auto to = decide(*reservation, request, now);
    if (!to) return to.error();
    if (*to == reservation->status) return *reservation;
    if (request.step == Step::undo) {
        if (!undo(tx, territory, *reservation, ids, now)) return StepError::not_allowed_now;
        return *reservation;
    }

    reservation->changed_at = now;
    if (*to == Status::declined) reservation->decline_reason = request.reason;
    if (*to == Status::collected)
        reservation->collected = request.collected == 0 ? reservation->quantity : request.collected;
    note_answer(tx, territory, *reservation, *to);
    change_status(tx, territory, *reservation, *to, ids);
    return *reservation;
}

std::int64_t expire_overdue(store::Tx& tx, TerritoryId territory, IdSource& ids, Instant now,
                            std::int64_t limit) {
    auto overdue = load_overdue(tx, territory, now, limit);
    std::sort(overdue.begin(), overdue.end());
    std::int64_t expired = 0;
    for (const Due& due : overdue) {
        auto reservation = lock_overdue(tx, territory, due.id, now);
        if (!reservation) continue;  // ended meanwhile
        reservation->changed_at = now;
        reservation->is_no_show = reservation->status != Status::requested;
        change_status(tx, territory, *reservation, Status::expired, ids);
        ++expired;
    }
    return expired;
}

}  // namespace emplettes::orders
