#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/money.h"
#include "catalogue/offer.h"
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

// A request that a shop leaves without an answer goes on to the next one (passing_on.h).
struct Asking {
    // What the shop has time for; the epoch when nothing is waited for any more.
    Instant remind_at;
    Instant answer_by;
    bool only_here = false;     // the neighbour wants it from this shop or not at all
    bool is_by_itself = false;  // kept without asking anybody (trust.h)
    std::string from;           // code of the request at the shop before; empty: the first
    std::string to;             // code of the one at the next shop; empty: it stayed here
    std::int64_t shops_before = 0;

    bool operator==(const Asking&) const = default;
};

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
    Asking asking;
    bool is_extended = false;
    std::int64_t collected = 0;  // of `quantity`, once it is collected
    std::string collector;       // who comes for it instead; empty: the person
    bool is_no_show = false;     // it was promised, and nobody came
    std::string round;           // what it is collected with (round.h); empty: it goes alone

    bool operator==(const Reservation&) const = default;
};

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

// Erases name and contact from those that ended before `before`; at most `limit` at a time. Returns
// how many.
std::int64_t forget_persons(store::Tx& tx, TerritoryId territory, Instant before,
                            std::int64_t limit);
// What the form promises (text reserve.contact_hint).
inline constexpr std::chrono::days kPersonKept{30};

// Topic of the outbox; the subject is the reservation's id, the payload {"code":…,"status":…}.
inline constexpr std::string_view kReservationTopic = "reservation";

}  // namespace emplettes::orders
