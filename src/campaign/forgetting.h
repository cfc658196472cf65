#pragma once
#include <chrono>
#include <cstdint>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::campaign {

// A mail's row knows its reader: of pledges it goes when the mail has gone.
inline constexpr std::chrono::hours kMailsKept{1};

// Forgets what nobody needs: signatures whose link grew old, the traces of floods, mails that were
// sent; and of pledges whose announced day has come everything about who signed. Some of it a call;
// returns how many rows, 0: no more.
std::int64_t forget_signers(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::campaign
