#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/money.h"
#include "base/random.h"
#include "base/result.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "store/tx.h"

namespace emplettes::orders {

// The life of a reservation. `requested`, `held` and `ready` keep stock; `collected` has used it;
// the others have given it back.
enum class Status { requested, held, ready, collected, declined, expired, cancelled };
enum class DeclineReason { none, sold_out, damaged, wrong_price, closing, other };

std::string_view to_string(Status status);
std::optional<Status> parse_status(std::string_view word);
std::string_view to_string(DeclineReason reason);
std::optional<DeclineReason> parse_decline_reason(std::string_view word);
constexpr bool keeps_stock(Status s) {
    return s == Status::requested || s == Status::held || s == Status::ready;
}

struct Reservation {
    ReservationId id;
    std::string code;         // the neighbour's slip; unguessable
    std::string pickup_code;  // four digits said at the counter
    OfferId offer;
    ShopId shop;
    ProductId product;
    std::string product_title;
    Money price;  // of one, when it was reserved
    std::int64_t quantity = 1;
    std::string person_name;
    std::string contact;
    std::string language;
    Status status = Status::requested;
    DeclineReason decline_reason = DeclineReason::none;
    Instant created_at;
    Instant changed_at;
    Instant held_until;
    // What undo leads to; what could be promised before the shop found that it had none.
    std::optional<Status> undo_to;
    bool is_undone = false;  // the last change took a step of the shop back
    catalogue::Stock stock_before;

    bool operator==(const Reservation&) const = default;
};

// What the neighbour asks for, already parsed and trimmed.
struct ReserveRequest {
    OfferId offer;
    std::int64_t quantity = 1;
    std::string person_name;
    std::string contact;
    std::string language;
};

enum class ReserveError {
    quantity_not_positive,
    quantity_too_large,
    name_missing,
    name_too_long,
    name_not_valid,  // not UTF-8, or with control characters
    contact_not_valid,
    unknown_offer,
    sold_out,
};

struct ReserveLimits {
    std::int64_t quantity_max = 10;
};
inline constexpr std::size_t kNameLengthMax = 80;  // code points
inline constexpr std::size_t kCodeLength = 10;
inline constexpr std::size_t kPickupCodeLength = 4;

// The first thing that is wrong with a request, before any database is asked.
std::optional<ReserveError> find_fault(const ReserveRequest& request, const ReserveLimits& limits);

// The facts a reservation is made from besides the request.
struct ReserveContext {
    TerritoryId territory;
    Instant now;
    // Until when this shop, as it is stored now, keeps what is reserved now.
    std::function<Instant(const catalogue::Shop&)> held_until;
    ReserveLimits limits;
    IdSource& ids;
    Random& random;
};

// Takes the stock and keeps it: atomic, never more than there is. Writes the news of the change
// and the notices to both sides. An error has written nothing.
Result<Reservation, ReserveError> reserve(store::Tx& tx, const ReserveRequest& request,
                                          const ReserveContext& context);

std::optional<Reservation> find_reservation(store::Tx& tx, TerritoryId territory,
                                            std::string_view code);
// Open ones first (oldest first), then those that ended, newest first.
std::vector<Reservation> load_reservations_of_shop(store::Tx& tx, TerritoryId territory,
                                                   ShopId shop, std::int64_t limit);
// What a shop looks for when somebody stands at its counter: `typed` is a slip's code or a pickup
// code, as people type them (spaces, dashes, small letters). Only open ones; those held longest
// first, at most kCounterMatchesMax, since pickup codes are short and may coincide.
std::vector<Reservation> find_reservations_at_counter(store::Tx& tx, TerritoryId territory,
                                                      ShopId shop, std::string_view typed);
inline constexpr std::int64_t kCounterMatchesMax = 20;
// Capitals and digits only: " k7m-4px " -> "K7M4PX".
std::string code_from_typed(std::string_view typed);

// One step of its life. Which step is allowed from which status is the table in
// reservation_rules.cc.
enum class Step { accept, decline, make_ready, collect, cancel, expire, undo };
enum class StepError { unknown_code, not_allowed_now };

// The status after a step; the same one when the step was done already; none when it may not be
// taken. Where undo leads is not in the table but in the reservation.
std::optional<Status> status_after(Status from, Step step);

struct StepRequest {
    std::string code;
    Step step = Step::accept;
    DeclineReason reason = DeclineReason::none;  // for decline
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

// Erases name and contact from those that ended before `before`; at most `limit` at a time. Returns
// how many.
std::int64_t forget_persons(store::Tx& tx, TerritoryId territory, Instant before,
                            std::int64_t limit);
// What the form promises (text reserve.contact_hint).
inline constexpr std::chrono::days kPersonKept{30};

// Topic of the outbox; the subject is the reservation's id, the payload {"code":…,"status":…}.
inline constexpr std::string_view kReservationTopic = "reservation";

}  // namespace emplettes::orders
