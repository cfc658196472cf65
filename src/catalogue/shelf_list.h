#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "catalogue/offer.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// A shop's shelf as its keeper goes through it: what is withdrawn is left out.

enum class ShelfFilter { all, out_of_stock, doubtful, without_picture };
std::string_view to_string(ShelfFilter filter);
std::optional<ShelfFilter> parse_shelf_filter(std::string_view word);

struct ShelfLine {
    Offer offer;
    std::int64_t kept = 0;  // for people, beside offer.stock
    std::string title;
    std::string maker;
    std::int64_t gtin = 0;  // 0: none
    bool is_doubtful = false;
};

inline constexpr std::int64_t kShelfPageMax = 50;
// So many offers are looked through for one page: it may come short, and still have one after it.
inline constexpr std::int64_t kShelfWindowMax = 20'000;

struct ShelfAsked {
    ShopId shop;
    ShelfFilter filter = ShelfFilter::all;
    OfferId after;                       // 0: from the beginning
    search::ConfirmedBefore doubtful{};  // what was confirmed before, by source
};
struct ShelfPage {
    std::vector<ShelfLine> lines;  // in the order of their ids
    std::optional<OfferId> next;   // `after` of the page after it
};
// The work is bounded, however long the shelf is.
ShelfPage load_shelf_page(store::Tx& tx, TerritoryId territory, const ShelfAsked& asked);

// What this shop offers of some products, as a search found them, in their order; at most
// kShelfPageMax products are looked up.
std::vector<ShelfLine> load_shelf_lines(store::Tx& tx, TerritoryId territory,
                                        const ShelfAsked& asked,
                                        std::span<const ProductId> products);

struct ShelfCounts {
    std::int64_t all = 0;
    std::int64_t out_of_stock = 0;
    std::int64_t doubtful = 0;

    bool operator==(const ShelfCounts&) const = default;
};
ShelfCounts count_shelf(store::Tx& tx, TerritoryId territory, ShopId shop,
                        const search::ConfirmedBefore& doubtful);

}  // namespace emplettes::catalogue
