#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "geo/point.h"

namespace emplettes::search {

// What is asked.
enum class Order { best, nearest, cheapest };

// Half open: with its lower end, without its upper one.
struct PriceRange {
    std::int64_t min_cents = 0;
    std::int64_t end_cents = std::numeric_limits<std::int64_t>::max();

    bool operator==(const PriceRange&) const = default;
};

// How far the shops of an index are as people go there: metres by number of shop (Index::shops()).
// Where the straight line is longer, it counts instead.
using WalkedMetres = std::vector<float>;
// One bit for each number of a shop, the lowest of a word first.
using ShopBits = std::vector<std::uint64_t>;

struct Query {
    std::string text;  // empty: everything, by place
    geo::Point from;
    double radius_m = 1500;
    // What "far" means, also for the radius and the order; null: the straight line.
    std::shared_ptr<const WalkedMetres> walked_m;
    // The shops that somebody reaches, of those within the radius; null: all.
    std::shared_ptr<const ShopBits> reached;
    // An offer must pass every filter; of the values of one facet, any will do, and none means all.
    bool open_now = false;
    bool in_stock = false;
    bool makers_only = false;             // from shops that make what they sell
    std::vector<std::string> categories;  // keys, each with everything below it
    std::vector<PriceRange> prices;
    std::vector<std::string> makers;     // of products; "": without one
    std::vector<std::string> districts;  // "": shops without one
    std::vector<std::uint8_t> conditions;
    // What "open" means, for "open on Sunday at ten"; empty: open now, as set_open() said.
    std::function<bool(ShopId)> is_open;
    std::optional<ShopId> shop;  // the shelf of one shop, whatever the radius
    Order order = Order::best;
    bool makers_first = false;  // among those with equally many words: from shops that make it
    bool counts_names = true;   // makers and districts are counted, too
    std::size_t offset = 0;
    std::size_t limit = 20;
    std::size_t offers_per_product_max = 3;
    // By hand, whatever the words: pinned products that are within reach and pass the filters are
    // the first hits, in this order; hidden ones are none and are not counted. Neither has a say in
    // how the words are read (typos, words that may be missing). Distinct, few; unknown ids are
    // left out.
    std::vector<ProductId> pinned;
    std::vector<ProductId> hidden;
};

}  // namespace emplettes::search
