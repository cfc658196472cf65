#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/result.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// One step of its life. Which step is allowed from which status is the table in
// step_rules.cc.
enum class Step { accept, decline, make_ready, collect, cancel, expire, undo };
enum class StepError { unknown_code, not_allowed_now, not_so_many, changed_since };

// The status after a step; the same one when the step was done already; none when it may not be
// taken. Where undo leads is not in the table but in the reservation.
std::optional<Status> status_after(Status from, Step step);

struct StepRequest {
    std::string code;
    Step step = Step::accept;
    DeclineReason reason = DeclineReason::none;  // for decline
    std::int64_t collected = 0;                  // for collect: of its quantity; 0: all
    std::int64_t seen_quantity = 0;              // what whoever decides has seen; 0: not said
};

// How long a shop may take back what it tapped last.
inline constexpr std::chrono::minutes kUndoFor{5};
bool can_undo(const Reservation& reservation, Instant now);

// The rule of a step, without a database: what status it leads to. Besides the table: what is
// overdue is not accepted, made ready or kept again any more, nothing expires before its time, and
// what was taken back is taken back.
Result<Status, StepError> decide(const Reservation& reservation, const StepRequest& request,
                                 Instant now);

// Repeating a step that has been done already succeeds; it changes and tells nothing, but writes
// (migrations/0003_orders.sql says why). Undo keeps again what was kept before; it is refused when
// somebody else has got it meanwhile.
Result<Reservation, StepError> take_step(store::Tx& tx, TerritoryId territory,
                                         const StepRequest& request, IdSource& ids, Instant now);

// Ends what was kept too long; at most `limit` at a time. Returns how many.
std::int64_t expire_overdue(store::Tx& tx, TerritoryId territory, IdSource& ids, Instant now,
                            std::int64_t limit);

}  // namespace emplettes::orders
