#pragma once
#include <chrono>
#include <cstdint>

#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes {

// How long notices are kept, and the mails made of them: what the form promises.
inline constexpr std::chrono::days kNoticesKept{30};

// Forgets some of every table's rows that have been kept as long as they may; how many. May be
// repeated while there are more.
std::int64_t forget_old_rows(store::Tx& tx, const catalogue::Territory& owner, Instant now);

}  // namespace emplettes
