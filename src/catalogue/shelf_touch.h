#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/money.h"
#include "base/result.h"
#include "catalogue/offer.h"
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

enum class TouchError {
    unknown_product,
    no_price,
    price_too_low,  // the law of the book price
    price_too_high,
    quantity_out_of_range,
    other_content,  // this id was another touch
};

// The offer after it. A count that is older than the one known changes nothing but the price.
// Writes the news.
Result<Offer, TouchError> touch_shelf(store::Tx& tx, TerritoryId territory, const ShelfTouch& touch,
                                      IdSource& ids, Instant now);

enum class TouchUndoError { unknown_touch, too_late, changed_since };
// Puts the offer back as it was before; twice is as once. Writes the news.
Result<Offer, TouchUndoError> undo_touch(store::Tx& tx, TerritoryId territory, ShopId shop,
                                         const std::string& touch_id, Instant now);

}  // namespace emplettes::catalogue
