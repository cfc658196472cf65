#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "geo/point.h"

namespace emplettes::search {

// What is put in. Plain values; the index copies what it keeps.
struct ProductText {
    ProductId id;
    std::string title;
    std::string maker;          // maker, brand or author
    std::string category;       // "books.novels": key in the category tree, '.' separates levels
    std::string category_name;  // searchable words of the category, all languages, joined
    std::string description;
    std::string gtin;      // digits; an exact query of it finds it
    std::string language;  // of title and description: "fr", "en-GB"; empty: not known
};

struct ShopPlace {
    ShopId id;
    geo::Point position;
    std::string name;
    bool is_maker = false;
    std::string district;  // arrondissement or quarter; empty: none
};

enum class StockSource : std::uint8_t { demo, import, hand, feed, till };
inline constexpr std::size_t kStockSources = 5;
// A moment for each source, by its number: of what was confirmed before it something is to be said.
using ConfirmedBefore = std::array<Instant, kStockSources>;

struct OfferRow {
    OfferId id;
    ProductId product;
    ShopId shop;
    std::int64_t price_cents = 0;
    std::int32_t stock = 0;
    Instant stock_confirmed_at;
    StockSource stock_source = StockSource::import;
    std::uint8_t condition = 0;  // index into the catalogue's conditions; 0 is new
};

struct Catalogue {
    std::vector<ProductText> products;
    std::vector<ShopPlace> shops;
    std::vector<OfferRow> offers;
};

// What came, went or changed since an index was made.
struct Changes {
    std::vector<ProductText> products;  // new, or changed in their texts or offers
    std::vector<OfferRow> offers;       // all offers of these products
    std::vector<ProductId> gone;
};

}  // namespace emplettes::search
