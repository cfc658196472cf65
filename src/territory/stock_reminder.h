#pragma once
#include <chrono>
#include <string_view>

#include "base/id_source.h"
#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes::territory {

// The weekly mail of a shop whose stock is to be checked: to everybody who works there and has not
// ended it for themselves (notices/unsubscription.h), and to no address that is merely published.

inline constexpr std::string_view kStockReminderKind = "stock_reminder";  // shop, slug, to_check
inline constexpr std::chrono::days kRemindEvery{7};

// Whether there is something to check, the shop wants to hear of it and has not this week.
bool is_stock_reminder_due(store::Tx& tx, const catalogue::Territory& territory, ShopId shop,
                           Instant now);

// Writes the notices, one to each, when it is due; whether it was. Once a week whatever number of
// processes try.
bool send_stock_reminder(store::Tx& tx, const catalogue::Territory& territory, ShopId shop,
                         IdSource& ids, Instant now);

// Whether the shop wants them: it does until it says otherwise.
bool wants_stock_reminders(store::Tx& tx, TerritoryId territory, ShopId shop);
void want_stock_reminders(store::Tx& tx, TerritoryId territory, ShopId shop, bool wants);

}  // namespace emplettes::territory
