#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/money.h"
#include "base/result.h"
#include "catalogue/offer.h"
#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What a shopkeeper does to one offer by hand or by scan: a price, a count, one sold, one come in.
struct ShelfTouch {
    std::string id;  // drawn by the device: the same touch twice has one effect
    ShopId shop;
    ProductId product;
    Condition condition = Condition::new_;
    std::optional<Money> price;           // a new offer needs one
    std::optional<std::int64_t> counted;  // so many stand in the shop, those kept for people too
    std::int64_t difference = 0;          // -1: one was sold; 1: one came in; without `counted`
    bool is_withdrawn = false;            // off the shelf
    AccountId by;
    Instant touched_at;  // perhaps long before it arrives
};

inline constexpr std::size_t kTouchIdBytesMax = 64;
inline constexpr std::int64_t kTouchDifferenceMax = 1'000;
inline constexpr std::chrono::days kTouchAgeMax{30};
inline constexpr std::chrono::hours kTouchUndoWithin{24};
inline constexpr std::size_t kRecentTouchesMax = 100;

enum class TouchError {
    unknown_product,
    no_price,
    price_too_low,  // the law of the book price (check_price says what is lawful)
    price_too_high,
    price_out_of_range,
    quantity_out_of_range,
    other_content,  // this id was another touch
    too_old,        // made more than kTouchAgeMax ago: nobody knows any more whether it was done
};

// The offer after it. Words count by the moment they were said, not by the one they arrive at:
//   - the price is the one that was said last;
//   - a count that is older than the one known, whoever told it, changes nothing but the price; one
//     that is newer is followed by what was sold or came in after it, though told before;
//   - one sold or come in before the count that is known is in that count.
// Of the same second, what arrives later was later. What is counted, come in or newly priced is on
// the shelf; a new offer of which only a difference is told has as many, or none. Never below zero,
// nor below what is kept. A new book keeps to its publisher's price on the day the touch arrives
// (book_price.h). `touched_at` after now is now. Writes the news.
Result<Offer, TouchError> touch_shelf(store::Tx& tx, const Territory& territory,
                                      const ShelfTouch& touch, IdSource& ids, Instant now);

enum class TouchUndoError { unknown_touch, too_late, changed_since };
// Puts the offer back as it was before, but for what others have sold, brought or kept since; an
// offer that was new is off the shelf. Twice is as once. Refused when a later word on the same
// price or count stands: that one is to be undone first. Writes the news.
Result<Offer, TouchUndoError> undo_touch(store::Tx& tx, TerritoryId territory, ShopId shop,
                                         const std::string& touch_id, Instant now);

// What was done at one shop's counter, for the list of the last ones.
struct RecentTouch {
    std::string id;
    ProductId product;
    std::string title;
    std::optional<Money> price;
    std::optional<std::int64_t> counted;
    std::int64_t difference = 0;
    bool is_withdrawn = false;
    Instant touched_at;
    bool is_undone = false;
};
// The last that arrived first; at most kRecentTouchesMax.
std::vector<RecentTouch> load_recent_touches(store::Tx& tx, TerritoryId territory, ShopId shop,
                                             std::size_t limit);

// Forgets those that can neither be undone nor come again, at most 1,000 a call; returns how many.
std::int64_t purge_touches(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::catalogue
