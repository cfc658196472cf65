#pragma once
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "catalogue/publisher_price.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What is told of publishers' prices, and who tells it. The trade's record (ONIX or a table of a
// publisher or a distributor, which the operator brings in) holds for everybody. What a shop says
// in its own file is that shop's word: it holds for its own shelf alone, on days of which the trade
// says nothing, and no other shop ever hears of it.

// All that one teller says of a product.
struct ToldPrices {
    ProductId product;
    std::vector<PublisherPrice> prices;  // publisher_price_periods; empty: it says nothing
    ShelfImportId import;                // that wrote them; none: no import

    bool operator==(const ToldPrices&) const = default;
};

// Who tells: a shop; without one, the trade.
struct PriceTeller {
    TerritoryId territory;
    ShopId shop;
};

// Of these products, in their order.
std::vector<ToldPrices> load_told_prices(store::Tx& tx, const PriceTeller& teller,
                                         std::span<const ProductId> products);
// Replaces all that it said of these products, each of another one; with nothing, as if it had
// never said anything.
void save_told_prices(store::Tx& tx, const PriceTeller& teller, std::span<const ToldPrices> told,
                      Instant now);

// What binds a shop on a day, of these products, in their order: the trade's word, else the shop's
// own. Without a shop the trade's alone.
std::vector<std::optional<Money>> find_publisher_prices(store::Tx& tx, const PriceTeller& of,
                                                        std::span<const ProductId> products,
                                                        LocalDay day);

}  // namespace emplettes::catalogue
