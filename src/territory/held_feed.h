#pragma once
#include <chrono>
#include <string_view>
#include <vector>

#include "base/id_source.h"
#include "catalogue/shelf/shelf_import.h"
#include "store/tx.h"

namespace emplettes::territory {

// A shop's address was read, and what it says would take most of the shelf away, or nothing of it
// was understood: it waits for the shop's word. Everybody who works there is told by mail.

inline constexpr std::string_view kFeedHeldKind = "feed_held";  // shop, slug, source, import
// A feed that says something else every quarter of an hour is one trouble, not a hundred mails.
inline constexpr std::chrono::days kTellOfFeedEvery{1};

// The readings to be told of now, of each source at most once in kTellOfFeedEvery; some at a time.
std::vector<catalogue::HeldReading> load_untold_feeds(store::Tx& tx, TerritoryId territory,
                                                      Instant now);

// Writes the notices, one to each; whether it did. Once, whatever number of processes try; a shop
// where nobody works is not asked about again.
bool tell_of_held_feed(store::Tx& tx, TerritoryId territory, const catalogue::HeldReading& held,
                       IdSource& ids, Instant now);

}  // namespace emplettes::territory
