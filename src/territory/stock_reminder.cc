#include "territory/stock_reminder.h"

#include "accounts/account.h"
#include "catalogue/doubtful.h"
#include "catalogue/shop.h"
#include "notices/notice.h"
#include "notices/unsubscription.h"

namespace emplettes::territory {
namespace {

constexpr std::string_view kIsQuiet = R"sql(
    SELECT COUNT(*) FROM stock_reminder
    WHERE territory_id = :territory AND shop_id = :shop AND (is_off = 1 OR sent_at > :week_ago)
)sql";

constexpr std::string_view kTakeTurn = R"sql(
    INSERT INTO stock_reminder (territory_id, shop_id, sent_at, is_off)
    VALUES (:territory, :shop, :now, 0)
    ON CONFLICT (territory_id, shop_id) DO UPDATE SET sent_at = excluded.sent_at
    WHERE stock_reminder.is_off = 0 AND stock_reminder.sent_at <= :week_ago
)sql";

constexpr std::string_view kIsOff = R"sql(
    SELECT is_off FROM stock_reminder WHERE territory_id = :territory AND shop_id = :shop
)sql";

constexpr std::string_view kSetOff = R"sql(
    INSERT INTO stock_reminder (territory_id, shop_id, sent_at, is_off)
    VALUES (:territory, :shop, 0, :is_off)
    ON CONFLICT (territory_id, shop_id) DO UPDATE SET is_off = excluded.is_off
)sql";

std::int64_t count_to_check(store::Tx& tx, const catalogue::Territory& territory, ShopId shop,
                            Instant now) {
    return catalogue::count_stock_ages(tx, territory.id, shop,
                                       catalogue::stock_lines(territory.stock, now))
        .to_check();
}

}  // namespace

bool is_stock_reminder_due(store::Tx& tx, const catalogue::Territory& territory, ShopId shop,
                           Instant now) {
    const auto quiet = *tx.one<std::int64_t>(
        kIsQuiet, {{"territory", territory.id}, {"shop", shop}, {"week_ago", now - kRemindEvery}});
    return quiet == 0 && count_to_check(tx, territory, shop, now) > 0;
}

bool send_stock_reminder(store::Tx& tx, const catalogue::Territory& territory, ShopId shop,
                         IdSource& ids, Instant now) {
    const auto known = catalogue::find_shop(tx, territory.id, shop);
    const auto people = accounts::load_people_of_shop(tx, territory.id, shop);
    if (!known || people.empty() || !is_stock_reminder_due(tx, territory, shop, now)) return false;
    const auto taken = tx.run(kTakeTurn, {{"territory", territory.id},
                                          {"shop", shop},
                                          {"now", now},
                                          {"week_ago", now - kRemindEvery}});
    if (taken == 0) return false;
    const std::int64_t to_check = count_to_check(tx, territory, shop, now);
    for (const accounts::Account& person : people) {
        if (notices::is_unsubscribed(
                tx, territory.id,
                {.kind = std::string(kStockReminderKind), .address = person.email}))
            continue;
        notices::enqueue(
            tx, {.id = ids.next<NoticeId>(),
                 .territory = territory.id,
                 .kind = std::string(kStockReminderKind),
                 .audience = notices::Audience::shop,
                 .recipient = person.email,
                 .language = person.language,
                 .facts = {{"shop", known->name}, {"slug", known->slug}, {"to_check", to_check}},
                 .created_at = now});
    }
    return true;
}

bool wants_stock_reminders(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return tx.one<std::int64_t>(kIsOff, {{"territory", territory}, {"shop", shop}}).value_or(0) ==
           0;
}

void want_stock_reminders(store::Tx& tx, TerritoryId territory, ShopId shop, bool wants) {
    tx.run(kSetOff,
           {{"territory", territory}, {"shop", shop}, {"is_off", std::int64_t{wants ? 0 : 1}}});
}

}  // namespace emplettes::territory
