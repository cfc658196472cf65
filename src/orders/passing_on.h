#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "orders/next_shop.h"
#include "orders/reserve.h"
#include "orders/step.h"
#include "store/tx.h"

namespace emplettes::orders {

// A request that its shop does not answer goes to the next one that has the same thing
// (next_shop.h): the goods are kept there first, then given back here. The slip of the first shop
// leads to the new one. Everybody is told.

// How many shops are asked for one wish.
inline constexpr std::int64_t kShopsAskedMax = 4;

struct PassContext {
    const ReserveContext& reserve;
    FindPlace place_of;
};

enum class PassError {
    unknown_code,
    not_allowed_now,  // it has ended, or gone on already
    nobody_else_has_it,
};

// Because the neighbour wants to: also what a shop has promised, as when it closes by surprise.
// The answer is the request at the next shop. An error has changed nothing.
Result<Reservation, PassError> pass_on(store::Tx& tx, std::string_view code,
                                       const PassContext& context);

// Those whose shop had its time to answer; at most `limit` at a time. Where the neighbour wants
// this shop only, or nobody else has it, the shop goes on being asked until the end, and the
// neighbour is told so, once. Returns how many were dealt with.
std::int64_t pass_on_unanswered(store::Tx& tx, const PassContext& context, std::int64_t limit);

// Reminds the shops that have used up half of their time; at most `limit` requests at a time.
// Returns how many.
std::int64_t remind_unanswered(store::Tx& tx, TerritoryId territory, IdSource& ids, Instant now,
                               std::int64_t limit);

// The code of the last request that this wish has come to; its own while it is here.
std::string last_code_of(store::Tx& tx, TerritoryId territory, const Reservation& reservation);

// Whether the neighbour wants it from this shop or not at all; while the shop is asked. Whoever
// would take another shop after all, once this one's time to answer is over, is passed on at once.
Result<Reservation, StepError> set_only_here(store::Tx& tx, TerritoryId territory,
                                             std::string_view code, bool only_here, Instant now);

}  // namespace emplettes::orders
