#pragma once
#include <chrono>

#include "base/clock.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/shop.h"
#include "catalogue/territory.h"

namespace emplettes::orders {

// The moments of a request that is made to a shop now.
struct ShopTimes {
    Instant held_until;  // what is kept is kept until then
    Instant remind_at;   // without an answer until then the shop is reminded
    Instant answer_by;   // ... and from then on the next shop is asked; never after held_until

    bool operator==(const ShopTimes&) const = default;
};

// Where nobody knows when a shop is open, it has a day to answer.
inline constexpr std::chrono::hours kAnswerWhenUnknown{24};

// `shop` as it is stored, which the view may not know yet: then nobody knows its hours. Its closure
// counts; where nothing is known of the days after one, they count from its end. It has
// territory.answer_minutes of its opening time to answer, and is reminded after half of them.
ShopTimes shop_times(const catalogue::LiveCatalogue::View& view,
                     const catalogue::Territory& territory, const catalogue::Shop& shop);

// When the shop closes on the next open day after `end`; where nobody knows, a day and more later.
Instant end_after(const catalogue::LiveCatalogue::View& view, const catalogue::Territory& territory,
                  const catalogue::Shop& shop, Instant end);

// Whether it opens, for certain or as far as anybody knows, between now and `end`.
bool opens_before(const catalogue::LiveCatalogue::View& view, const catalogue::Shop& shop,
                  Instant end);

}  // namespace emplettes::orders
