#pragma once
#include <functional>

#include "catalogue/offer.h"
#include "store/database.h"

namespace emplettes::catalogue {

// An offer with what it is of.
struct ShelfItem {
    Product product;
    Offer offer;
    // `offer.stock.quantity` may be promised; so many more stand in the shop, kept for people.
    std::int64_t kept = 0;
    std::string sku;  // the shop's own number for it; may be empty

    std::int64_t counted() const { return offer.stock.quantity + kept; }

    bool operator==(const ShelfItem&) const = default;
};

// Where one page of a shelf ends and the next begins.
struct ShelfPlace {
    ProductId product;
    Condition condition = Condition::new_;
};

// What one shop has on its shelf, sold out or not, in the order of product and condition: the next
// `limit` after `place`.
std::vector<ShelfItem> load_shelf(store::Tx& tx, TerritoryId territory, ShopId shop,
                                  const ShelfPlace& after, std::int64_t limit);

// All of it, in pages of one transaction each, so that a long one is never held: what changes
// meanwhile is old or new.
void each_on_shelf(store::Database& database, TerritoryId territory, ShopId shop,
                   const std::function<void(const ShelfItem&)>& f);

}  // namespace emplettes::catalogue
