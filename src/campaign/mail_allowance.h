#pragma once
#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::campaign {

// Nobody's mailbox is flooded, whoever types its address: so many mails of pledges a day (UTC), all
// pledges together.
inline constexpr std::int64_t kMailsPerDayMax = 3;

// Takes one of the day's mails; false: there is none left.
bool take_mail(store::Tx& tx, TerritoryId territory, std::string_view email_hash, Instant now);

// Forgets the days that are over; at most 1,000 rows a call. Returns how many.
std::int64_t purge_allowances(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::campaign
