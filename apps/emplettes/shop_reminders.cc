#include "emplettes/shop_reminders.h"

#include <vector>

#include "accounts/account.h"
#include "territory/held_feed.h"
#include "territory/stock_reminder.h"

namespace emplettes {
namespace {

constexpr std::int64_t kShopsAtOnce = 500;

void remind_shop(const site::Context& context, const catalogue::Territory& territory, ShopId shop) {
    const Instant now = context.clock.now();
    const bool is_due = context.database.read(
        [&](store::Tx& tx) { return territory::is_stock_reminder_due(tx, territory, shop, now); });
    if (!is_due) return;
    context.database.write([&](store::Tx& tx) {
        return territory::send_stock_reminder(tx, territory, shop, context.ids, now);
    });
}

}  // namespace

void remind_shops_of_stock(const site::Context& context, const catalogue::Territory& territory) {
    std::vector<ShopId> shops{ShopId{}};
    while (!shops.empty()) {
        shops = context.database.read([&](store::Tx& tx) {
            return accounts::load_shops_with_people(tx, territory.id, shops.back(), kShopsAtOnce);
        });
        for (const ShopId shop : shops) remind_shop(context, territory, shop);
    }
}

void tell_shops_of_held_feeds(const site::Context& context, TerritoryId territory) {
    const Instant now = context.clock.now();
    const auto held = context.database.read(
        [&](store::Tx& tx) { return territory::load_untold_feeds(tx, territory, now); });
    for (const catalogue::HeldReading& reading : held)
        context.database.write([&](store::Tx& tx) {
            return territory::tell_of_held_feed(tx, territory, reading, context.ids, now);
        });
}

}  // namespace emplettes
