#pragma once
#include "notices/gathering.h"
#include "store/tx.h"

namespace emplettes::notices {

// What a plan of gathering needs of the queue, and leaves in it.

// For those among `due` who may be gathered for.
RecentlySentTo load_recently_sent(store::Tx& tx, TerritoryId territory,
                                  const std::vector<Notice>& due, Instant since);

// Completes what was begun: of each mail that is to go out again, all that it listed.
std::vector<Notice> with_whole_bundles(store::Tx& tx, std::vector<Notice> due);

// How long nobody else sends what one process has begun to send. After a crash it goes out again
// when this is over.
inline constexpr std::chrono::minutes kClaimedFor{10};

// Takes what is due for this process and writes down which notices wait and which go out together,
// before they do: a mail that is sent again lists the same, however many have come since. What
// another process has taken meanwhile is gone from `plan`; the rest is as it was written.
void claim_plan(store::Tx& tx, GatherPlan& plan, Instant now);

}  // namespace emplettes::notices
