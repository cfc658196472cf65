#include "territory/held_feed.h"

#include "accounts/account.h"
#include "catalogue/shop.h"
#include "notices/notice.h"

namespace emplettes::territory {
namespace {

constexpr int kToldAtOnce = 100;

}  // namespace

std::vector<catalogue::HeldReading> load_untold_feeds(store::Tx& tx, TerritoryId territory,
                                                      Instant now) {
    return catalogue::load_held_readings(tx, territory, now - kTellOfFeedEvery, kToldAtOnce);
}

bool tell_of_held_feed(store::Tx& tx, TerritoryId territory, const catalogue::HeldReading& held,
                       IdSource& ids, Instant now) {
    if (!catalogue::take_held_reading(tx, territory, held, now)) return false;
    const auto shop = catalogue::find_shop(tx, territory, held.shop);
    const auto people = accounts::load_people_of_shop(tx, territory, held.shop);
    if (!shop || people.empty()) return false;
    for (const accounts::Account& person : people)
        notices::enqueue(tx, {.id = ids.next<NoticeId>(),
                              .territory = territory,
                              .kind = std::string(kFeedHeldKind),
                              .audience = notices::Audience::shop,
                              .recipient = person.email,
                              .language = person.language,
                              .facts = {{"shop", shop->name},
                                        {"slug", shop->slug},
                                        {"source", held.name},
                                        {"import", held.import.value}},
                              .created_at = now});
    return true;
}

}  // namespace emplettes::territory
