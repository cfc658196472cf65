#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/gtin.h"
#include "base/id.h"
#include "base/money.h"
#include "base/result.h"
#include "search/index.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// A thing, known by its number when it has one, shared by all shops.
struct Product {
    ProductId id;
    std::string key;  // "gtin:9782070360024", or the source's own name for it
    std::optional<Gtin> gtin;
    std::string title;
    std::string maker;
    std::string category;
    std::string description;
    std::string language;
    std::string source;
    Instant updated_at;

    bool operator==(const Product&) const = default;
};

using StockSource = search::StockSource;
enum class Condition : std::uint8_t { new_, used, refurbished };

// Spelled alike in SQL, JSON and URLs: "till"; "new".
std::string_view to_string(StockSource source);
std::string_view to_string(Condition condition);
std::optional<StockSource> parse_stock_source(std::string_view word);
std::optional<Condition> parse_condition(std::string_view word);

struct Stock {
    std::int64_t quantity = 0;
    StockSource source = StockSource::import;
    Instant confirmed_at;

    bool operator==(const Stock&) const = default;
};

struct Offer {
    OfferId id;
    ShopId shop;
    ProductId product;
    Condition condition = Condition::new_;
    Money price;
    Stock stock;

    bool operator==(const Offer&) const = default;
};

std::vector<Product> load_products(store::Tx& tx, TerritoryId territory);
// What stands on shelves; what was taken off them keeps its row, for those it is kept for.
std::vector<Offer> load_offers(store::Tx& tx, TerritoryId territory);
// Offers that were confirmed before the moment of their source, and their products.
std::vector<std::pair<OfferId, ProductId>> load_offers_confirmed_before(
    store::Tx& tx, TerritoryId territory, const search::ConfirmedBefore& before);
// Of all shops, in the order of their ids.
std::vector<Offer> load_offers_of(store::Tx& tx, TerritoryId territory, ProductId product);
std::optional<Offer> find_offer(store::Tx& tx, TerritoryId territory, OfferId id);
std::optional<Product> find_product(store::Tx& tx, TerritoryId territory, ProductId id);
std::optional<Product> find_product_by_key(store::Tx& tx, TerritoryId territory,
                                           std::string_view key);
// What one shop asks for one product in one condition, also when it is off the shelf.
std::optional<Offer> find_offer_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                   ProductId product, Condition condition);

// Insert or replace; what is there already (same product key; same shop, product and condition)
// keeps its id. An offer that is saved stands on the shelf.
void save_product(store::Tx& tx, TerritoryId territory, const Product& product);
// `counted.stock` is what the shop counts, with what it keeps for people; the answer's is what may
// be promised after it.
Offer save_offer(store::Tx& tx, TerritoryId territory, const Offer& counted);

enum class TakeError { unknown_offer, not_enough };

// Takes `quantity` (> 0) from what may be promised, to be kept: atomically, never below zero, on
// every database. Writes the news. The answer is the offer after it.
Result<Offer, TakeError> take_stock(store::Tx& tx, TerritoryId territory, OfferId id,
                                    std::int64_t quantity, Instant now);

// What becomes of goods that were kept: they are on the shelf again; they are gone with their
// neighbour; they cannot be sold; the shop has found that there are none at all.
enum class KeptEnd { returned, collected, damaged, none_left };
struct EndOfKeeping {
    std::int64_t quantity = 1;
    KeptEnd how = KeptEnd::returned;
    Instant now;
};
// Ends the keeping of what take_stock took. Writes the news when what may be promised changes.
// Returns what could be promised before.
Stock end_keeping(store::Tx& tx, TerritoryId territory, OfferId id, const EndOfKeeping& end);

// An end that was a mistake.
struct MistakenEnd {
    EndOfKeeping end;  // as it was told, at end.now
    Stock before;      // what end_keeping returned
    Instant now;
};
// Keeps again what was kept before. What is on the shelf again may be promised to somebody else by
// now: not_enough. A shelf that was said to be empty is as full as before, unless it was counted
// or changed since; then this is taken from what is there. Writes the news.
Result<Offer, TakeError> keep_again(store::Tx& tx, TerritoryId territory, OfferId id,
                                    const MistakenEnd& mistaken);

}  // namespace emplettes::catalogue
