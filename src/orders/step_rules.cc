#include "base/check.h"
#include "orders/step.h"

namespace emplettes::orders {
namespace {

// Asked for twice, it has been done: nothing is left to take back, and the goods are kept.
Result<Status, StepError> decide_undo(const Reservation& reservation, Instant now) {
    if (can_undo(reservation, now)) return *reservation.undo_to;
    if (reservation.is_undone) return reservation.status;
    return StepError::not_allowed_now;
}

}  // namespace

// from \ step   accept   decline    make_ready   collect     cancel      expire
// requested     held     declined   ready        collected   cancelled   expired
// held          held     declined   ready        collected   cancelled   expired
// ready         ready    declined   ready        collected   cancelled   expired
// an ended one: only the step that ended it, which changes nothing.
std::optional<Status> status_after(Status from, Step step) {
    const auto goes_to = [&](Status to) -> std::optional<Status> {
        if (keeps_stock(from) || from == to) return to;
        return std::nullopt;
    };
    switch (step) {
        case Step::accept: return goes_to(from == Status::ready ? Status::ready : Status::held);
        case Step::decline: return goes_to(Status::declined);
        case Step::make_ready: return goes_to(Status::ready);
        case Step::collect: return goes_to(Status::collected);
        case Step::cancel: return goes_to(Status::cancelled);
        case Step::expire: return goes_to(Status::expired);
        case Step::undo: return std::nullopt;
    }
    check(false);
    return std::nullopt;
}

bool can_undo(const Reservation& reservation, Instant now) {
    return reservation.undo_to && now - reservation.changed_at <= kUndoFor &&
           reservation.held_until > now;
}

Result<Status, StepError> decide(const Reservation& reservation, const StepRequest& request,
                                 Instant now) {
    if (request.step == Step::undo) return decide_undo(reservation, now);
    const auto to = status_after(reservation.status, request.step);
    if (!to) return StepError::not_allowed_now;
    if (*to == reservation.status) return *to;

    if (request.seen_quantity != 0 && request.seen_quantity != reservation.quantity)
        return StepError::changed_since;
    if (request.collected < 0 || request.collected > reservation.quantity)
        return StepError::not_so_many;
    const bool is_overdue = reservation.held_until <= now;
    const bool is_promise = *to == Status::held || *to == Status::ready;
    if (is_promise && is_overdue) return StepError::not_allowed_now;
    if (*to == Status::expired && !is_overdue) return StepError::not_allowed_now;
    return *to;
}

}  // namespace emplettes::orders
